import { describe, expect, it } from 'vitest';
import { reuse } from '../../../../src/analyse/inferences/reuse/reuse.js';
import { viewOf } from '../../../../src/analyse/view.js';
import type { Timeline } from '../../../../src/model/timeline.js';
import type { TestSample } from '../../../support/samples.js';
import { handled, timelineOf } from '../../../support/timeline.js';

/** Three threads of process 1 in twelve turns; the log ends after the sixth. */
const list = Array.from({ length: 36 }, (_, i) => {
  const from = 1000 * Math.floor(i / 3) + (i % 3);
  return { id: i + 1, from, to: from + 900, worker: `pool-1-thread-${(i % 3) + 1}` };
});
const sent = list.map(({ id, from }): TestSample => ({ id, start: from - 2, elapsed: 905, outcome: 'succeeded' }));
const look = (time: number, pid: number) => ({
  source: 0,
  line: 1,
  time,
  command: 'ss',
  shows: { connections: false, listeners: true, owners: true },
  connections: [],
  listeners: [{ address: '*', port: 8080, pids: [pid], line: 2 }],
});
const reuseOf = (...looks: readonly unknown[]) => {
  const timeline = timelineOf(sent, handled(list.slice(0, 18)));
  const run = { ...timeline, port: { value: 8080 }, sockets: looks } as unknown as Timeline;
  return reuse.infer({ found: {}, view: viewOf(run) } as never);
};

describe('a log that tells of a part of the run', () => {
  it('does not say whether workers were replaced in the rest', () => {
    expect(reuseOf()).toMatchObject({ pattern: 'reused', confidence: 'medium' });
  });

  it('stands for all of it where its process is seen from the first answer to the last', () => {
    expect(reuseOf(look(0, 1), look(8000, 1), look(13_000, 1))).toMatchObject({
      pattern: 'reused',
      confidence: 'high',
    });
    expect(reuseOf(look(0, 1), look(8000, 1))).toMatchObject({ confidence: 'medium' });
    expect(reuseOf(look(0, 1), look(8000, 2), look(13_000, 2))).toMatchObject({ confidence: 'medium' });
  });

  it('says nothing where others hold the connections at the end', () => {
    const serving = (time: number, pid: number) => ({
      ...look(time, 7),
      connections: [{ port: 8080, side: 'server', state: 'ESTABLISHED', count: 1, pids: { [pid]: 1 }, line: 3 }],
    });
    expect(reuseOf(serving(0, 1), serving(8000, 1), serving(11_000, 1))).toMatchObject({ pattern: 'reused' });
    expect(reuseOf(serving(0, 1), serving(8000, 2), serving(11_000, 3))).toMatchObject({ pattern: 'unknown' });
    // … or held them at the begin.
    expect(reuseOf(serving(0, 3), serving(3000, 1), serving(11_000, 1))).toMatchObject({ pattern: 'unknown' });
  });

  it('does not tell of all threads of a process that lives on where their numbers leave gaps', () => {
    const gaps = list.slice(0, 18).map((one, i) => ({ ...one, worker: `pool-1-thread-${[1, 2, 5][i % 3]}` }));
    const timeline = timelineOf(sent, handled(gaps));
    const sockets = [look(0, 1), look(8000, 1), look(13_000, 1)];
    const run = { ...timeline, port: { value: 8080 }, sockets } as unknown as Timeline;
    expect(reuse.infer({ found: {}, view: viewOf(run) } as never)).toMatchObject({ confidence: 'medium' });
  });

  it('says nothing where the server says that it replaces workers for what they served', () => {
    const timeline = timelineOf(sent, handled(list.slice(0, 18)));
    const exit = { source: 0, line: 1, notice: { kind: 'worker-exit', pid: 1, cause: 'recycled' } } as const;
    expect(reuse.infer({ found: {}, view: viewOf({ ...timeline, notices: [exit] }) } as never)).toMatchObject({
      pattern: 'unknown',
    });
  });

  it('says nothing where in it new ones came when others were gone', () => {
    // Three at a time of names that count no slots; after the first turn of the log three others take their places.
    const named = list.slice(0, 18).map((one, i) => ({ ...one, worker: `fork-${100 + (i % 3) + (i < 3 ? 0 : 50)}` }));
    const timeline = { ...timelineOf(sent, handled(named)), port: { value: 8080 }, sockets: [] } as unknown as Timeline;
    expect(reuse.infer({ found: {}, view: viewOf(timeline) } as never)).toMatchObject({ pattern: 'unknown' });
  });
});

//   log      1 ▐███▌         4 ▐███▌        ┆          of nine
//            2  ▐███▌        5  ▐███▌       ┆
//            3   ▐███▌       6   ▐███▌      ┆
describe('workers of which each is seen once in a part of the run', () => {
  const onceEach = (turns: number, named: (i: number) => string) => {
    const seen = list.slice(0, 3 * turns).map((one, i) => ({ ...one, worker: named(i) }));
    return reuse.infer({ found: {}, view: viewOf(timelineOf(sent, handled(seen))) } as never);
  };

  it('are new ones, of whom there may be more, if their numbers go on counting', () => {
    const counted = onceEach(6, (i) => `Thread-${i + 1}`);
    expect(counted).toMatchObject({ pattern: 'per-request', bound: 'estimate', confidence: 'medium', workers: 18 });
    expect(onceEach(12, (i) => `Thread-${i + 1}`)).toMatchObject({ pattern: 'per-request', confidence: 'high' });
  });

  it('are more than the log names where it has no line of one who was answered', () => {
    const seen = list.map((one, i) => ({ ...one, worker: `Thread-${i + 1}` })).filter((_, i) => i !== 17);
    expect(reuse.infer({ found: {}, view: viewOf(timelineOf(sent, handled(seen))) } as never)).toMatchObject({
      pattern: 'per-request',
      bound: 'estimate',
      confidence: 'medium',
      workers: 35,
    });
  });

  it('may be those of a wide pool if their numbers do not count, or if few came', () => {
    expect(onceEach(6, (i) => `Thread-${((7 * i) % 19) + 1}`)).toMatchObject({ pattern: 'unknown' });
    const few = [...list.slice(0, 3), list[3]!].map((one, i) => ({ ...one, worker: `Thread-${i + 1}` }));
    expect(reuse.infer({ found: {}, view: viewOf(timelineOf(sent, handled(few))) } as never)).toMatchObject({
      pattern: 'unknown',
    });
  });
});
