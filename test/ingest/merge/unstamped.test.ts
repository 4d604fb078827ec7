import { describe, expect, it } from 'vitest';
import { placedByLine } from '../../../src/ingest/merge/unstamped.js';
import type { Notice, ServerNotice } from '../../../src/model/events.js';
import { eventsOf } from '../../support/events.js';

// lines 1, 2 and 3 of file 0; line 4 is of file 1
const events = eventsOf([
  { at: 100, kind: 'begin', id: 1 },
  { at: 200, kind: 'begin', id: 2 },
  { at: 900, kind: 'end', id: 2 },
  { at: 5000, kind: 'begin', id: 3, source: 1 },
]);
const DIED: Notice = { kind: 'worker-exit', pid: 633, cause: 'killed' };
const at = (line: number, notice: Notice = DIED, time?: number): ServerNotice => ({
  source: 0,
  line,
  notice,
  ...(time === undefined ? {} : { time }),
});
const timesOf = (...notices: readonly ServerNotice[]) => placedByLine(notices, events).map(({ time }) => time);

describe('lines without a time', () => {
  it('tell of a worker before the next line of their file', () => {
    expect(timesOf(at(2), at(1), at(0))).toEqual([900, 200, 100]);
    expect(timesOf(at(3))).toEqual([undefined]);
  });

  it('keep the time that they have, and tell no time of the server', () => {
    expect(timesOf(at(1, DIED, 150), at(1, { kind: 'server-stop' }))).toEqual([150, undefined]);
  });
});
