import { describe, expect, it } from 'vitest';
import { serverLog } from '../../../src/ingest/formats/server-log.js';
import { EVENT, type Worker } from '../../../src/model/events.js';
import { contextOf, readWith } from '../../support/context.js';

const ids = Array.from({ length: 24 }, (_, n) => n + 1);

interface Told {
  readonly begins: readonly number[];
  readonly ends: readonly number[];
  readonly spans: readonly number[];
  readonly workers: readonly (Worker | undefined)[];
}

/** The ids that a log's lines begin and end, and the workers named. */
async function read(lines: readonly string[], clientIds: readonly number[] = ids): Promise<Told> {
  const context = {
    ...contextOf({}),
    clientIds: () => new Set(clientIds),
    clientElapsed: () => new Map((clientIds.length > 0 ? clientIds : [Number.NaN]).map((id) => [id, 6000])),
    clientWaits: () => ids.map(() => 6000),
  };
  const { events } = await readWith(serverLog, `${lines.join('\n')}\n`, { context });
  const of = (wanted: number) =>
    [...(events?.id ?? [])].filter((_, i) => events?.kind[i] === wanted).sort((a, b) => a - b);
  const workers = Array.from(events?.worker ?? [], (code) => events?.workers[code]);
  return { begins: of(EVENT.begin), ends: of(EVENT.end), spans: of(EVENT.span), workers };
}

const at = (n: number) => `2026-01-05 10:30:${String(n % 60).padStart(2, '0')}.25${n % 10}`;
const hex = (id: number) => (0x9f3c2100 + id * 7919).toString(16);
const worker = (id: number) => id % 4;
/** Each request's two lines: four workers, each of which takes its next request as soon as it has ended one. */
const log = (begin: (id: number) => string, end: (id: number) => string, beside: (n: number) => string[] = () => []) =>
  ids.flatMap((id, n) => [
    ...(n === 0 ? ids.slice(0, 4).map((first) => begin(first).replaceAll('@', at(0))) : []),
    end(id).replaceAll('@', at(n + 1)),
    ...(n + 5 <= ids.length ? [begin(n + 5).replaceAll('@', at(n + 1))] : []),
    ...beside(n),
  ]);

describe('lines of a request of which one has the id', () => {
  it.each([
    [
      'a token of its own leads on',
      (id: number) => `@ INFO rid=${hex(id)} start path=/?id=${id}`,
      (id: number) => `@ INFO rid=${hex(id)} completed_in=8.40ms`,
    ],
    [
      'the worker leads on',
      (id: number) => `@ middleware 4711 exec-${worker(id)} >>> GET /?id=${id}`,
      (id: number) => `@ middleware 4711 exec-${worker(id)} <<< 200 OK`,
    ],
    [
      'the worker leads on from its process',
      (id: number) => `[@] [${4711 + worker(id)}] [debug] [x] GET "/?id=${id}"`,
      (id: number) => `[@] [${4711 + worker(id)}] [debug] [x] 200 OK`,
    ],
  ])('are paired: %s', async (_, begin, end) => {
    const { begins, ends } = await read(log(begin, end));
    expect(begins).toEqual(ids);
    expect(ends).toEqual(ids);
  });

  it('are paired by a third line that has the id', async () => {
    const begin = (id: number) => `@ START call ${hex(id)}\n@ ${hex(id)} event id=${id}`;
    const { begins, ends } = await read(log(begin, (id) => `@ END call ${hex(id)}`));
    expect([begins, ends]).toEqual([ids, ids]);
  });
});

