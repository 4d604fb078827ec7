import { describe, expect, it } from 'vitest';
import { analyseRun } from '../../../../src/analyse/analyse.js';
import { handled, timelineOf } from '../../../support/timeline.js';

/** Clients that each wait for their answer, at a server with room for so many; its log is stamped in whole seconds. */
function wholeSeconds(clients: number, limit: number, requests: number) {
  const free = new Array<number>(limit).fill(0);
  const ready = Array.from({ length: clients }, (_, i) => 30 * i);
  const sent = [];
  const served = [];
  for (let id = 0; id < requests; id++) {
    const client = ready.indexOf(Math.min(...ready));
    const worker = free.indexOf(Math.min(...free));
    const start = ready[client]!;
    const begin = Math.max(start, free[worker]!);
    const end = begin + 500 + ((id * 367) % 301);
    free[worker] = end;
    ready[client] = end + 2;
    const stamp = (ms: number) => 1000 * Math.floor(ms / 1000);
    sent.push({ id, start, elapsed: end - start });
    served.push({ id, from: stamp(begin), to: stamp(end), worker: `w-${worker}` });
  }
  const timeline = timelineOf(sent, handled(served));
  return {
    ...timeline,
    served: { ...timeline.served!, resolutionMs: 1000 },
    clock: { ...timeline.clock, uncertaintyMs: 500 },
  };
}

describe('a log whose clock steps by what requests wait', () => {
  it('does not hide a queue that the client shows', () => {
    const { overload } = analyseRun(wholeSeconds(7, 3, 90)).findings;
    expect(overload).toMatchObject({ outcome: 'queued', bound: 'estimate' });
  });

  it('is no reason to see one', () => {
    expect(analyseRun(wholeSeconds(5, 5, 90)).findings.overload.outcome).toBe('none-observed');
  });
});

//   client  ▐███▌▐█▌▐███████▌▐██▌      log  ▐███▌▐█▌▐███████▌  ┆      as different in service as under way
describe('a log that covers a part of the run', () => {
  const run = (took: (id: number) => number, waits: (id: number) => number) => {
    const sent = Array.from({ length: 90 }, (_, id) => ({ id, start: 100 * id, elapsed: waits(id) + took(id) + 4 }));
    const log = sent
      .slice(0, 40)
      .map(({ id, start }) => ({ id, from: start + waits(id) + 2, to: start + waits(id) + took(id) }));
    return analyseRun(timelineOf(sent, handled(log))).findings.overload;
  };
  /** Requests that came into a crowd are more work. */
  const more = (id: number) => 300 + 20 * (id < 45 ? id : 90 - id);
  const nobody = () => 0;

  it('shows that no turns make the times differ', () => {
    expect(run(more, nobody).outcome).not.toBe('queued');
  });

  it('leaves open whether others waited where it is silent, if times differ in any case', () => {
    expect(run(more, (id) => (id < 40 ? 0 : 100 * Math.min(id - 40, 20))).outcome).toBe('unknown');
  });

  it('does not hide those who waited there where it shows requests to be of one length', () => {
    expect(
      run(
        () => 300,
        (id) => (id < 40 ? 0 : 50 * Math.min(id - 40, 20)),
      ).outcome,
    ).toBe('queued');
  });

  it('does not say that nobody waited where clients, all alike, waited for far longer than the log’s durations', () => {
    const outcomeOf = (waitedMs: number) => {
      const ids = Array.from({ length: 60 }, (_, id) => id);
      const start = (id: number) => 100 * id;
      const sent = ids.map((id) => ({ id, start: start(id), elapsed: 200 + waitedMs + (id % 3) }));
      const log = ids.map((id) => {
        const end = start(id) + 200 + waitedMs;
        return { kind: 'span' as const, id, at: 1000 * Math.floor(end / 1000), duration: 200, resolution: 1000 };
      });
      const timeline = timelineOf(sent, log);
      return analyseRun({ ...timeline, served: { ...timeline.served!, resolutionMs: 1000 } }).findings.overload.outcome;
    };
    expect(outcomeOf(400)).toBe('unknown');
    expect(outcomeOf(10)).toBe('none-observed');
  });
});
