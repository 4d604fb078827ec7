import { describe, expect, it } from 'vitest';
import { analyseRun } from '../../../src/analyse/analyse.js';
import { outageOf } from '../../../src/analyse/service/outage/outage.js';
import type { Timeline } from '../../../src/model/timeline.js';
import type { TestSample } from '../../support/samples.js';
import { handled, timelineOf } from '../../support/timeline.js';

const times = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));

/**
 * Ten in service; whoever comes after is refused at once. At 8000 the server dies.
 *
 *     in service   |────────────────────────────┐ reset
 *     refused            x  x  x  x  x  x  x  x │ x  x  x
 */
const fullThenDead: readonly TestSample[] = [
  ...times(10, (i) => ({ id: i, start: 100 * i, elapsed: 8000 - 100 * i, outcome: 'reset' as const })),
  ...times(40, (i) => ({ id: 10 + i, start: 1000 + 200 * i, elapsed: 1, outcome: 'refused' as const })),
  ...times(5, (i) => ({ id: 50 + i, start: 9000 + 200 * i, elapsed: 1, outcome: 'refused' as const })),
];
const begunOnly = times(10, (i) => ({ at: 100 * i + 5, kind: 'begin' as const, id: i, worker: `Thread-${i}` }));

describe('the death of a server', () => {
  it('is when all connections are cut, whatever a full server refused before', () => {
    const timeline = timelineOf(fullThenDead, begunOnly);
    expect(outageOf(timeline)?.at).toBe(8000);
    const { overload } = analyseRun(timeline).findings;
    // Refused within the last moments before the death may be the death's; the others were turned away by the limit.
    expect(overload.outcome).toBe('refused');
  });

  it('is no more than the last cut: whoever was reset as he came, while others went on, was turned away', () => {
    const reset = fullThenDead.map((one) =>
      one.outcome === 'refused' && one.start < 8000 ? { ...one, outcome: 'reset' as const } : one,
    );
    const timeline = timelineOf(reset, begunOnly);
    expect(outageOf(timeline)?.at).toBe(8000);
    expect(analyseRun(timeline).findings.overload.outcome).toBe('reset');
  });

  it('is not before it answers: a full server says so', () => {
    const sent = fullThenDead.map((one) =>
      one.id! % 2 === 1 && one.outcome === 'refused' && one.start < 8000
        ? { ...one, outcome: 'http-503' as const }
        : one,
    );
    expect(outageOf(timelineOf(sent, begunOnly))?.at).toBe(8000);
  });

  it('is dated by the end of a connection attempt: it was refused when it was tried again', () => {
    const sent: TestSample[] = [
      ...times(5, (i) => ({ id: i, start: 100 * i, elapsed: 5000 })),
      ...times(5, (i) => ({ id: 10 + i, start: 1000 + 100 * i, elapsed: 6200 - 100 * i, outcome: 'refused' as const })),
    ];
    const log = handled(times(5, (i) => ({ id: i, from: 100 * i + 2, to: 4990 + 100 * i })));
    expect(outageOf(timelineOf(sent, log))?.at).toBe(7200);
  });

  it('shows where it had nothing to do and refused the last who came, one after the other', () => {
    const served = times(5, (i): TestSample => ({ id: i, start: 3000 * i, elapsed: 1000 }));
    const log = handled(times(5, (i) => ({ id: i, from: 3000 * i + 2, to: 3000 * i + 990 })));
    const last = (apart: number): TestSample[] =>
      times(2, (i) => ({ id: 5 + i, start: 18_000 + apart * i, elapsed: 10, outcome: 'refused' as const }));
    expect(analyseRun(timelineOf([...served, ...last(3000)], log)).findings.overload.outcome).toBe('outage');
    expect(outageOf(timelineOf([...served, ...last(5)], log))).toBeUndefined();
  });

  it('explains late answers before it, where no limit shows', () => {
    const sent: TestSample[] = [
      ...times(8, (i) => ({ id: i, start: 500 * i, elapsed: 3000, outcome: 'read-timeout' as const })),
      ...times(6, (i) => ({ id: 8 + i, start: 4000 + 500 * i, elapsed: 4000 - 500 * i, outcome: 'reset' as const })),
      ...times(6, (i) => ({ id: 20 + i, start: 8100 + 500 * i, elapsed: 1, outcome: 'refused' as const })),
    ];
    expect(analyseRun(timelineOf(sent, undefined)).findings.overload).toMatchObject({
      outcome: 'outage',
      bound: 'estimate',
    });
  });

  it('does not explain them where looks show a queue before it', () => {
    const sent: TestSample[] = [
      ...times(8, (i) => ({ id: i, start: 200 * i, elapsed: 3000, outcome: 'read-timeout' as const })),
      ...times(6, (i) => ({ id: 8 + i, start: 3000 + 200 * i, elapsed: 1500 - 200 * i, outcome: 'reset' as const })),
      ...times(6, (i) => ({ id: 20 + i, start: 4600 + 200 * i, elapsed: 1, outcome: 'refused' as const })),
    ];
    const looks = looksUntil(4500);
    const sockets = looks.sockets.map((look) => ({
      ...look,
      listeners: look.listeners.map((one) => ({ ...one, queued: 5, limit: 128 })),
    }));
    const { overload } = analyseRun({ ...timelineOf(sent, undefined), ...looks, sockets }).findings;
    expect(overload).toMatchObject({ outcome: 'read-timeout', requests: 8 });
  });

  it('explains the errors before it as well, where no log tells of a limit', () => {
    const sent: readonly TestSample[] = [
      ...times(8, (i) => ({ id: i, start: 500 * i, elapsed: 1000 })),
      ...times(3, (i) => ({ id: 8 + i, start: 500 * i, elapsed: 900, outcome: 'server-error' as const })),
      ...times(6, (i) => ({ id: 12 + i, start: 4000 + 500 * i, elapsed: 4000 - 500 * i, outcome: 'reset' as const })),
      ...times(6, (i) => ({ id: 20 + i, start: 8100 + 500 * i, elapsed: 1, outcome: 'refused' as const })),
    ];
    expect(analyseRun(timelineOf(sent, undefined)).findings.overload.outcome).toBe('outage');
  });

  it('is told by cuts alone where those who waited to be accepted are cut with the others', () => {
    // in service ▐██████▌ ▐██████▌ ▐███┐
    // waiting       ───────────────────┤ all reset, and nobody comes any more
    const served = times(4, (i) => ({ id: i, start: 100 * i, elapsed: 2000 * (i + 1) - 100 * i }));
    const cut = times(12, (i) => ({
      id: 4 + i,
      start: 400 + 100 * i,
      elapsed: 8600 - 100 * i,
      outcome: 'reset' as const,
    }));
    const log = handled(times(5, (i) => ({ id: i, from: 2000 * i + 5, to: 2000 * (i + 1) - 2 }))).filter(
      ({ id, kind }) => id !== 4 || kind === 'begin',
    );
    const { overload } = analyseRun(timelineOf([...served, ...cut], log)).findings;
    expect(overload).toMatchObject({ outcome: 'outage', bound: 'estimate', confidence: 'medium' });
    // A server that answers again later had cut them at its limit, or lost a worker.
    const after = times(4, (i) => ({ id: 40 + i, start: 9500 + 10 * i, elapsed: 300 }));
    const more = handled(after.map(({ id, start }) => ({ id, from: start + 2, to: start + 298 })));
    const again = analyseRun(timelineOf([...served, ...cut, ...after], [...log, ...more])).findings.overload;
    expect(again.outcome).not.toBe('outage');
  });

  it('is told without a log where a look shows who waits to be accepted, if they are cut with those in service', () => {
    // ESTABLISHED 60, of which Recv-Q 50: ten can be one worker's
    const served = times(20, (i) => ({ id: i, start: 100 * i, elapsed: 1000 }));
    const cut = times(60, (i) => ({ id: 30 + i, start: 50 * i, elapsed: 8000 - 50 * i, outcome: 'reset' as const }));
    const timeline = timelineOf([...served, ...cut], undefined);
    const looked = (queued: number) => {
      const listeners = [{ port: 8080, queued, backlog: 128, line: 1 }];
      const connections = [{ port: 8080, side: 'server', state: 'ESTABLISHED', owner: 'unknown', count: 60, line: 2 }];
      const shows = { connections: true, listeners: true, owners: false };
      const look = { source: 0, line: 1, time: 5000, command: 'ss', shows, listeners, connections };
      return outageOf({ ...timeline, sockets: [look] as never, port: { value: 8080, from: 'option' } });
    };
    expect(looked(50)).toMatchObject({ at: 8000, byCuts: true });
    // Who is accepted at once may all be the worker's that died.
    expect(looked(0)).toBeUndefined();
  });

  it('is none where a server cuts whoever comes while it is full, and answers the others', () => {
    // in service ▐████▌ answered     the others ▐x ▐x ▐x cut at once
    const list: readonly TestSample[] = [
      ...times(20, (i) => ({ id: i, start: 4 * i, elapsed: 346 })),
      ...times(30, (i) => ({ id: 20 + i, start: 100 + 4 * i, elapsed: 2, outcome: 'reset' as const })),
    ];
    const log = handled(times(20, (i) => ({ id: i, from: 4 * i + 1, to: 4 * i + 345 })));
    expect(outageOf(timelineOf(list, log))).toBeUndefined();
  });

  it('is told by few cuts where they are of several processes, or where nobody listens any more', () => {
    const served = times(8, (i) => ({ id: i, start: 100 * i, elapsed: 2000 }));
    const cut = times(4, (i) => ({ id: 8 + i, start: 3000 + i, elapsed: 1500 - i, outcome: 'reset' as const }));
    const log = [
      ...handled(served.map(({ id, start }) => ({ id, from: start + 2, to: start + 1998, worker: `w${id}` }))),
      ...cut.map(({ id, start }) => ({ at: start + 2, kind: 'begin' as const, id, worker: `w${id}` })),
    ];
    const one = timelineOf([...served, ...cut], log);
    expect(outageOf(one)).toBeUndefined();
    const workers = one.served!.workers.map((worker, pid) => ({ ...worker, pid }));
    expect(outageOf({ ...one, served: { ...one.served!, workers } })?.at).toBe(4500);
    expect(outageOf({ ...one, ...looksUntil(4500) })?.evidence?.kind).toBe('listener-gone');
  });
});

