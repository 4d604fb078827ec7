import { describe, expect, it } from 'vitest';
import { withoutChange } from '../../../src/ingest/clock/without-change.js';
import { eventsOf, type TestEvent } from '../../support/events.js';
import { sourceOf } from '../../support/sources.js';

const HOUR = 3_600_000;

describe('a jump of the wall clock', () => {
  it('forward is not under a stamp of before it, in whatever line that stands', () => {
    // Lines are written at the end and stamped at the begin: the third was begun before the jump at 10 s.
    const stamps = [1000, 11_000 + HOUR, 9000, 12_000 + HOUR];
    const lines = stamps.map((at, id): TestEvent => ({ at, kind: 'span', id, duration: 500 }));
    const events = { ...eventsOf(lines), zoned: new Uint8Array(lines.length) };
    const reading = { source: sourceOf('server-log', {}), events };
    const [log] = withoutChange([reading], { source: 0, line: 2, byMs: HOUR, after: 1 });
    expect([...log!.events!.time]).toEqual([1000, 11_000, 9000, 12_000]);
  });
});
