import { describe, expect, it } from 'vitest';
import { analyseRun } from '../../../src/analyse/analyse.js';
import type { SocketSnapshot } from '../../../src/model/snapshot.js';
import type { Timeline } from '../../../src/model/timeline.js';
import { queueLook as look, PORT } from '../../support/looks.js';
import type { TestSample } from '../../support/samples.js';
import { handled, timelineOf } from '../../support/timeline.js';

const times = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));

const backlogOf = (timeline: Timeline, sockets: readonly SocketSnapshot[]) =>
  analyseRun({ ...timeline, port: { value: PORT, from: 'option' }, sockets }).findings.backlog;

/** Four workers, `n` requests sent at once, each of `ms`; when a client was connected is not recorded. */
function crowd(n: number, ms: number): Timeline {
  const done = (i: number) => ms * ((i >> 2) + 1);
  const sent = times(n, (i): TestSample => ({ id: i, start: i, elapsed: done(i) - i }));
  return timelineOf(
    sent,
    handled(times(n, (i) => ({ id: i, from: done(i) - ms + i + 1, to: done(i), worker: `w${i % 4}` }))),
  );
}

describe('clients that are turned away', () => {
  /** Four workers, each busy for a second; six more are told so after some ms. */
  const busy = (ms: number) => {
    const sent = times(10, (i): TestSample => {
      return i < 4
        ? { id: i, start: i, elapsed: 1000, connect: 1 }
        : { id: i, start: 100 + i, elapsed: ms, connect: 1, outcome: 'http-503' };
    });
    const list = times(4, (i) => ({ id: i, from: i + 1, to: i + 1000, worker: `w${i}` }));
    return backlogOf(timelineOf(sent, handled(list)), [look(500, { established: 4 })]);
  };

  it('did not wait if they were so at once, though the machine took a moment for it', () => {
    expect(busy(110)).toMatchObject({ value: 0 });
    expect(busy(400)).toMatchObject({ value: 6 });
  });
});

//   sent     |||||||||||||||||||||||||
//   begun    ████████████ … ████████████      Recv-Q 0 at every look: who waits is inside, if he was connected at all
describe('clients of whom nobody says when they were connected', () => {
  it('were, where the kernel’s queue has room for all of them', () => {
    const looks = (limit: number) => times(10, (i) => look(500 + 500 * i, { limit }));
    expect(backlogOf(crowd(24, 1000), looks(511))).toMatchObject({ bound: 'at-least', value: 20, where: 'server' });
    expect(backlogOf(crowd(24, 1000), looks(8))).not.toMatchObject({ where: 'server' });
  });

  it('were, where they are begun before a client would ask again', () => {
    const looks = [look(-5000, { established: 0 }), look(5000, { established: 0 })];
    const found = backlogOf(crowd(12, 400), looks);
    expect(found).toMatchObject({ bound: 'at-least', where: 'unknown' });
    expect(found.value).toBeGreaterThan(0);
  });

  it('may not have been, where no look was taken while they waited: not nobody, and not for sure', () => {
    const looks = [look(-3000, { established: 0 }), look(5900, { established: 4 })];
    const found = backlogOf(crowd(24, 1000), looks);
    expect(found).toMatchObject({ bound: 'estimate', where: 'unknown', range: { low: 0 } });
    expect(found.value).toBeGreaterThan(15);
  });
});

describe('more connected than were in service, with no client to tell whether they sent anything', () => {
  it('at one look only may have waited, or been idle', () => {
    const { samples: _, ...log } = crowd(24, 1000);
    const looks = [look(500, { established: 10 }), look(1500, { established: 4 })];
    expect(backlogOf(log, looks)).toMatchObject({ bound: 'estimate', value: 6, range: { low: 0, high: 12 } });
  });
});

