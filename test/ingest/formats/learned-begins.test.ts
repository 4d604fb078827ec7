import { describe, expect, it } from 'vitest';
import { serverLog } from '../../../src/ingest/formats/server-log.js';
import { EVENT } from '../../../src/model/events.js';
import { contextOf, readWith } from '../../support/context.js';

const START = Date.parse('2026-01-05T10:30:00.000Z');
const ids = Array.from({ length: 12 }, (_, n) => n + 1);
/** Sent now and then. */
const sentAt = (id: number) => START + ((id * id * 37) % 90) + 140 * id;
const line = (ms: number, text: string) => `${new Date(ms).toISOString().replace('Z', '').replace('T', ' ')} ${text}`;

async function begun(lines: readonly string[], answered = false) {
  const times = new Map(ids.map((id) => [id, { from: sentAt(id), until: START + 9000, answered }]));
  const context = { ...contextOf({}), clientIds: () => new Set(ids), clientTimes: () => times };
  const { events, source } = await readWith(serverLog, `${lines.join('\n')}\n`, { context });
  const found = [...(events?.id ?? [])].filter((_, i) => events?.kind[i] === EVENT.begin);
  return { found, said: source.problems.map(({ message }) => message.id) };
}

describe('lines of one kind that have the client’s ids', () => {
  const lines = ids.map((id) => line(sentAt(id) + 3, `4711 INFO app takes up id=${id}`));

  it('begin requests of which none was answered', async () => {
    const { found, said } = await begun(lines);
    expect(found).toEqual(ids);
    expect(said).toContain('logs.learnedBegins');
  });

  it('tell nothing where the requests were answered: they may be ends', async () => {
    expect((await begun(lines, true)).found).toEqual([]);
  });

  it('are no begins where they keep a time of their own', async () => {
    const beats = ids.map((id) => line(START + 500 * id, `4711 INFO stats beat id=${id}`));
    expect((await begun(beats)).found).toEqual([]);
    expect((await begun([...lines, ...beats])).found).toEqual(ids);
  });
});

describe('few requests that were begun and ended', () => {
  const lines = [1, 2, 3].flatMap((id) => [
    [sentAt(id) + 3, `INFO app takes up id=${id}`] as const,
    [sentAt(id) + 2003, `INFO app puts down id=${id}`] as const,
  ]);
  const log = [...lines].sort(([a], [b]) => a - b).map(([ms, text]) => line(ms, text));
  const count = async (answered: number) => {
    const clientElapsed = () => new Map(ids.slice(0, answered).map((id) => [id, 2010]));
    const context = { ...contextOf({}), clientIds: () => new Set(ids), clientElapsed };
    return (await readWith(serverLog, `${log.join('\n')}\n`, { context })).source.counts;
  };

  it('are enough where the client had no more answers', async () => {
    expect(await count(3)).toMatchObject({ begins: 3, ends: 3 });
    expect(await count(12)).toMatchObject({ begins: 0, ends: 0 });
  });
});
