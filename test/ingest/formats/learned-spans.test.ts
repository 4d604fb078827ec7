import { describe, expect, it } from 'vitest';
import { serverLog } from '../../../src/ingest/formats/server-log.js';
import { EVENT } from '../../../src/model/events.js';
import { contextOf, readWith } from '../../support/context.js';

const ids = Array.from({ length: 20 }, (_, n) => n + 1);
/** Four workers; who was not among the first four had to wait. */
const tookMs = (id: number) => 800 + (id % 7);
const waitedMs = (id: number) => tookMs(id) + 3 + 800 * Math.floor((id - 1) / 4);

/** What a log tells whose lines are written when requests end. */
async function read(line: (id: number) => string, isNamed = true) {
  const lines = ids.map((id) => {
    const at = Date.UTC(2026, 0, 5, 10, 30) + 1_000 * Math.floor((id - 1) / 4) + tookMs(id);
    return `${new Date(at).toISOString().slice(0, -1)} ${line(id)}`;
  });
  const context = {
    ...contextOf({}),
    clientIds: () => new Set(isNamed ? ids : []),
    clientElapsed: () => new Map(isNamed ? ids.map((id) => [id, waitedMs(id)]) : [[Number.NaN, waitedMs(ids.at(-1)!)]]),
    clientWaits: () => ids.map(waitedMs),
  };
  const { events, source } = await readWith(serverLog, `${lines.join('\n')}\n`, { context });
  const rows = Array.from(events?.duration ?? [], (ms, i) => ({
    ms: Math.round(ms),
    isSpan: events!.kind[i] === EVENT.span,
    worker: events!.workers[events!.worker[i]!]?.thread,
  }));
  return { rows, source };
}

describe('lines of an unknown form that tell how long requests took', () => {
  it.each([
    ['in words of their own', (id: number) => `[pool-1-thread-${id % 4}] order ${id} took ${tookMs(id)} ms`, true],
    ['of no request', (id: number) => `[pool-1-thread-${id % 4}] took ${tookMs(id)} ms`, false],
    ['without a unit', (id: number) => `[pool-1-thread-${id % 4}] ${id} fertig (${tookMs(id)})`, true],
    ['in seconds', (id: number) => `[pool-1-thread-${id % 4}] ${id} fertig ${tookMs(id) / 1000}s`, true],
  ])('tell requests whole: %s', async (_, line, isNamed) => {
    const { rows, source } = await read(line, isNamed);
    expect(rows.map(({ ms }) => ms)).toEqual(ids.map(tookMs));
    expect(rows.every(({ isSpan }) => isSpan)).toBe(true);
    expect(new Set(rows.map(({ worker }) => worker)).size).toBe(4);
    expect(source.problems.map(({ message }) => message.id)).toContain('logs.learnedSpans');
  });

  it.each([
    ['something else', (id: number) => `[pool-1-thread-${id % 4}] query of ${id} took ${id % 3} ms`, true],
    ['for longer than anybody waited', (id: number) => `[w-${id % 4}] ${id} expires in ${9000 + id} ms`, true],
    ['no request of anybody', (id: number) => `[pool-1-thread-${id % 4}] took ${id % 3} ms`, false],
  ])('are none if that is %s', async (_, line, isNamed) => {
    expect((await read(line, isNamed)).rows).toEqual([]);
  });
});
