import { describe, expect, it } from 'vitest';
import { reuse } from '../../../src/analyse/inferences/reuse/reuse.js';
import { viewOf } from '../../../src/analyse/view.js';
import type { Timeline } from '../../../src/model/timeline.js';
import { eventsOf, type TestEvent } from '../../support/events.js';
import { timelineOf } from '../../support/timeline.js';

/** A log that names the main thread and no process. */
function nameless(
  list: readonly { from: number; to: number; serial?: number }[],
  sockets: Timeline['sockets'] = [],
  started: readonly number[] = [],
  ended: readonly number[] = [],
  unit?: 'process',
) {
  const lines = list
    .flatMap(({ from, to, serial }, id): TestEvent[] => [
      { at: from, kind: 'begin', id, worker: 'MainThread', ...(serial === undefined ? {} : { serial }) },
      { at: to, kind: 'end', id, worker: 'MainThread' },
    ])
    .sort((a, b) => a.at - b.at);
  const timeline = timelineOf(undefined, lines);
  const workers = eventsOf(lines).workers.map(({ thread }) => ({ thread: thread!, identity: 'numbered' as const }));
  const run: Timeline = {
    ...timeline,
    served: { ...timeline.served!, workers },
    sockets,
    notices: [
      ...started.map((pid) => ({ source: 0, line: 1, notice: { kind: 'worker-start', pid } as const })),
      ...ended.map((pid) => ({ source: 0, line: 9, notice: { kind: 'worker-exit', pid, cause: 'stopped' } as const })),
      ...(unit ? [{ source: 0, line: 1, notice: { kind: 'worker-unit', unit } as const }] : []),
    ],
    port: { value: 8080, from: 'run-file' },
  };
  return reuse.infer({ found: {}, view: viewOf(run) } as never);
}
/** Three at once, again and again. */
const crowd = (serialOf?: (n: number) => number) =>
  Array.from({ length: 12 }, (_, n) => {
    const from = 1000 * Math.floor(n / 3) + 10 * (n % 3);
    return { from, to: from + 900, ...(serialOf ? { serial: serialOf(n) } : {}) };
  });
const held = (pids: Record<number, number>): Timeline['sockets'] => [
  {
    source: 0,
    line: 1,
    time: 500,
    command: 'ss',
    shows: { connections: true, listeners: true, owners: true },
    listeners: [],
    connections: [
      { port: 8080, side: 'server', state: 'ESTABLISHED', owner: 'some', withData: 0, count: 3, pids, line: 2 },
    ],
  },
];

describe('a log that names no process', () => {
  it('may be of one loop, and is not called certain', () => {
    const found = nameless(crowd());
    expect([found.pattern, found.bound, found.confidence]).toEqual(['event-loop', 'estimate', 'medium']);
  });

  it('is of one process where its own count goes on', () => {
    // #1 ▐███▌  #4 ▐███▌
    // #2  ▐███▌ #5  ▐███▌
    const found = nameless(crowd((n) => n + 1));
    expect([found.pattern, found.bound, found.confidence]).toEqual(['event-loop', 'exact', 'high']);
  });

  it('may be of as many as the server has started, if no more were in service at once', () => {
    expect(nameless(crowd(), [], [7, 8, 9]).pattern).toBe('unknown');
    expect(nameless(crowd(), [], [7, 8]).pattern).toBe('event-loop');
    // A log whose head was cut off tells of their ends only.
    expect(nameless(crowd(), [], [], [7, 8, 9]).pattern).toBe('unknown');
  });

  it('is of several where the server says that each serves one at a time', () => {
    expect(nameless(crowd(), [], [], [], 'process').pattern).toBe('unknown');
  });

  it('is of several where one number stands twice at once', () => {
    // #1 ▐███▌  #2 ▐███▌
    // #1  ▐███▌ #2  ▐███▌
    expect(nameless(crowd((n) => 1 + Math.floor(n / 3))).pattern).toBe('unknown');
  });

  it('is of a process per request where each is the first of its process', () => {
    const found = nameless(crowd(() => 1));
    expect([found.pattern, found.unit, found.workers]).toEqual(['per-request', 'process', 12]);
  });

  it('asks the sockets who holds the connections', () => {
    expect(nameless(crowd(), held({ 11: 1, 12: 1, 13: 1 })).pattern).toBe('unknown');
    expect(nameless(crowd(), held({ 11: 3 })).confidence).toBe('high');
  });

  it('is of no single worker where its own count begins anew', () => {
    // #1 ▐██▌    #2 ▐██▌    #3 ▐██▌
    //      #1 ▐██▌    #2 ▐██▌    #3 ▐██▌
    const turns = (serialOf: (n: number) => number) =>
      nameless(Array.from({ length: 12 }, (_, n) => ({ from: 1000 * n, to: 1000 * n + 900, serial: serialOf(n) })));
    expect(turns((n) => 1 + Math.floor(n / 2)).pattern).toBe('unknown');
    expect(turns((n) => n + 1)).toMatchObject({ pattern: 'single', bound: 'exact', confidence: 'high' });
  });
});