describe('whom clients left, with no client to tell whether they wait on', () => {
  const { samples: _, ...log } = crowd(24, 1000);
  const looks = (left: number) => times(4, (i) => look(1500 + 500 * i, { queued: 8, established: 8, left }));

  it('leave it open whether some wait inside, beside those who wait to be accepted', () => {
    expect(backlogOf(log, looks(0))).toMatchObject({ value: 8, where: 'kernel' });
    expect(backlogOf(log, looks(20))).toMatchObject({ value: 8, where: 'unknown', kernel: 8 });
  });
});

describe('a log of ends alone that breaks off, without a client', () => {
  it('does not tell of those who are connected then whether they waited', () => {
    // One of twenty was ended before the server died.
    const one = [{ at: 3000, kind: 'span' as const, id: 0, duration: 2900 }];
    const looks = times(6, (i) => look(500 * i + 400, { established: Math.min(20, 5 * i + 5) }));
    expect(backlogOf(timelineOf(undefined, one), looks).bound).toBe('unknown');
  });
});

describe('a queue that was much longer between two looks than in the only one that saw it', () => {
  it('has no known place where looks are far apart', () => {
    const sent = crowd(24, 1000);
    const before = look(-30_000, { established: 0, limit: 511 });
    const seen = (at: number, established: number) => backlogOf(sent, [before, look(at, { established, limit: 511 })]);
    expect(seen(500, 24)).toMatchObject({ value: 20, where: 'server' });
    expect(seen(2500, 16)).toMatchObject({ value: 20, where: 'unknown' });
  });
});

describe('looks stamped in whole seconds', () => {
  it('may be a second older than what they show', () => {
    // A crowd grows by ten a second and nobody waits; what a look shows was there 0.9 s after its stamp.
    const sent = times(100, (i): TestSample => ({ id: i, start: 100 * i, elapsed: 20_000, connect: 1 }));
    const log = timelineOf(sent, handled(times(100, (i) => ({ id: i, from: 100 * i + 1, to: 100 * i + 19_999 }))));
    const looks = (fraction: (i: number) => number) =>
      times(8, (i) => look(1000 * i + fraction(i), { established: 10 * i + 10, limit: 511 }));
    expect(
      backlogOf(
        log,
        looks(() => 0),
      ).value,
    ).toBe(0);
    const busy = times(20, (i): TestSample => ({ id: i, start: i, elapsed: 1000 * (i + 1), connect: 1 }));
    const one = handled(times(20, (i) => ({ id: i, from: 1000 * i + 1, to: 1000 * (i + 1), worker: 'w' })));
    const waiting = times(8, (i) => look(1000 * i, { established: i === 0 ? 0 : 20 - i, limit: 511 }));
    expect(backlogOf(timelineOf(busy, one), waiting).value).toBeGreaterThanOrEqual(18);
  });
});

describe('a client’s record that was cut off', () => {
  it('does not bound those who waited: the log knows of more', () => {
    const sent = times(25, (i): TestSample => ({ id: i, start: i, elapsed: 1000 * ((i >> 2) + 1) - i }));
    const begun = times(40, (i) => ({
      id: i,
      from: 1000 * (i >> 2) + i + 1,
      to: 1000 * ((i >> 2) + 1),
      worker: `w${i % 4}`,
    }));
    const found = backlogOf(timelineOf(sent, handled(begun)), []);
    expect(found.bound).toBe('estimate');
    expect(found.range!.high).toBeGreaterThanOrEqual(36);
  });
});

//   sent, not begun   20 16 12  8  4        the rest had no connection yet
//   in the kernel      9  9  9  8  4
describe('a kernel’s queue that is full, where no look lists connections', () => {
  const at = (i: number) => 500 + 1000 * i;
  const found = (queued: readonly number[]) =>
    backlogOf(
      crowd(24, 1000),
      queued.map((n, i) => look(at(i), { limit: 8, queued: n })),
    );

  it('is all there is, if as many are left as it holds while it empties', () => {
    expect(found([9, 9, 9, 8, 4, 0])).toMatchObject({ bound: 'exact', value: 9, where: 'kernel' });
  });

  it('may stand beside others inside, if more are left', () => {
    expect(found([9, 9, 4, 0, 0, 0])).not.toMatchObject({ where: 'kernel' });
  });
});

