import { describe, expect, it } from 'vitest';
import type { Alignment } from '../../../src/ingest/align.js';
import { snapshotClock } from '../../../src/ingest/merge/snapshot-clock.js';
import type { SocketSnapshot } from '../../../src/model/snapshot.js';
import { samplesOf } from '../../support/samples.js';

const PORT = 8080;
const HOUR_MS = 3_600_000;
const START = Date.UTC(2026, 2, 2, 11, 58, 45);

const looks = (ahead: number, counts: readonly number[]): SocketSnapshot[] =>
  counts.map((count, i) => ({
    source: 0,
    line: i + 1,
    time: START + 1000 * i + ahead,
    zoned: true,
    command: 'ss',
    shows: { connections: true, listeners: true, owners: false },
    listeners: [],
    connections: [
      { port: PORT, side: 'server', state: 'ESTABLISHED', owner: 'unknown', withData: 0, count, line: i + 1 },
    ],
  }));

const samples = samplesOf(Array.from({ length: 10 }, (_, i) => ({ start: START + 1000 * i, elapsed: 3500 })));
const alignment = (offsetMs: number): Alignment => ({
  clock: { offsetMs, uncertaintyMs: 1, method: 'causality', matched: 10, caveats: [] },
  readings: [],
  onClient: (time) => time - offsetMs,
});
const busy = [1, 2, 3, 4, 4, 4, 4, 4, 4, 4, 3, 2, 1, 0];

describe('the clock of the snapshots', () => {
  it('is the client’s or the server’s, whichever fits', () => {
    const compared = { samples, served: undefined, port: PORT };
    expect(snapshotClock(looks(0, busy), compared, alignment(20_000))(START, true)).toBe(START);
    expect(snapshotClock(looks(20_000, busy), compared, alignment(20_000))(START + 20_000, true)).toBe(START);
  });

  it('is not one under which connections stand while no request is under way, though many requests have none', () => {
    // The server died after a second and a half: fifteen are under way still at the third look, and nobody is connected.
    const many = samplesOf(
      Array.from({ length: 21 }, (_, i) => ({ start: START + 100 * i, elapsed: (i < 6 ? 1900 : 2900) - 100 * i })),
    );
    const compared = { samples: many, served: undefined, port: PORT };
    const shown = looks(90_000, [1, 9, 0, 0]);
    expect(snapshotClock(shown, compared, alignment(90_000))(START + 90_000, true)).toBe(START);
  });

  it('may be off by an hour that was taken for the zone of the log', () => {
    // The log's stamps state no zone: an hour that the server's clock is wrong by can't be told from one. The snapshots' stamps do.
    const compared = { samples, served: undefined, port: PORT };
    const onClock = snapshotClock(looks(HOUR_MS + 4000, busy), compared, alignment(4000));
    expect(onClock(START + HOUR_MS + 4000, true)).toBe(START);
  });

  it('is in no zone that puts the looks beside the run', () => {
    // The one busy look lies a little outside of a short run, by the error of the clocks; all others show nobody.
    const short = samplesOf(Array.from({ length: 6 }, (_, i) => ({ start: START + 100 * i, elapsed: 700 - 100 * i })));
    const known = alignment(500);
    const doubtful = { ...known.clock, caveats: [{ id: 'clock.zoneInferred', args: { minutes: 60 } }] as const };
    const compared = { samples: short, served: undefined, port: PORT };
    const onClock = snapshotClock(looks(500, [0, 6, 0, 0]), compared, { ...known, clock: doubtful });
    expect(Math.abs(onClock(START, true) - START)).toBeLessThanOrEqual(500);
  });

  it('may be off by an hour in a run of hours, too, where the zone of the log was inferred', () => {
    // A look each ten minutes of three hours: an hour off, most of them are within the run still.
    const hours = samplesOf(
      Array.from({ length: 60 }, (_, i) => ({ start: START + 60_000 * i, elapsed: HOUR_MS * (1 + i / 60) })),
    );
    const under = (at: number) =>
      hours.start.filter((start, i) => start <= at && at < start + hours.elapsed[i]!).length;
    const shown = Array.from({ length: 18 }, (_, i) => START + 600_000 * i).map((at) => ({
      ...looks(HOUR_MS + 4000, [under(at)])[0]!,
      time: at + HOUR_MS + 4000,
    }));
    const compared = { samples: hours, served: undefined, port: PORT };
    const of = (caveats: Alignment['clock']['caveats']) => {
      const known = alignment(4000);
      return snapshotClock(shown, compared, { ...known, clock: { ...known.clock, caveats } });
    };
    const inferred = of([{ id: 'clock.zoneInferred', args: { minutes: 60 } }]);
    expect(inferred(START + HOUR_MS + 4000, true)).toBe(START);
    expect(of([])(START + HOUR_MS + 4000, true)).not.toBe(START);
  });

  it('is one of the two where no look shows anybody: nothing speaks for another', () => {
    const compared = { samples, served: undefined, port: PORT };
    expect([START, START - 4000]).toContain(snapshotClock(looks(0, [0, 0, 0]), compared, alignment(4000))(START, true));
  });

  it('is told by the shape of the run where no log tells of the server’s clock', () => {
    const compared = { samples, served: undefined, port: PORT };
    const noLog: Alignment = {
      clock: { method: 'none', matched: 0, caveats: [] },
      readings: [],
      onClient: (time) => time,
    };
    const onClock = snapshotClock(looks(-52_000, busy), compared, noLog);
    expect(Math.abs(onClock(START - 52_000, true) - START)).toBeLessThanOrEqual(1000);
    expect(snapshotClock(looks(0, busy), compared, noLog)(START, true)).toBe(START);
  });

  it('is in the zone that run.yaml states where no look shows anybody', () => {
    const stated: Alignment = {
      clock: { method: 'none', matched: 0, caveats: [] },
      readings: [],
      stated: 330,
      onClient: (time, zoned) => time - (zoned ? 0 : 330 * 60_000),
    };
    const local = looks(330 * 60_000 + 20_000, [0, 0, 0]).map((one) => ({ ...one, zoned: false }));
    const onClock = snapshotClock(local, { samples, served: undefined, port: PORT }, stated);
    expect(onClock(START + 330 * 60_000, false)).toBe(START);
  });
});
