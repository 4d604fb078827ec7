import { describe, expect, it } from 'vitest';
import { serverLog } from '../../../../src/ingest/formats/server-log.js';
import { contextOf, readWith } from '../../../support/context.js';
import { LEARNED_IDS as ids, fourAtOnce as log } from '../../../support/learned-lines.js';

async function workersOf(lines: readonly string[], clientIds: readonly number[] = []) {
  const context = { ...contextOf({}), clientIds: () => new Set(clientIds) };
  const { events } = await readWith(serverLog, `${lines.join('\n')}\n`, { context });
  const workers = [...new Set(Array.from(events?.worker ?? [], (code) => events!.workers[code]))];
  return { workers, ids: new Set(events?.id), count: events?.count ?? 0 };
}

describe('a word in brackets that each request has to itself', () => {
  const named = (id: number, says: string) => `INFO (pool-1-thread-${id % 4}) shop.views: [${id}] checkout ${says}`;

  it('is the request and not its worker, where no client tells', async () => {
    const lines = log(
      (id) => named(id, 'begun'),
      (id) => named(id, 'completed'),
    );
    const { workers, ids: told, count } = await workersOf(lines);
    expect(workers.map((one) => one?.pid)).toEqual([undefined, undefined, undefined, undefined]);
    expect([count, told.size]).toEqual([48, 24]);
  });

  it('pairs the lines of a log whose lines have changed places', async () => {
    const lines = log(
      (id) => named(id, 'begun'),
      (id) => named(id, 'completed'),
    );
    const changed = lines.map((_, i) => lines[i - (i % 3) + ((i + 2) % 3)] ?? lines[i]!);
    expect(await workersOf(changed)).toMatchObject({ count: 48 });
    expect((await workersOf(changed)).workers).toHaveLength(4);
  });

  it('is a trace beside the worker in the lines of a client’s requests', async () => {
    const trace = (id: number) => `${17 + (id % 2)}/ThreadPoolExecutor-0_${id % 4} [6e3${id.toString(16)}c4f]`;
    const lines = log(
      (id) => `${trace(id)} --> GET /report?id=${id}`,
      (id) => `${trace(id)} <-- sent id=${id}`,
    );
    const { workers } = await workersOf(lines, ids);
    expect(workers).toHaveLength(4);
    expect(workers[0]).toMatchObject({ pid: 18, thread: 'ThreadPoolExecutor-0_1' });
  });

  it('is a process that serves one request where their threads all have one name', async () => {
    const lines = log(
      (id) => `(MainThread) shop.views: [${4700 + id}] checkout begun`,
      (id) => `(MainThread) shop.views: [${4700 + id}] checkout completed`,
    );
    expect((await workersOf(lines)).workers).toHaveLength(24);
  });
});
