import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { serverLog } from '../../../src/ingest/formats/server-log.js';
import { EVENT } from '../../../src/model/events.js';
import type { RunFile } from '../../../src/model/run-file.js';
import { contextOf, readWith } from '../../support/context.js';

const KINDS = Object.fromEntries(Object.entries(EVENT).map(([name, code]) => [code, name]));

async function read(lines: readonly string[], { runFile = {} as RunFile, clientIds = [] as readonly number[] } = {}) {
  const context = { ...contextOf(runFile), clientIds: () => new Set(clientIds) };
  const { source, events, notices } = await readWith(serverLog, `${lines.join('\n')}\n`, { context });
  expect(source.used + source.ignored + source.skipped).toBe(source.lines);
  const rows = Array.from({ length: events?.count ?? 0 }, (_, i) => ({
    kind: KINDS[events!.kind[i]!],
    id: events!.id[i]!,
    line: events!.line[i]!,
    time: events!.time[i]!,
    worker: events!.workers[events!.worker[i]!],
  }));
  return { source, rows, events, notices: (notices ?? []).map(({ notice }) => notice) };
}

const short = ({ rows }: Awaited<ReturnType<typeof read>>) => rows.map(({ kind, id, line }) => [kind, id, line]);

const ids = Array.from({ length: 12 }, (_, n) => 100 + n * 3);
const stamp = (n: number) => `2026-01-05 10:30:${String(n % 60).padStart(2, '0')}.5${n % 10}`;

describe('a log that no pattern knows', () => {
  const lines = ids.flatMap((id, n) => [
    `${stamp(n)} job-${n % 3} | it's job ${id} accepted (queue=7)`,
    `${stamp(n + 1)} job-${n % 3} | it's job ${id} shipped, took 0.${n} s`,
  ]);

  it('gives begins and ends by its structure, and says how that would be confirmed', async () => {
    const learned = await read(lines, { clientIds: ids });
    expect(learned.rows).toHaveLength(24);
    expect(learned.rows.slice(0, 2)).toMatchObject([
      { kind: 'begin', id: 100, line: 1 },
      { kind: 'end', id: 100, line: 2 },
    ]);
    expect([learned.source.used, learned.source.problemCount]).toEqual([24, 1]);
    const { id, args } = learned.source.problems[0]!.message;
    expect(id).toBe('logs.learned');
    const confirmed = await read(lines, { runFile: { log: parse(args.entries as string) } });
    expect(confirmed.rows.map(({ kind, id: found, time }) => [kind, found, time])).toEqual(
      learned.rows.map(({ kind, id: found, time }) => [kind, found, time]),
    );
  });

  it('gives nothing where the client’s ids pair nothing', async () => {
    const { rows, source } = await read(lines, { clientIds: [9001, 9002, 9003, 9004, 9005, 9006] });
    expect([rows.length, source.skipped]).toEqual([0, 24]);
  });

  it('is learnt whole where the client has told of some of the ids only', async () => {
    const named = ids.flatMap((id, n) => [
      `${stamp(n)} w-${n % 3} took id=${id}`,
      `${stamp(n + 1)} w-${n % 3} gave id=${id}`,
    ]);
    const { rows } = await read(named, { clientIds: ids.slice(0, 6) });
    expect(rows.map(({ id }) => id)).toEqual(ids.flatMap((id) => [id, id]));
  });

  it('is learnt from a logger’s lines, too', async () => {
    const logged = ids.flatMap((id, n) => [
      `${stamp(n)} INFO [worker-${n % 3}] order ${id} taken`,
      `${stamp(n + 1)} INFO [worker-${n % 3}] order ${id} delivered`,
    ]);
    const { rows, source } = await read(logged, { clientIds: ids });
    expect([rows.length, source.used, source.ignored]).toEqual([24, 24, 0]);
    expect(rows[0]?.worker).toMatchObject({ thread: 'worker-0' });
  });
});