describe('a server that is started anew', () => {
  // in service ▐█████┐                    ▐███▌ answered
  // waiting     ─────┤ all reset     listens again
  const served = times(5, (i) => ({ id: i, start: 100 * i, elapsed: 2000 }));
  const cut = times(8, (i) => ({
    id: 5 + i,
    start: 500 + 300 * i,
    elapsed: 4000 - 300 * i,
    outcome: 'reset' as const,
  }));
  const after = times(4, (i) => ({ id: 40 + i, start: 60_000 + 500 * i, elapsed: 300 }));
  const log = [
    ...handled(
      [...served, ...after].map(({ id, start, elapsed }) => ({ id, from: start + 2, to: start + elapsed - 2 })),
    ),
    { at: 2001, kind: 'begin' as const, id: 5, worker: 'w' },
  ].sort((x, y) => x.at - y.at);
  const timeline = timelineOf([...served, ...cut, ...after], log);

  it('was dead until then, if looks show it or the log says so', () => {
    const looks = looksUntil(4500, 20_000);
    expect(outageOf({ ...timeline, ...looks })).toMatchObject({ at: 4500, evidence: { kind: 'listener-gone' } });
    expect(outageOf({ ...timeline, ...looks })!.until).toBeLessThan(60_000);
    const start = { source: 0, line: 9, time: 20_000, notice: { kind: 'server' as const, name: 'gunicorn' } };
    expect(outageOf({ ...timeline, notices: [start] })).toMatchObject({ evidence: { kind: 'server-start' } });
    expect(analyseRun({ ...timeline, notices: [start] }).findings.overload).toMatchObject({
      outcome: 'outage',
      confidence: 'high',
    });
  });

  it('is not told by cuts alone, which then are no sure sign of a limit either', () => {
    expect(outageOf(timeline)).toBeUndefined();
    expect(analyseRun(timeline).findings.overload.confidence).not.toBe('high');
  });

  it('refused in between, whenever it listened again', () => {
    const refused = times(6, (i) => ({ id: 20 + i, start: 4600 + 500 * i, elapsed: 1, outcome: 'refused' as const }));
    const one = timelineOf([...served, ...refused, ...after], log);
    expect(outageOf({ ...one, ...looksUntil(4500, 20_000) })).toMatchObject({ refused: 6, until: 20_010 });
  });
});

