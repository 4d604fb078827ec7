import { describe, expect, it } from 'vitest';
import { jtlCsv } from '../../../src/ingest/formats/jtl-csv.js';
import { OUTCOMES } from '../../../src/model/samples.js';
import { contextOf, readWith } from '../../support/context.js';

const HEADER =
  'timeStamp,elapsed,label,responseCode,responseMessage,threadName,dataType,success,bytes,grpThreads,allThreads,URL,Latency,Connect';
const row = (start: number, elapsed: number, id: number, success = true) =>
  `${start},${elapsed},GET /,200,OK,Crowd 1-${id},text,${success},100,1,1,http://127.0.0.1:8080/?id=${id},${elapsed},2`;
const read = (...lines: string[]) => readWith(jtlCsv, `${lines.join('\n')}\n`);
const adds = ({ source }: Awaited<ReturnType<typeof read>>) =>
  source.used + source.ignored + source.skipped === source.lines;

describe('JMeter results as CSV', () => {
  it('become columns, with the id and port from the URL', async () => {
    const { samples, source } = await read(HEADER, row(1000, 50, 1), row(1010, 60, 2));
    expect([...samples!.start]).toEqual([1000, 1010]);
    expect([...samples!.elapsed]).toEqual([50, 60]);
    expect([...samples!.connect]).toEqual([2, 2]);
    expect([...samples!.id]).toEqual([1, 2]);
    expect([...samples!.line]).toEqual([2, 3]);
    expect([...samples!.ports]).toEqual([[8080, 2]]);
    expect(source.counts).toEqual({ samples: 2, failed: 0, subSamples: 0, transactions: 0, labels: 1 });
    expect([source.lines, source.used, source.from, source.to]).toEqual([3, 3, 1000, 1070]);
  });

  it('may have any order, any delimiter and only some columns', async () => {
    for (const delimiter of [',', ';', '\t', '|']) {
      const lines = ['elapsed,success,timeStamp', '7,true,100', '8,false,200'];
      const { samples } = await read(...lines.map((line) => line.replaceAll(',', delimiter)));
      expect([...samples!.elapsed]).toEqual([7, 8]);
      expect(Array.from(samples!.outcome, (code) => OUTCOMES[code])).toEqual(['succeeded', 'other']);
    }
  });

  it('may lack the header, in the columns of JMeter 2 and 5', async () => {
    const two = await read('1431837337144,2955,Sampler,200,OK,Group 1-1,bin,true,2,20,20,778');
    expect([two.samples!.start[0], two.samples!.elapsed[0]]).toEqual([1431837337144, 2955]);
    const five = await read('1551783627191,351,GET,200,OK,Group 1-1,text,true,,18,8,1,1,http://h:9000/?id=4,340,0,5');
    expect([five.samples!.latency[0], five.samples!.connect[0], five.samples!.id[0]]).toEqual([340, 5, 4]);
  });

  it('tells stamps of the end from stamps of the start by the order of the rows', async () => {
    // written at completion: the slow one began first and stands last
    const started = await read(HEADER, row(1010, 10, 2), row(1000, 500, 1), row(1400, 200, 3));
    expect([started.source.variant.stamp, ...started.samples!.start]).toEqual(['start', 1010, 1000, 1400]);
    const ended = await read(HEADER, row(1020, 10, 2), row(1500, 500, 1), row(1600, 10, 3), row(1700, 690, 4));
    expect([ended.source.variant.stamp, ...ended.samples!.start]).toEqual(['end', 1010, 1000, 1590, 1010]);
  });

  it('keeps account of physical lines where a message has line breaks in it', async () => {
    const broken =
      '1000,5,GET,500,"no such element: {""method"":""id""}\n  second\n  third",Crowd 1-1,text,false,1,1,1,,5,1';
    const reading = await read(HEADER, broken, row(1010, 60, 2));
    expect([...reading.samples!.line]).toEqual([2, 5]);
    expect(reading.source.lines).toBe(5);
    expect(adds(reading)).toBe(true);
    expect(reading.source.counts.failed).toBe(1);
  });

  it('takes a quote that never closes literally and goes on at the next line', async () => {
    const many = Array.from({ length: 3000 }, (_, n) => row(2000 + n, 5, n));
    const reading = await read(HEADER, '1000,5,GET,500,"stray,Crowd 1-1,text,false,1,1,1,,5,1', ...many);
    expect(reading.source.counts.samples).toBe(3001);
    expect(adds(reading)).toBe(true);
  });

  it('counts a transaction row and does not take it for a request', async () => {
    const message = '"Number of samples in transaction : 1, number of failing samples : 0"';
    const { samples, source } = await read(
      HEADER,
      row(1000, 50, 1),
      `990,70,TC,200,${message},Crowd 1-1,,true,1,1,1,null,0,0`,
    );
    expect(samples!.count).toBe(1);
    expect(source.counts).toMatchObject({ samples: 2, transactions: 1 });
  });

  it('takes glued files, CRLF, a byte order mark and a cut last row', async () => {
    const text = `\ufeff${[HEADER, row(1, 5, 1), HEADER, row(9, 5, 2), '1551783627191,351,GET'].join('\r\n')}`;
    const reading = await readWith(jtlCsv, text);
    expect([reading.samples!.count, reading.source.skipped, reading.source.problems[0]?.line]).toEqual([2, 1, 5]);
    expect(adds(reading)).toBe(true);
  });

  it('knows an empty result from none', async () => {
    const { samples, source } = await read(HEADER);
    expect([samples!.count, source.problemCount]).toEqual([0, 0]);
  });

  it('reads dates as UTC and says so', async () => {
    const { samples, source } = await read('timeStamp,elapsed,success', '2014-02-24 07:42:21.256,1300,true');
    expect(samples!.start[0]).toBe(Date.UTC(2014, 1, 24, 7, 42, 21, 256));
    expect(source.variant.zone).toBe('not stated, read as UTC');
  });

  it('does not take look-alikes', () => {
    const ask = (...lines: string[]) => jtlCsv.recognise({ name: 'x', text: '', lines, complete: true }).certainty;
    expect(ask('1455366135623,9128,192.168.0.12 CPU,,,,,true,0,0,0,0')).toBe('no');
    expect(ask('Type,Name,Request Count,Failure Count,Median Response Time')).toBe('no');
    expect(ask('label,avg_ct,avg_lt,elapsed,bytes')).toBe('refused');
    expect(ask('2021-10-11 14:29:18.125  INFO 25662 --- [main] o.p.App : true')).toBe('no');
    expect(ask(HEADER)).toBe('certain');
  });

  it('shares request ids with the other files of the run', async () => {
    const context = contextOf();
    await readWith(jtlCsv, `timeStamp,elapsed,success,URL\n1,2,true,http://h/?id=abc\n`, { context });
    expect(context.ids.lookup('abc')).toBe(-1);
  });
});