describe('a log of an unknown form without the client’s ids', () => {
  const work = (name: string) =>
    ids.flatMap((id, n) => [
      `${stamp(n)} w-${n % 3} took ${name}${id}`,
      `${stamp(n + 1)} w-${n % 3} gave ${name}${id}`,
    ]);

  it('is learnt where the lines themselves call an id so', async () => {
    expect((await read(work('id='))).rows).toHaveLength(24);
    expect((await read(work('item '))).rows).toHaveLength(0);
  });

  it('is learnt whole where names are padded to one width', async () => {
    const name = (n: number) => `w-${n}`.padStart(8);
    const padded = ids.flatMap((id, n) => [
      `${stamp(n)} INFO [${name(n + 5)}] took id=${id}`,
      `${stamp(n + 1)} INFO [${name(n + 5)}] gave id=${id}`,
    ]);
    expect((await read(padded)).rows).toHaveLength(24);
  });

  it('is learnt from JSON with its workers', async () => {
    const lines = ids.flatMap((id, n) =>
      ['taken', 'delivered'].map((msg, k) =>
        JSON.stringify({ time: stamp(n + k), level: 'info', pid: 7, thread: `worker-${n % 3}`, msg, id: String(id) }),
      ),
    );
    const { rows } = await read(lines, { clientIds: ids });
    expect(rows).toHaveLength(24);
    expect(rows[0]?.worker).toMatchObject({ pid: 7, thread: 'worker-0' });
  });
});

describe('a log of a form that run.yaml states', () => {
  const log = [
    { pattern: '^(?P<time>\\S+) (?P<pid>\\d+) (?P<thread>\\S+) (?P<event>start|stop) (?P<id>\\w+)' },
    {
      pattern: '^(?P<time>\\S+) done (?P<id>\\w+) in (?P<duration>[\\d.]+) (?P<status>\\d+)',
      durationUnit: 'ms' as const,
    },
  ];

  it('is read by its groups', async () => {
    const { rows, events } = await read(
      [
        '2026-01-05T10:30:16Z 7 w-1 start 17',
        '2026-01-05T10:30:18Z 7 w-1 stop 17',
        '2026-01-05T10:30:19Z done 18 in 250 503',
      ],
      { runFile: { log } },
    );
    expect(rows.map(({ kind, id }) => [kind, id])).toEqual([
      ['begin', 17],
      ['end', 17],
      ['span', 18],
    ]);
    expect(rows[0]?.worker).toMatchObject({ pid: 7, thread: 'w-1' });
    expect([events?.duration[2], events?.status[2]]).toEqual([250, 503]);
  });

  it('knows threads that are recycled addresses, and processes that are none', async () => {
    const ident = 140_213_423_423_488;
    const { rows } = await read(['2026-01-05T10:30:16Z 0 140213423423488 start 17'], { runFile: { log } });
    expect(rows[0]?.worker).toEqual({ thread: String(ident), identity: 'recycled-ident' });
  });

  it('makes one kind of line of begins and ends, whose ends are surer than an access line’s', async () => {
    const two = (['begin', 'end'] as const).map((event) => ({
      event,
      pattern: `^(?P<time>\\S+) ${event} (?P<id>\\d+)`,
    }));
    const { events } = await read(['2026-01-05T10:30:16Z begin 17', '2026-01-05T10:30:18Z end 17'], {
      runFile: { log: two },
    });
    expect(events?.patterns).toEqual(['run.yaml']);
  });

  it('says which patterns can not be used, and never runs for long', async () => {
    const refused = ['(?<=x)(?P<time>\\d+)', '(?P<time>a)\\1', '(?P<id>\\d+)', '(?P<time>['].map((pattern) => ({
      pattern,
    }));
    const { source } = await read(['x'], { runFile: { log: refused } });
    expect(source.problems.filter(({ message }) => message.id === 'logs.patternRefused')).toHaveLength(4);
    const backtracking = [{ pattern: '^(?P<time>(?:a+)+)$' }];
    await read([`${'a'.repeat(50_000)}!`], { runFile: { log: backtracking } });
  });
});