it('cuts of requests that were sent at once and ended at once may be their time limit', () => {
  const served = times(5, (i) => ({ id: i, start: 100 * i, elapsed: 2000 }));
  const cut = times(30, (i) => ({ id: 5 + i, start: 500 + 10 * i, elapsed: 30_000, outcome: 'reset' as const }));
  const log = handled(served.map(({ id, start }) => ({ id, from: start + 2, to: start + 1998 })));
  expect(outageOf(timelineOf([...served, ...cut], log))).toBeUndefined();
});

/** Looks each half a second of a command that does not say whether it lists listeners; the port is listened on until a time, and again from another on. */
function looksUntil(until: number, again = Number.POSITIVE_INFINITY): Pick<Timeline, 'sockets' | 'port'> {
  const listens = (t: number) => t < until || t >= again;
  const sockets = times(Number.isFinite(again) ? 60 : 12, (i) => ({
    source: 1,
    line: i + 1,
    time: 500 * i + 10,
    command: 'ss',
    shows: { connections: true, listeners: listens(500 * i), owners: false },
    listeners: listens(500 * i) ? [{ port: 8080, queued: 0, line: i + 1 }] : [],
    connections: [],
  }));
  return { sockets: sockets as unknown as Timeline['sockets'], port: { value: 8080, from: 'option' } };
}

