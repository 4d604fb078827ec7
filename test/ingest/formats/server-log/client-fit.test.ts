import { describe, expect, it } from 'vitest';
import { serverLog } from '../../../../src/ingest/formats/server-log.js';
import { contextOf, readWith } from '../../../support/context.js';

const START = Date.parse('2026-01-05T10:30:00.000Z');
const MS = 500;

/** Two at a time in an order of the server's own: the ids of the client, who sent all of them at once or each by itself. */
const order = Array.from({ length: 24 }, (_, n) => ((n * 7) % 24) + 1);
const begunAt = (n: number) => START + (n >> 1) * MS;
const line = (ms: number, text: string) => `${new Date(ms).toISOString().replace('Z', '').replace('T', ' ')} ${text}`;

async function ids(lines: readonly string[], sentAt: (n: number) => number): Promise<readonly number[]> {
  const times = new Map(order.map((id, n) => [id, { from: sentAt(n), until: begunAt(n) + MS, answered: true }]));
  const context = { ...contextOf({}), clientIds: () => new Set(times.keys()), clientTimes: () => times };
  const { events } = await readWith(serverLog, `${lines.join('\n')}\n`, { context });
  return [...new Set(events?.id ?? [])];
}

describe('of several numbers that run like the client’s ids', () => {
  it('the one is the id by which the client waited while its requests were served', async () => {
    const lines = order.flatMap((id, n) => [
      { at: begunAt(n) + (n % 2), text: `handler/${n + 1} ENTER ${id}` },
      { at: begunAt(n) + MS - 9 + (n % 2), text: `handler/${n + 1} LEAVE ${id}` },
    ]);
    lines.sort((a, b) => a.at - b.at);
    const found = await ids(
      lines.map(({ at, text }) => line(at, text)),
      (n) => begunAt(n) - 20,
    );
    expect(found).toEqual(order);
  });

  it('a known form’s lines are not given up for others', async () => {
    const head = (ms: number) => `I, [${new Date(ms).toISOString().replace('Z', '000')} #4711]  INFO -- : `;
    const tag = (n: number) => `[0000000c-5a1c-4b7e-9d2f-${String(n).padStart(12, '0')}]`;
    const rails = order.flatMap((id, n) => [
      {
        at: begunAt(n) + (n % 2),
        text: `${tag(n)} Started GET "/?id=${id}" for 127.0.0.1 at 2026-01-05 10:30:00 +0000`,
      },
      { at: begunAt(n) + (n % 2), text: `${tag(n)}   Parameters: {"id"=>"${id}"}` },
      { at: begunAt(n) + MS - 9 + (n % 2), text: `${tag(n)} Completed 200 OK in ${MS - 9}ms (Allocations: 134)` },
    ]);
    const beats = order.map((_, n) => line(begunAt(n) + 250, `[stats] INFO heartbeat seq=${n + 1} ok`));
    const lines = rails.sort((a, b) => a.at - b.at).map(({ at, text }) => `${head(at)}${text}`);
    const { source } = await readWith(serverLog, `${[...lines, ...beats].join('\n')}\n`, {
      context: { ...contextOf({}), clientIds: () => new Set(order) },
    });
    expect(source.counts).toMatchObject({ begins: 24, ends: 24 });
    expect(source.variant.learned).toBeUndefined();
  });
});
