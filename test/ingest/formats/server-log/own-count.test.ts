import { describe, expect, it } from 'vitest';
import { serverLog } from '../../../../src/ingest/formats/server-log.js';
import { contextOf, readWith } from '../../../support/context.js';

const START = Date.parse('2026-01-05T10:30:00.000Z');
const MS = 500;
const REQUESTS = 24;

/** Two workers, each of which serves for half a second. */
const begunAt = (n: number) => START + (n >> 1) * MS + (n % 2);
const lines = Array.from({ length: REQUESTS }, (_, n) => [
  { at: begunAt(n), text: `4711-pool-${n % 2}: #${n + 1} processing request, sleeping...` },
  { at: begunAt(n) + MS - 9, text: `4711-pool-${n % 2}: done request` },
])
  .flat()
  .sort((a, b) => a.at - b.at)
  .map(({ at, text }) => `${new Date(at).toISOString().replace('Z', '').replace('T', ' ')} - ${text}`);

/** @param order the client's ids as the server came to them; each was sent a little before it was begun */
async function idsOf(order: readonly number[]): Promise<readonly number[]> {
  const times = new Map(order.map((id, n) => [id, { from: begunAt(n) - 20, until: begunAt(n) + MS, answered: true }]));
  const elapsed = new Map(order.map((id) => [id, MS + 20]));
  const context = {
    ...contextOf({}),
    clientIds: () => new Set(order),
    clientTimes: () => times,
    clientElapsed: () => elapsed,
    clientWaits: () => [...elapsed.values()],
    clientSent: () => order.length,
  };
  const { events, source } = await readWith(serverLog, `${lines.join('\n')}\n`, { context });
  expect(source.counts).toMatchObject({ begins: REQUESTS, ends: REQUESTS });
  return [...new Set(events?.id ?? [])].filter((id) => !Number.isNaN(id));
}

describe('numbers that count what the server begins', () => {
  const inTurn = Array.from({ length: REQUESTS }, (_, n) => n + 1);

  it('are the client’s ids where its requests were begun in their order', async () => {
    expect(await idsOf(inTurn)).toEqual(inTurn);
  });

  it('are no ids where they were not: by them requests would have been begun before they were sent', async () => {
    expect(await idsOf(inTurn.map((id) => ((id * 7) % REQUESTS) + 1))).toEqual([]);
  });
});
