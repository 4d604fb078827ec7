import { describe, expect, it } from 'vitest';
import { serverLog } from '../../../../src/ingest/formats/server-log.js';
import { contextOf, readWith } from '../../../support/context.js';

const line = (id: number, second: number, took: number) =>
  `127.0.0.1 - - [05/Jan/2026:18:58:${String(10 + second).padStart(2, '0')} +0000] "GET /report?id=${id} HTTP/1.1" 200 3 ${took.toFixed(4)}`;

/** How many requests the lines tell, and how many lines count. */
async function read(lines: readonly string[]) {
  const { source, events } = await readWith(serverLog, `${lines.join('\n')}\n`, { context: contextOf({}) });
  return [events?.count, source.used, source.ignored];
}

const ids = Array.from({ length: 20 }, (_, n) => n + 1);

describe('requests that two loggers tell', () => {
  it('count once', async () => {
    const twice = ids.flatMap((id) => [line(id, id, 0.8), line(id, id, 0.8004)]);
    expect(await read(twice)).toEqual([20, 20, 20]);
    // The second of the two may be one later.
    expect(await read(ids.flatMap((id) => [line(id, id, 0.8), line(id, id + 1, 0.8004)]))).toEqual([20, 20, 20]);
  });

  it('are two where they differ, or where all have the same id', async () => {
    expect(await read(ids.flatMap((id) => [line(id, id, 0.8), line(id, id + 2, 0.8)]))).toEqual([40, 40, 0]);
    expect(await read(ids.flatMap((id) => [line(id, id, 0.8), line(id, id, 0.4)]))).toEqual([40, 40, 0]);
    expect(await read(ids.flatMap((id) => [line(7, id, 0.8), line(7, id, 0.8)]))).toEqual([40, 40, 0]);
  });

  it('are two where some only come twice', async () => {
    const some = ids.flatMap((id) => [line(id, id, 0.8), ...(id % 2 ? [line(id, id, 0.8004)] : [])]);
    expect(await read(some)).toEqual([30, 30, 0]);
  });
});
