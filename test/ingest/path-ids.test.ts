import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inputFiles } from '../../src/ingest/discover.js';
import { readRun } from '../../src/ingest/read.js';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'paths-'));
});
afterEach(() => rm(dir, { recursive: true }));

const START = 1767609000000;
const NUMBERS = Array.from({ length: 24 }, (_, n) => n + 1);
const time = (ms: number) => new Date(START + ms).toISOString().replace('T', ' ').replace('Z', '');

/** A record of requests to the paths, one every 100 ms. */
const client = (path: (n: number) => string) =>
  `timeStamp,elapsed,label,responseCode,success,URL\n${NUMBERS.map(
    (n) => `${START + 100 * n},405,GET,200,true,http://127.0.0.1:8080${path(n)}`,
  ).join('\n')}\n`;

/** A log with two lines of each request, in the order of their times. */
const log = (begin: (n: number) => string, end: (n: number) => string) =>
  `${NUMBERS.flatMap((n) => [[100 * n + 2, begin(n)] as const, [100 * n + 402, end(n)] as const])
    .sort(([a], [b]) => a - b)
    .map(([ms, text]) => `${time(ms)} ${text}`)
    .join('\n')}\n`;

async function ids(files: Readonly<Record<string, string>>) {
  for (const [name, text] of Object.entries(files)) await writeFile(join(dir, name), text);
  const { readings } = await readRun({ id: 'run', dir, files: await inputFiles(dir) });
  const of = (list: Iterable<number> | undefined) => [...new Set([...(list ?? [])].filter((id) => !Number.isNaN(id)))];
  return {
    samples: of(readings.find(({ samples }) => samples)?.samples?.id),
    events: of(readings.find(({ events }) => events)?.events?.id).sort((a, b) => a - b),
  };
}

describe('ids in paths', () => {
  it('pair the requests of the client with lines of no known form', async () => {
    const said = await ids({
      'client.jtl': client((n) => `/job/${n}`),
      'server.log': log(
        (n) => `waitress-${n % 5} IN  /job/${n}`,
        (n) => `waitress-${n % 5} OUT /job/${n} 200`,
      ),
    });
    expect(said).toEqual({ samples: NUMBERS, events: NUMBERS });
  });

  it('pair them with access lines', async () => {
    const line = (n: number) =>
      `127.0.0.1 - - [05/Jan/2026:10:30:${String(n).padStart(2, '0')} +0000] "GET /v1/job/${n}/run HTTP/1.1" 200 5 0.405`;
    const said = await ids({
      'client.jtl': client((n) => `/v1/job/${n}/run`),
      'access.log': `${NUMBERS.map(line).join('\n')}\n`,
    });
    expect(said).toEqual({ samples: NUMBERS, events: NUMBERS });
  });

  it.each([
    ['all ask for the same path', (_: number) => '/v2/search'],
    ['items are asked for again and again', (n: number) => `/item/${n % 6}`],
  ])('are none where %s', async (_, path) => {
    const line = (n: number) =>
      `127.0.0.1 - - [05/Jan/2026:10:30:${String(n).padStart(2, '0')} +0000] "GET ${path(n)} HTTP/1.1" 200 5 0.405`;
    const said = await ids({ 'client.jtl': client(path), 'access.log': `${NUMBERS.map(line).join('\n')}\n` });
    expect(said).toEqual({ samples: [], events: [] });
  });

  it('are none where ids stand elsewhere', async () => {
    const said = await ids({ 'client.jtl': client((n) => (n === 1 ? '/warm/900' : `/user/${n + 50}?id=${n}`)) });
    expect(said.samples).toEqual(NUMBERS.slice(1));
  });

  it('tell requests apart without a client, if they count up', async () => {
    const said = await ids({
      'server.log': log(
        (n) => `waitress-${n % 5} IN  /job/${n}`,
        (n) => `waitress-${n % 5} OUT /job/${n} 200`,
      ),
    });
    expect(said.events).toEqual(NUMBERS);
  });
});

describe('ids in queries, under a name of their own', () => {
  /** Eight hexadecimal digits, some of them letters alone, others a number. */
  const token = (n: number) =>
    n === 5 ? 'eedafcdd' : n === 9 ? '11610100' : ((n * 2654435761) % 2 ** 32).toString(16).padStart(8, '0');
  const forms = (word: (n: number) => string) =>
    log(
      (n) => `waitress-${n % 5} took ${word(n)}`,
      (n) => `waitress-${n % 5} gave ${word(n)}`,
    );

  it.each([
    ['numbers', (n: number) => `/orders?lang=de&order=${n}`, String],
    ['hexadecimal ones', (n: number) => `/cart?token=${token(n)}`, token],
    ['beside what defeats a cache', (n: number) => `/cart?_=${START + 7 * n}&token=${token(n)}`, token],
  ])('pair the requests of the client with lines of no known form: %s', async (_, path, word) => {
    const { samples, events } = await ids({ 'client.jtl': client(path), 'server.log': forms(word) });
    expect(samples.length).toBe(24);
    expect(new Set(events)).toEqual(new Set(samples));
  });

  it('pair them with access lines', async () => {
    const line = (n: number) =>
      `127.0.0.1 - - [05/Jan/2026:10:30:${String(n).padStart(2, '0')} +0000] "GET /cart?token=${token(n)} HTTP/1.1" 200 5 0.405`;
    const said = await ids({
      'client.jtl': client((n) => `/cart?token=${token(n)}`),
      'access.log': `${NUMBERS.map(line).join('\n')}\n`,
    });
    expect(said.samples.length).toBe(24);
    expect(new Set(said.events)).toEqual(new Set(said.samples));
  });

  it.each([
    ['no log has them', (n: number) => `/cart?token=${token(n + 100)}`],
    ['some come again and again', (n: number) => `/orders?order=${n % 6}`],
  ])('are none where %s', async (_, path) => {
    expect((await ids({ 'client.jtl': client(path), 'server.log': forms(token) })).samples).toEqual([]);
  });
});
