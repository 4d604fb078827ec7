import { describe, expect, it } from 'vitest';
import { jtlXml } from '../../../src/ingest/formats/jtl-xml.js';
import { OUTCOMES } from '../../../src/model/samples.js';
import { readWith } from '../../support/context.js';

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<testResults version="1.2">\n';
const TAIL = '</testResults>\n';
const sample = (ts: number, t: number, id: number, inside = '') =>
  `<httpSample t="${t}" lt="${t}" ct="2" ts="${ts}" s="true" lb="GET /" rc="200" rm="OK" tn="Crowd 1-${id}" dt="text">\n` +
  `${inside}  <java.net.URL>http://127.0.0.1:8080/?id=${id}</java.net.URL>\n</httpSample>\n`;
const transaction = (n: number, inside = '', s = true) =>
  `<sample t="9" ts="1" s="${s}" lb="TC" rm="Number of samples in transaction : ${n}, number of failing samples : 0" tn="T 1-1">\n${inside}</sample>\n`;
const part = (lb: string, s = true) => `  <httpSample t="3" ts="2" s="${s}" lb="${lb}" rc="200" tn="T 1-1"/>\n`;

const read = (text: string | Uint8Array) => readWith(jtlXml, text);
async function checked(text: string | Uint8Array) {
  const reading = await read(text);
  const { source } = reading;
  expect(source.used + source.ignored + source.skipped).toBe(source.lines);
  return { ...reading, samples: reading.samples!, counts: source.counts, ids: [...reading.samples!.id] };
}
const ask = (text: string) =>
  jtlXml.recognise({ name: 'x', text, lines: text.split('\n'), complete: true }) as { certainty: string };

