import { describe, expect, it } from 'vitest';
import { serverLog } from '../../../../src/ingest/formats/server-log.js';
import { contextOf, readWith } from '../../../support/context.js';

const ids = Array.from({ length: 12 }, (_, n) => n + 1);

describe('a process and a place in it', () => {
  it('are the worker where the log says that the process was started', async () => {
    const lines = ids.map((id) => `${1767609000 + id} ${id % 2 ? 11 : 12}/${id % 3} GET /report?id=${id} 200 900925us`);
    const read = async (...first: string[]) =>
      (await readWith(serverLog, `${[...first, ...lines].join('\n')}\n`, { context: contextOf({}) })).events?.workers;
    const started = [11, 12].map((pid, n) => `spawned uWSGI worker ${n + 1} (pid: ${pid}, cores: 3)`);
    expect(await read(...started)).toHaveLength(6);
    expect(await read(...started)).toContainEqual(expect.objectContaining({ pid: 11, thread: 'core 0' }));
    expect(await read()).toEqual([]);
  });
});
