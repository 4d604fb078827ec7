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

  it('knows the samples of a transaction that comes late in a file without others', async () => {
    const rows = Array.from({ length: 3000 }, (_, n) => row(1000 + n, 50, n));
    const message = '"Number of samples in transaction : 1, number of failing samples : 0"';
    const { samples, source } = await read(HEADER, ...rows, `3990,70,TC,200,${message},Crowd 1-1,,true,1,1,1,null,0,0`);
    expect(samples!.count).toBe(3000);
    expect([source.counts.samples, source.used, source.problemCount]).toEqual([3001, 3002, 0]);
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
    expect(ask('1455366135623,9128,192.168.0.12 CPU,,,,,true,0,0,0,0')).toBe('refused');
    expect(ask('Type,Name,Request Count,Failure Count,Median Response Time')).toBe('refused');
    expect(ask('Label,# Samples,Average,Median,90% Line,Min,Max,Error %')).toBe('refused');
    expect(ask('label,avg_ct,avg_lt,elapsed,bytes')).toBe('refused');
    expect(ask('2021-10-11 14:29:18.125  INFO 25662 --- [main] o.p.App : true')).toBe('no');
    expect(ask(HEADER)).toBe('certain');
  });

  it('may begin with other lines, and go on with other columns', async () => {
    const other = 'label,elapsed,timeStamp,success';
    const { samples, source } = await read('Creating summariser <summary>', HEADER, row(5, 5, 1), other, 'x,7,9,true');
    expect([...samples!.start, ...samples!.elapsed]).toEqual([5, 9, 5, 7]);
    expect([source.skipped, source.problems[0]?.line, source.variant.header]).toEqual([1, 1, 'yes, 2 times']);
  });

  it('takes a quote in the middle of a field for what it is', async () => {
    const inch = (n: number) => row(n, 5, n).replace('GET /', 'a 5" disk');
    const { samples, source } = await read(HEADER, inch(1), row(2, 5, 2), inch(3), row(4, 5, 4));
    expect([...samples!.id]).toEqual([1, 2, 3, 4]);
    expect(source.problemCount).toBe(0);
  });

  it('says at which line a quote was never closed', async () => {
    const { source } = await read(HEADER, row(1, 5, 1), row(2, 5, 2).replace('GET /', '"GET /'));
    expect(source.problems[0]).toMatchObject({ line: 3, message: { id: 'client.strayQuote' } });
  });

  it('counts a transaction of which no samples were written as one request', async () => {
    const alone = (start: number) =>
      `${start},70,TC,200,"Number of samples in transaction : 3, number of failing samples : 0",Crowd 1-1,,true,1,1,1,null,0,0`;
    const { samples, source } = await read(HEADER, alone(1000), alone(1100), alone(1200));
    expect([samples!.count, source.counts.transactions]).toEqual([3, 3]);
    expect(source.problems[0]?.message).toEqual({ id: 'client.transactionsAlone', args: { n: 3 } });
    // one round another, after their sample
    const nested = await read(HEADER, row(1000, 70, 1), alone(1000), alone(999));
    expect(nested.samples!.count).toBe(1);
  });

  it('finds the id in a sample variable or in the label where there is no URL', async () => {
    const { samples } = await read(
      'timeStamp,elapsed,label,success,"requestId"',
      '1,2,a,true,77',
      '2,2,/?id=78,true,null',
    );
    expect([...samples!.id]).toEqual([77, 78]);
  });

  it('reads times of day, seconds and impossible dates', async () => {
    const day = await read('22:59:55;889;HTTP Request;200;threads 1-1;true;2884;10;10;889;1;0;0');
    expect([day.samples!.elapsed[0], day.source.variant.time]).toEqual([889, 'time of day']);
    const seconds = await read('timeStamp,elapsed,success', '1551783627.5,10,true');
    expect(seconds.samples!.start[0]).toBe(1551783627500);
    const never = await read(
      'timeStamp,elapsed,success',
      '2001/20/20 12:05:05.123,10,true',
      '2011-21-21 14:15:25.321,1,true',
    );
    expect([...never.samples!.start]).toEqual([Number.NaN, Number.NaN]);
    expect(never.source.problems[0]?.message).toEqual({ id: 'client.stampsUnreadable', args: { n: 2 } });
  });

  it('may lack the header and have a cut row or a broken message among its first lines', async () => {
    const bare = (n: number) => `143183733714${n},2955,Sampler,200,"a\nb",Group 1-1,bin,true,2,20,20,778`;
    const { samples } = await read(bare(1), '1431837337', bare(2), bare(3));
    expect(samples!.count).toBe(3);
  });

  it('shares request ids with the other files of the run', async () => {
    const context = contextOf();
    await readWith(jtlCsv, `timeStamp,elapsed,success,URL\n1,2,true,http://h/?id=abc\n`, { context });
    expect(context.ids.lookup('abc')).toBe(-1);
  });
});