describe('refusals', () => {
  it('are the limit’s where the server listens on, though it dies later and the log shows no limit', () => {
    const list: readonly TestSample[] = [
      ...times(10, (i) => ({ id: i, start: 100 * i, elapsed: 4500 - 100 * i, outcome: 'reset' as const })),
      ...times(10, (i) => ({ id: 10 + i, start: 3000 + 100 * i, elapsed: 1, outcome: 'refused' as const })),
      ...times(20, (i) => ({ id: 20 + i, start: 4600 + 100 * i, elapsed: 1, outcome: 'refused' as const })),
    ];
    const log = times(4, (i) => ({ at: 200 * i + 5, kind: 'begin' as const, id: 2 * i, worker: `w${i}` }));
    const timeline = { ...timelineOf(list, log), ...looksUntil(4500) };
    expect(analyseRun(timeline).findings.overload).toMatchObject({ outcome: 'refused', requests: 10 });
  });
});

describe('requests that are turned away at once', () => {
  // in flight but for them   4 ┌──────────────
  //                            │ xxxxxx
  const kept = times(12, (i) => ({ id: i, start: 8000 * Math.floor(i / 4) + i, elapsed: 7990 }));
  const away = times(20, (i) => ({ id: 20 + i, start: 100 + 20 * i, elapsed: 2, outcome: 'reset' as const }));
  const log = handled(kept.map(({ id, start, elapsed }) => ({ id, from: start + 1, to: start + elapsed - 1 })));

  it('while as many are under way as ever are the limit’s, though the log lost the lines that show it', () => {
    // Of the first four, one line is left.
    const lost = log.filter(({ id, kind }) => id! > 3 || (id === 3 && kind === 'end'));
    const { overload } = analyseRun(timelineOf([...kept, ...away], lost)).findings;
    expect(overload).toMatchObject({ outcome: 'reset', requests: 20 });
  });
});

it('connections beyond those in service are no queue where each request was begun when it was sent', () => {
  const sent = times(30, (i) => ({ id: i, start: 300 * i, elapsed: 2000 }));
  const log = handled(sent.map(({ id, start }) => ({ id, from: start + 1, to: start + 1200 })));
  const looks = looksUntil(20_000);
  const sockets = looks.sockets.map((look) => ({
    ...look,
    connections: [{ port: 8080, side: 'server', state: 'ESTABLISHED', owner: 'none', count: 12, line: 1 }],
  })) as unknown as Timeline['sockets'];
  const { overload } = analyseRun({ ...timelineOf(sent, log), ...looks, sockets }).findings;
  expect(overload.outcome).toBe('none-observed');
});

