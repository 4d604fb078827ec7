import { describe, expect, it } from 'vitest';
import { serverLog } from '../../../src/ingest/formats/server-log.js';
import { EVENT } from '../../../src/model/events.js';
import { contextOf, readWith } from '../../support/context.js';

const START = Date.parse('2026-01-05T10:30:00.000Z');
const ids = Array.from({ length: 12 }, (_, n) => n + 1);
/** Sent now and then. */
const sentAt = (id: number) => START + ((id * id * 37) % 90) + 140 * id;
const line = (ms: number, text: string) => `${new Date(ms).toISOString().replace('Z', '').replace('T', ' ')} ${text}`;

/** What lines of one kind tell, if the client waited so long for each request, or for ever. */
async function told(lines: readonly string[], waits?: (id: number) => number) {
  const until = (id: number) => (waits ? sentAt(id) + waits(id) : START + 9000);
  const times = new Map(ids.map((id) => [id, { from: sentAt(id), until: until(id), answered: waits !== undefined }]));
  const context = { ...contextOf({}), clientIds: () => new Set(ids), clientTimes: () => times };
  const { events, source } = await readWith(serverLog, `${lines.join('\n')}\n`, { context });
  const of = (code: number) => [...(events?.id ?? [])].filter((_, i) => events?.kind[i] === code);
  const workers = new Set(events?.workers.map(({ thread }) => thread));
  const said = source.problems.find(({ message }) => message.id === 'logs.learnedAlone')?.message.args.side;
  return { begun: of(EVENT.begin), ended: of(EVENT.end), workers, said };
}

describe('lines of one kind that have the client’s ids', () => {
  const lineOf = (ms: number, id: number) => line(ms, `[pool-${id % 4}] INFO report ${id} is dealt with`);
  const lines = ids.map((id) => lineOf(sentAt(id) + 3, id));
  /** Four at once, each for a second: the fifth waits until the first is done. */
  const begins = (id: number) =>
    id <= 4 ? sentAt(id) + 3 : sentAt(((id - 1) % 4) + 1) + 1010 * Math.floor((id - 1) / 4);
  const waits = (id: number) => begins(id) + 1004 - sentAt(id);

  it('begin requests of which none was answered', async () => {
    expect(await told(lines)).toMatchObject({ begun: ids, ended: [], said: 'begin' });
  });

  it('begin them where some stand just behind the sending and none near its answer', async () => {
    const found = await told(ids.map((id) => lineOf(begins(id), id)).sort(), waits);
    expect([[...found.begun].sort((a, b) => a - b), found.ended, found.workers.size]).toEqual([ids, [], 4]);
  });

  it('end them where all stand just before the answer', async () => {
    const found = await told(ids.map((id) => lineOf(begins(id) + 1002, id)).sort(), waits);
    expect([found.begun, [...found.ended].sort((a, b) => a - b), found.said]).toEqual([[], ids, 'end']);
  });

  it('tell nothing where clocks may be apart by a time in service, or answers come at once', async () => {
    for (const late of [-400, 500]) {
      const apart = ids.map((id) => lineOf(begins(id) + 700 + late, id)).sort();
      expect(await told(apart, waits)).toMatchObject({ begun: [], ended: [] });
    }
    expect(await told(lines, () => 40)).toMatchObject({ begun: [], ended: [] });
  });

  it('are no begins where they keep a time of their own', async () => {
    const beats = ids.map((id) => line(START + 500 * id, `4711 INFO stats beat id=${id}`));
    expect((await told(beats)).begun).toEqual([]);
    expect((await told([...lines, ...beats])).begun).toEqual(ids);
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