describe('the worker of a JSON line', () => {
  const at = '2026-01-05T10:30:16.250Z';
  const message = 'processing request id[7], sleeping...';

  it.each([
    [
      { 'process.pid': 7, 'process.thread.name': 'main' },
      { pid: 7, thread: 'main', identity: 'numbered' },
    ],
    [{ process: { pid: 7, thread: { name: 'pool-1', id: 12 } } }, { pid: 7, thread: 'pool-1', nativeId: 12 }],
    [{ 'process.thread.name': 'AnyIO worker thread' }, { identity: 'shared-name' }],
    [
      { pid: 7, thread: '140213423423488' },
      { pid: 7, identity: 'recycled-ident' },
    ],
    [{ thread_id: 140_213_423_423_488 }, { thread: '140213423423488', identity: 'recycled-ident' }],
  ])('is in its fields: %j', async (fields, worker) => {
    const { rows } = await read([JSON.stringify({ '@timestamp': at, ...fields, message })]);
    expect(rows).toMatchObject([{ kind: 'begin', id: 7, worker }]);
  });

  it('is in its message where no field has it', async () => {
    const { rows } = await read([JSON.stringify({ time: at, msg: `${at} - 7095-MainThread: ${message}` })]);
    expect(rows[0]?.worker).toMatchObject({ pid: 7095, thread: 'MainThread' });
  });

  it('serves the request that a field names where the message names none', async () => {
    const { rows } = await read(
      ['request begin', 'request done'].map((msg) => JSON.stringify({ time: at, thread: 'w-1', msg, id: 7 })),
    );
    expect(rows).toMatchObject([
      { kind: 'begin', id: 7, worker: { thread: 'w-1' } },
      { kind: 'end', id: 7 },
    ]);
    expect((await read([JSON.stringify({ time: at, thread: 'w-1', msg: 'request begin' })])).rows).toEqual([]);
  });

  it('is told of both where two were printed on one line', async () => {
    const lines = [7, 8].map((pid) => JSON.stringify({ ts: 1_767_609_016.25, pid, message }));
    const { rows } = await read([lines.join('')]);
    expect(rows.map(({ worker }) => worker?.pid)).toEqual([7, 8]);
  });
});

describe('a handler’s lines', () => {
  it('have the thread that Apache puts before them', async () => {
    const line = (tid: number | string) =>
      `[Mon Jan 05 10:15:30.804140 2026] [wsgi:error] [pid 10:tid ${tid}] [remote 127.0.0.1:50312] 2026-01-05 10:15:30.803912 - 10-Dummy-3: done request id[7]`;
    expect((await read([line(17)])).rows[0]?.worker).toMatchObject({ pid: 10, thread: 'Dummy-3', nativeId: 17 });
    expect((await read([line('139992054929536')])).rows[0]?.worker).not.toHaveProperty('nativeId');
  });

  it('may name no request, if they name a worker', async () => {
    const { rows } = await read([
      '2026-01-05 10:30:16.25 7 w-0 request started',
      '2026-01-05 10:30:17.25 7 w-0 request done',
    ]);
    expect(rows.map(({ kind, worker }) => [kind, worker?.pid])).toEqual([
      ['begin', 7],
      ['end', 7],
    ]);
    expect((await read(['2026-01-05 10:30:16.25 request started', 'x 7 w-0 request done'])).rows).toEqual([]);
  });

  it('may have their worker behind them, by its keys', async () => {
    const line = (words: string) => `2026-01-05 10:30:16.25 INFO ${words} [pid=7 thread=pool-0_3]`;
    const { rows } = await read([line('start request=1'), line('end request=1 elapsed=0.900')]);
    expect(rows.map(({ worker }) => worker)).toEqual([
      expect.objectContaining({ pid: 7, thread: 'pool-0_3' }),
      expect.objectContaining({ pid: 7, thread: 'pool-0_3' }),
    ]);
  });

  it('are nobody’s where something else may name the request', async () => {
    for (const who of ['[7]', 'req-7', 'id=7 w-0', '7:', 'w-0 (7)'])
      expect((await read([`2026-01-05 10:30:16.25 ${who} request started`])).rows).toEqual([]);
  });

  it('are told in JSON whose only time is that of the begin, by the slot of a thread', async () => {
    const { rows } = await read(['{"pid":5,"core":4,"start":1767609000067,"uri":"/?id=2","status":200,"msecs":1101}']);
    expect(rows).toEqual([
      expect.objectContaining({
        kind: 'span',
        id: 2,
        time: 1_767_609_001_168,
        worker: expect.objectContaining({ pid: 5, thread: 'core 4' }),
      }),
    ]);
  });

  it('are told in JSON by the finer of two times', async () => {
    const line = (more: string) =>
      `{"time":"2026-01-05T10:30:00+00:00",${more}"req":"GET /?id=4 HTTP/1.1","status":200,"rt":0.598}`;
    const { rows } = await read([line('"msec":1767609000.627,'), line('')]);
    expect(rows.map(({ id, time }) => [id, time])).toEqual([
      [4, 1_767_609_000_627],
      [4, 1_767_609_000_000],
    ]);
  });

  it('are found in JSON that separates its records, with the access lines there', async () => {
    const wrapped = (log_io: string) =>
      `\x1e${JSON.stringify({ log_io, log_time: 1_767_609_016.25, copy: { log_io } })}`;
    const { rows } = await read([
      wrapped('2026-01-05 10:30:16.25 - pool-1: processing request id[7], sleeping...'),
      wrapped('"127.0.0.1" - - [05/Jan/2026:10:30:18 +0000] "GET /?id=7 HTTP/1.1" 200 5 "-" "x"'),
    ]);
    expect(rows.map(({ kind, id, worker }) => [kind, id, worker?.thread])).toEqual([
      ['begin', 7, 'pool-1'],
      ['end', 7, undefined],
    ]);
  });

  it('states the zone of the requests’ lines where they have one, else that of the server’s own', async () => {
    const banner = '[2026-01-05 19:30:00 +0930] [7] [INFO] Booting worker with pid: 7';
    const zoneOf = async (line: string) => (await readWith(serverLog, `${banner}\n${line}\n`)).source.variant.zone;
    expect(await zoneOf('{"ts":"2026-01-05T10:00:01.5Z","pid":7,"message":"request started","request_id":1}')).toBe(
      '0',
    );
    expect(await zoneOf('2026-01-05 19:30:01.500 - 7-MainThread: processing request id[1], sleeping...')).toBe(
      '570, not stated',
    );
  });
});