describe('JMeter results as XML', () => {
  it('become columns, with the id and port from the URL', async () => {
    const { samples, source, ids } = await checked(HEAD + sample(1000, 50, 1) + sample(1010, 60, 2) + TAIL);
    expect([...samples.start, ...samples.elapsed, ...samples.connect]).toEqual([1000, 1010, 50, 60, 2, 2]);
    expect(ids).toEqual([1, 2]);
    expect([...samples.line]).toEqual([3, 6]);
    expect([...samples.ports]).toEqual([[8080, 2]]);
    expect(source.counts).toEqual({ samples: 2, failed: 0, subSamples: 0, transactions: 0, labels: 1 });
    expect([source.lines, source.used, source.ignored, source.problemCount]).toEqual([9, 6, 3, 0]);
  });

  it('count a page with its parts once', async () => {
    const parts = part('logo.png', false) + part('style.css');
    const { counts, samples } = await checked(HEAD + sample(1000, 50, 1, parts) + TAIL);
    expect(counts).toMatchObject({ samples: 1, failed: 0, subSamples: 2 });
    expect(samples.count).toBe(1);
  });

  it('count the samples in a transaction, however deep, and not the transaction', async () => {
    const deep = transaction(1, transaction(2, part('a') + part('b', false)));
    const { counts, samples } = await checked(HEAD + deep + transaction(0) + TAIL);
    expect(counts).toMatchObject({ samples: 2, transactions: 2, subSamples: 3 });
    expect(samples.labels).toEqual(['a', 'b']);
    expect(Array.from(samples.outcome, (code) => OUTCOMES[code])).toEqual(['succeeded', 'other']);
  });

  it('do not count a transaction that stands behind its samples', async () => {
    const { samples } = await checked(HEAD + part('a') + part('b') + transaction(2) + TAIL);
    expect(samples.count).toBe(2);
  });

  it('count a transaction whose samples were not saved as one request, and say so', async () => {
    const { samples, source } = await checked(HEAD + transaction(3) + transaction(3) + TAIL);
    expect(samples.count).toBe(2);
    expect(source.problems.map(({ message }) => message.id)).toEqual(['client.transactionsAlone']);
  });

  it('have the names of JMeter 2.0, objects as XStream dumps them, or elements of other names', async () => {
    const old =
      '<sampleResult timeStamp="1144365463297" threadName="L 1-1" label="HTTP Request" time="1502" responseCode="200" success="true">\n' +
      '<property xml:space="preserve" name="samplerData">\n GET http://h/?id=7\n </property>\n</sampleResult>\n';
    const dumped =
      '<com.example.Result>\n<saveConfig>\n<success>true</success>\n</saveConfig>\n<responseCode>500</responseCode>\n' +
      '<label>x</label>\n<timeStamp>0</timeStamp>\n<startTime>1431506202173</startTime>\n<success>false</success>\n' +
      '<elapsedTime>12</elapsedTime>\n</com.example.Result>\n';
    const custom = '<customSample t="1" s="true" lb="c" ts="1431506202274" ID="9"/>\n';
    const { samples, counts, ids } = await checked(HEAD + old + dumped + custom + TAIL);
    expect(counts).toMatchObject({ samples: 3, failed: 1 });
    expect([...samples.start]).toEqual([1144365463297, 1431506202173, 1431506202274]);
    expect([...samples.elapsed]).toEqual([1502, 12, 1]);
    expect(ids).toEqual([7, Number.NaN, 9]);
  });

  it('may hold any characters in bodies and broken references', async () => {
    const body = `<responseData>&#x6;&#x1b;&#x0; \u0001 a & b &nosuch; <3 ]]&gt; \ufffe</responseData>\n`;
    const bytes = Buffer.concat([
      Buffer.from(HEAD + sample(1000, 50, 1, body)),
      Buffer.from([0xff, 0xfe, 0xa4, 0x0a]),
      Buffer.from(sample(1010, 60, 2) + TAIL),
    ]);
    const { ids, source } = await checked(bytes);
    expect(ids).toEqual([1, 2]);
    expect(source.skipped).toBe(1);
  });

  it('may end between samples or within one', async () => {
    const whole = HEAD + sample(1000, 50, 1) + sample(1010, 60, 2);
    const ending = async (text: string) => {
      const { source, ids } = await checked(text);
      return [ids.length, source.skipped, source.problems.map(({ message }) => message.id)];
    };
    expect(await ending(whole)).toEqual([2, 0, ['client.noEndTag']]);
    // its success was read, so it is a sample
    expect(await ending(whole.slice(0, -20))).toEqual([2, 0, ['client.notClosed']]);
    expect(await ending(`${whole}<httpSample t="5" s="tr`)).toEqual([2, 1, ['client.notClosed']]);
  });

  it('may be several documents in one file, with other text between', async () => {
    const one = HEAD + sample(1000, 50, 1) + TAIL;
    const { ids, source } = await checked(`${one}${one}\nKilled\n${one}`);
    expect(ids).toEqual([1, 1, 1]);
    expect([source.skipped, source.problems[0]?.line]).toEqual([1, 14]);
  });

  it('survive a lost quote, a broken end tag and a comment that never ends', async () => {
    const good = sample(1000, 50, 1);
    const lost = good.replace('dt="text">', 'dt="text>');
    const { ids, source } = await checked(HEAD + lost + sample(1010, 1, 2) + sample(1011, 1, 3) + TAIL);
    expect(ids).toEqual([2, 3]);
    expect(source.problems[0]).toMatchObject({ line: 3, message: { id: 'client.damaged' } });
    const misspelt = good.replace('</httpSample>', '</httqSample>');
    expect((await checked(HEAD + misspelt + sample(1010, 1, 2) + TAIL)).ids).toEqual([1, 2]);
    const comment = `<!-- ${'x'.repeat(3_000_000)}\n`;
    expect((await checked(HEAD + comment + sample(1010, 1, 2) + TAIL)).ids).toEqual([2]);
  });

  it('are bounded in depth, size and damage', async () => {
    const nested = '<httpSample s="true" lb="x">'.repeat(100_000) + '</httpSample>'.repeat(100_000);
    expect((await checked(HEAD + nested + TAIL)).counts).toMatchObject({ samples: 1 });
    const body = `<responseData>${'long '.repeat(1_000_000)}</responseData>\n`;
    expect((await checked(HEAD + sample(1, 1, 1, body) + sample(2, 1, 2) + TAIL)).ids).toEqual([1, 2]);
    const hostile = await checked(`${HEAD}${'<a<b '.repeat(300_000)}\n${sample(1, 1, 1)}`);
    expect(hostile.source.problems.at(-1)?.message.id).toBe('client.damaged');
    expect(hostile.source.skipped).toBeGreaterThan(0);
    const bomb = '<!DOCTYPE x [<!ENTITY a "&b;&b;"><!ENTITY b "&c;&c;">]>\n';
    expect((await checked(`${HEAD}${bomb}${sample(1, 1, 1, '<x>&a;</x>')}${TAIL}`)).ids).toEqual([1]);
  });

  it('are known by their root, and look-alikes refused', () => {
    expect(ask(`${HEAD}${TAIL}`).certainty).toBe('certain');
    expect(ask('<!-- a licence -->\n<testResults version="1.2">').certainty).toBe('certain');
    expect(ask(sample(1, 1, 1)).certainty).toBe('certain');
    expect(ask('<?xml version="1.0"?>\n<testsuite name="x">')).toEqual({ certainty: 'refused', as: 'a JUnit report' });
    expect(ask('<html>').certainty).toBe('refused');
    expect(ask('timeStamp,elapsed').certainty).toBe('no');
  });

  it('are one and the same wherever the pieces of the file end', async () => {
    const text = HEAD + sample(1000, 50, 1, '<b>&amp;&#x6;é😀</b>') + transaction(1, part('a')) + TAIL;
    const { XmlEvents } = await import('../../../src/ingest/formats/jtl/xml-events.js');
    const seen = (pieces: readonly string[]) => {
      const out: string[] = [];
      const events = new XmlEvents({
        wantsText: true,
        open: (name, attributes, line) => out.push(`${line} <${name} ${JSON.stringify(attributes)}`),
        close: (line) => out.push(`${line} >`),
        text: (value, line) => out.push(`${line} ${value}`),
        damage: (line) => out.push(`${line} !`),
      });
      for (const piece of pieces) events.push(piece);
      events.end();
      return out.join('\n');
    };
    const broken = `${text}<a b="c<d e='f'/></d></nosuch><!- x -->`;
    expect(seen([...broken])).toBe(seen([broken]));
  });
});