describe('where those stand who waited between two looks', () => {
  /** One worker; whoever is sent has its connection after `connect` ms. */
  const run = (connect: (i: number) => number) =>
    timelineOf(
      times(30, (i): TestSample => ({ id: i, start: 10 * i, elapsed: 1000 * (i + 1) - 10 * i, connect: connect(i) })),
      handled(times(30, (i) => ({ id: i, from: 1000 * i + 1, to: 1000 * (i + 1), worker: 'w' }))),
    );
  const looks = (n: number) => times(6, (i) => look(1100 + 1000 * i, { established: n - i, limit: 10 }));

  it('is the kernel’s queue as well where clients had to ask again for their connection', () => {
    expect(
      backlogOf(
        run((i) => (i > 25 ? 1000 : 1)),
        looks(25),
      ),
    ).toMatchObject({ where: 'both' });
    expect(
      backlogOf(
        run(() => 1),
        looks(25),
      ),
    ).toMatchObject({ where: 'server' });
  });

  it('is not told by one or two more connected than were in service', () => {
    const three = timelineOf(
      times(5, (i): TestSample => ({ id: i, start: 2000 + i, elapsed: 1000 * (i + 1) - i, connect: 1 })),
      handled(times(5, (i) => ({ id: i, from: 2001 + 1000 * i, to: 3000 + 1000 * i, worker: 'w' }))),
    );
    const found = backlogOf(three, [look(4100, { established: 3 }), look(5100, { established: 2 })]);
    expect(found).toMatchObject({ where: 'unknown' });
    expect(found.value).toBeGreaterThanOrEqual(3);
  });
});

describe('a queue that one look shows', () => {
  const sent = times(
    22,
    (i): TestSample => ({ id: i, start: 1000 + i, elapsed: 200 * ((i >> 3) + 1) - i, connect: 1 }),
  );
  const log = (stepMs: number) =>
    handled(
      times(22, (i) => ({ id: i, from: 1001 + 200 * (i >> 3), to: 1200 + 200 * (i >> 3), worker: `w${i % 8}` })),
    ).map((line) => ({ ...line, at: stepMs * Math.floor(line.at / stepMs), resolution: stepMs }));
  const looks = [look(500, { limit: 511 }), look(1030, { limit: 511, queued: 14 }), look(1530, { limit: 511 })];

  it('is told where the log’s clock is too coarse to show a wait', () => {
    expect(backlogOf(timelineOf(sent, log(1000)), looks)).toMatchObject({ bound: 'at-least', kernel: 14 });
  });
});

//   connected  ██████████ at once, the rest after 1 and 3 s        no look tells how many of these the kernel had room for
describe('clients that had to ask again for their connection', () => {
  it('took themselves for connected, perhaps: without a look they are no lower bound', () => {
    const { samples, served } = crowd(40, 1000);
    const list = (connectOf: (i: number) => number) =>
      times(40, (i): TestSample => ({ id: i, start: i, elapsed: samples!.elapsed[i]!, connect: connectOf(i) }));
    const log = handled(
      times(40, (i) => ({ id: i, from: served!.begin[i]!, to: served!.end[i]!, worker: `w${i % 4}` })),
    );
    const again = (i: number) => (i < 16 ? 1 : i < 28 ? 1001 : 3003);
    expect(backlogOf(timelineOf(list(again), log), [])).toMatchObject({ bound: 'estimate', range: { low: 0 } });
    expect(
      backlogOf(
        timelineOf(
          list(() => 1),
          log,
        ),
        [],
      ),
    ).toMatchObject({ bound: 'at-least', value: 36 });
  });
});