describe('without a log', () => {
  it('many that are cut in one moment died with a worker, where others waited and were served on', () => {
    // Two workers' queues of ten each; one of them dies at 9000 with those that it holds.
    const served = times(60, (i) => ({ id: i, start: 200 * i, elapsed: 1000 + 150 * i }));
    const cut = times(8, (i) => ({
      id: 100 + i,
      start: 6000 + 300 * i,
      elapsed: 3000 - 300 * i,
      outcome: 'reset' as const,
    }));
    const { overload } = analyseRun(timelineOf([...served, ...cut], undefined)).findings;
    expect(overload).toMatchObject({ outcome: 'queued', bound: 'estimate' });
  });

  it('those who have waited for longer than any answer took when the test is stopped waited in a queue', () => {
    const served = times(10, (i) => ({ id: i, start: 100 * i, elapsed: 3000 }));
    const open = times(20, (i) => ({
      id: 10 + i,
      start: 1000 + 100 * i,
      elapsed: 5000 - 100 * i,
      outcome: 'abandoned' as const,
    }));
    const { overload } = analyseRun(timelineOf([...served, ...open], undefined)).findings;
    expect(overload).toMatchObject({ outcome: 'queued', bound: 'estimate' });
    const short = open.map((one) => ({ ...one, elapsed: one.elapsed / 2 }));
    expect(analyseRun(timelineOf([...served, ...short], undefined)).findings.overload.outcome).not.toBe('queued');
  });
});

describe('requests in service that are cut', () => {
  // a ▐████▌ answered   b ▐████┐ cut, and nothing shows afterwards   c         ▐███▌
  const sent: readonly TestSample[] = [
    ...times(8, (i) => ({ id: i, start: 100 * i, elapsed: 1000 })),
    { id: 8, start: 900, elapsed: 3000, outcome: 'reset' },
  ];
  const log = handled(times(9, (i) => ({ id: i, from: 100 * i + 2, to: 100 * i + 998 }))).filter(
    ({ id, kind }) => id !== 8 || kind === 'begin',
  );
  const caveats = (list: readonly TestSample[], lines: typeof log, more: Partial<Timeline> = {}) => {
    const { overload } = analyseRun({ ...timelineOf(list, lines), ...more }).findings;
    return [overload.confidence, ...overload.caveats.map(({ id }) => id)];
  };

  it('at the very last leave open whether a worker died or the server', () => {
    expect(caveats(sent, log)).toEqual(['medium', 'overload.caveat.cutAtLast']);
  });

  it('died with a worker where the server serves on, or the log says so', () => {
    const later: TestSample = { id: 20, start: 6000, elapsed: 1000 };
    const more = [...log, ...handled([{ id: 20, from: 6002, to: 6998 }])];
    expect(caveats([...sent, later], more)).toContain('overload.caveat.workerDied');
    const exit = { source: 0, line: 9, time: 3900, notice: { kind: 'worker-exit' as const, cause: 'killed' as const } };
    expect(caveats(sent, log, { notices: [exit] })).toContain('overload.caveat.workerDied');
  });
});

//   log      ▐████▌ ▐████▌             an access log: of ends alone
//   sent      ▐████▌     ▐███ x        x  cut
describe('requests that a dying server never ended, beside a log of ends alone', () => {
  it('may have been in service, all of them', () => {
    const served = times(10, (i): TestSample => ({ id: i, start: 100 * i, elapsed: 3000 }));
    const cut = times(20, (i): TestSample => ({ id: 10 + i, start: 1000 + i, elapsed: 6000 - i, outcome: 'reset' }));
    const refused = times(5, (i): TestSample => ({ id: 30 + i, start: 7500 + i, elapsed: 1, outcome: 'refused' }));
    const log = served.map(({ id, start }) => ({
      at: 1000 * Math.floor((start + 2990) / 1000),
      kind: 'span' as const,
      id: id!,
      duration: 2980,
      resolution: 1000,
    }));
    const { maxConcurrency } = analyseRun(timelineOf([...served, ...cut, ...refused], log)).findings;
    expect(maxConcurrency.bound).toBe('at-least');
    expect(maxConcurrency.range!.high).toBeGreaterThanOrEqual(30);
  });
});