describe('lines without ids', () => {
  const busy = (id: number) => `@ pid 4711 pool-0_${worker(id)} working`;
  const idle = (id: number) => `@ pid 4711 pool-0_${worker(id)} idle again`;

  it('are begins and ends if workers take turns, as often as the client sent requests', async () => {
    const { begins, ends, workers } = await read(log(busy, idle), []);
    expect([begins.length, ends.length]).toEqual([24, 24]);
    expect(new Set(workers).size).toBe(4);
  });

  it.each([
    ['heartbeats', (n: number) => [`${at(n)} beat-${n % 2} ping`, `${at(n)} beat-${n % 2} pong`]],
    ['health checks', (n: number) => (n % 2 === 0 ? [`${at(n)} [w-9] probe up`, `${at(n)} [w-9] probe fine`] : [])],
    ['errors', (n: number) => [`${at(n)} [exec-${n % 4}] ERROR broken pipe`]],
    ['two times as many', (n: number) => [0, 1].flatMap((k) => [`${at(n)} job-${k} a`, `${at(n)} job-${k} b`])],
  ])('are none if they are %s', async (_, beside) => {
    const { begins, ends } = await read(
      ids.flatMap((_, n) => beside(n)),
      [],
    );
    expect([begins, ends]).toEqual([[], []]);
  });
});

describe('the time of a learnt line', () => {
  it.each([
    ['is that of syslog', (words: string) => `@ ${words}`.replace('@', 'Jan  5 10:30:00 web1 app[7]:')],
    ['stands in the line above', (words: string) => `== @ exec\n   event: ${words}`],
  ])('%s', async (_, line) => {
    const { begins, ends } = await read(
      log(
        (id) => line(`Thread-${worker(id)} take id: ${id}`),
        (id) => line(`Thread-${worker(id)} give id: ${id}`),
      ),
    );
    expect([begins, ends]).toEqual([ids, ids]);
  });
});

describe('lines of an unknown form beside known ones', () => {
  it('are learnt beside access lines with a duration, and the requests counted once', async () => {
    const access = (n: number) => [
      `192.0.2.7 - - [05/Jan/2026:10:30:${String((n + 1) % 60).padStart(2, '0')} +0000] "GET /?id=${n + 1} HTTP/1.1" 200 5 "-" "x" 0.950`,
    ];
    const { begins } = await read(
      log(
        (id) => `@ w${worker(id)} enter ${id}`,
        (id) => `@ w${worker(id)} leave ${id}`,
        access,
      ),
    );
    expect(begins).toEqual(ids);
  });

  it('are the other half of lines that say in known words when requests end', async () => {
    const { begins, ends } = await read(
      log(
        (id) => `@ INFO [4711:exec-${worker(id)}] app - request ${id} let in`,
        (id) => `@ INFO [4711:exec-${worker(id)}] app - request ${id} served in 0.70s`,
      ),
    );
    expect([begins, ends]).toEqual([ids, ids]);
  });

  it('are not joined by lines that tell whole requests of others', async () => {
    const probe = (n: number) => (n % 8 === 3 ? [`${at(n)} INFO [4711:exec-1] app - GET /healthz 200 0ms`] : []);
    const { begins, ends, spans } = await read(
      log(
        (id) => `@ INFO [4711:exec-${worker(id)}] app - Received GET /?id=${id}`,
        (id) => `@ INFO [4711:exec-${worker(id)}] app - Responded 200 to GET /?id=${id} in 0.803 s`,
        probe,
      ),
    );
    expect([begins, [...ends, ...spans]]).toEqual([ids, ids]);
  });
});

describe('numbers that run like ids and are none', () => {
  it('are workers where they come again and again', async () => {
    const { begins, workers } = await read(
      log(
        (id) => `@ level=INFO msg="job begin" worker=${1 + worker(id)}`,
        (id) => `@ level=INFO msg="job end" worker=${1 + worker(id)}`,
      ),
    );
    expect(begins.filter((id) => !Number.isNaN(id))).toEqual([]);
    expect(new Set(workers).size).toBe(4);
  });

  it('are threads where there are as many as the client has ids, and not the same', async () => {
    const { begins } = await read(
      log(
        (id) => `@ [${id + 5}] INFO Shop.Home Action executing`,
        (id) => `@ [${id + 5}] INFO Shop.Home Action executed`,
      ),
    );
    expect(begins).toHaveLength(24);
    expect(begins.filter((id) => ids.includes(id))).toEqual([]);
  });
});