describe('lines of known servers', () => {
  const flask = (id: number) => `127.0.0.1 - - [05/Jan/2026 11:38:48] "GET /?id=${id} HTTP/1.1" 200 -`;
  const begin = (id: number) =>
    `2026-01-05 11:38:47.222266 - Thread-${id} (process_request_thread): #1 processing request id[${id}], sleeping...`;

  it('are taken apart where two were printed on one', async () => {
    expect(short(await read([flask(1) + flask(2), `${flask(3)}${begin(4)}`, flask(5)]))).toEqual([
      ['end', 1, 1],
      ['end', 2, 1],
      ['end', 3, 2],
      ['begin', 4, 2],
      ['end', 5, 3],
    ]);
  });

  it('are known inside wrappers and colours', async () => {
    const wrapped = [
      `web-1  | ${flask(1)}`,
      `\u001b[2Kweb-1  | 2026-01-05T11:38:49.584725130Z ${flask(2)}`,
      JSON.stringify({ log: `${flask(3)}\n`, stream: 'stdout', time: '2026-01-05T11:38:48.5Z' }),
      `Jan  5 11:38:48 host flask[77]: ${flask(4)}`,
      `2026-01-05T11:38:48+0100 host flask[77]: ${flask(5)}`,
      flask(6).replace('"GET', '"\u001b[32mGET').replace('1.1"', '1.1\u001b[0m"'),
      `2026-01-05T11:38:48.123456789Z ${flask(7)}`,
    ];
    expect(short(await read(wrapped)).map(([, id]) => id)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it('give a begin where they tell end and duration, and an end where they tell no more', async () => {
    const access = '192.0.2.7 - - [05/Jan/2026:13:55:36 +0000] "GET /?id=1 HTTP/1.1" 200 12 "-" "ua"';
    const { rows, source } = await read([access, `${access} 0.250`]);
    expect(rows.map(({ kind }) => kind)).toEqual(['end', 'span']);
    expect(source.counts).toMatchObject({ begins: 1, ends: 2 });
  });

  it('read the columns of W3C logs by the last #Fields line', async () => {
    const { rows, events } = await read([
      '#Software: Microsoft Internet Information Services 10.0',
      '#Fields: date time cs-method cs-uri-stem cs-uri-query sc-status time-taken',
      '2026-01-05 00:32:17 GET /x id=7 200 1012',
      '#Fields: time date sc-status cs-uri-stem',
      '00:32:18 2026-01-05 503 /y?id=8',
    ]);
    expect(rows.map(({ kind, id }) => [kind, id])).toEqual([
      ['span', 7],
      ['end', 8],
    ]);
    expect(rows[0]?.time).toBe(Date.UTC(2026, 0, 5, 0, 32, 17));
    expect([events?.duration[0], events?.zoned[0], events?.status[1]]).toEqual([1012, 1, 503]);
  });

  it('tell no request where there is none', async () => {
    const decoys = [
      '2026-01-05 10:30:16,123 INFO org.example.Main - started',
      '\tat org.example.Main.main(Main.java:1)',
      'Traceback (most recent call last):',
      '[Mon Jan 05 03:56:00.804140 2026] [core:notice] [pid 4343:tid 1] AH00094: Command line: httpd',
      '1:M 05 Jan 2026 10:30:16.000 * Ready to accept connections',
      'time="2026-01-05T10:30:16Z" level=info msg="hello" a=b',
    ];
    const { rows, source } = await read(decoys);
    expect([rows.length, source.counts.requests]).toEqual([0, 0]);
  });
});
