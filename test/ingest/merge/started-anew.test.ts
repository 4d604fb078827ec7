import { describe, expect, it } from 'vitest';
import { flaskBanner } from '../../../src/ingest/logs/werkzeug.js';
import { startedAnew } from '../../../src/ingest/merge/started-anew.js';
import type { Notice, ServerEvents, ServerNotice } from '../../../src/model/events.js';
import { eventsOf, type TestEvent } from '../../support/events.js';

const LISTENS: Notice = { kind: 'listening', port: 8080 };
/** A log whose lines count two each, so that what a server says of itself finds its place between them. */
const spaced = (lines: readonly TestEvent[], pidOf: (worker: string) => number | undefined = () => undefined) => {
  const events = eventsOf(lines);
  const workers = events.workers.map(({ thread, identity }) => {
    const pid = pidOf(thread!);
    return { thread: thread!, identity, ...(pid === undefined ? {} : { pid }) };
  });
  return { ...events, line: events.line.map((line) => 2 * line), workers } as ServerEvents;
};
const said = (line: number, notice: Notice = LISTENS, time?: number): ServerNotice => ({
  source: 0,
  line,
  notice,
  ...(time === undefined ? {} : { time }),
});
const startsOf = ({ events }: ReturnType<typeof startedAnew>) =>
  Array.from(events.worker, (code) => events.workers[code]!.start ?? 0);

//  Listening on 8080 | Thread-1 ▐██▌  Thread-2 ▐██▌ | Listening on 8080 | Thread-1 ▐██▌
const lines: readonly TestEvent[] = [
  { at: 10, kind: 'begin', id: 1, worker: 'Thread-1' },
  { at: 20, kind: 'begin', id: 2, worker: 'Thread-2' },
  { at: 900, kind: 'end', id: 1, worker: 'Thread-1' },
  { at: 910, kind: 'end', id: 2, worker: 'Thread-2' },
  { at: 5000, kind: 'begin', id: 1, worker: 'Thread-1' },
  { at: 5900, kind: 'end', id: 1, worker: 'Thread-1' },
];
const BETWEEN = 9;

describe('a server that says again that it starts', () => {
  it('was started anew: old names are new workers', () => {
    const found = startedAnew(spaced(lines), [said(1), said(BETWEEN)]);
    expect(startsOf(found)).toEqual([0, 0, 0, 0, 1, 1]);
    expect(found.starts).toEqual([{ at: 5000, sources: [0] }]);
  });

  it('was not, where it says so once, or has served nobody in between', () => {
    expect(startedAnew(spaced(lines), [said(BETWEEN)]).starts).toEqual([]);
    expect(startedAnew(spaced(lines), [said(0), said(1)]).starts).toEqual([]);
    expect(startedAnew(spaced(lines), [said(1), said(BETWEEN, { kind: 'listening', port: 9090 })]).starts).toEqual([]);
  });

  it('was, whichever of its lines a log that lost some has kept', () => {
    const noticeOf = (line: string) => flaskBanner.match(line)!.notice!;
    const [first, second] = [noticeOf(' * Debug mode: off'), noticeOf(" * Serving Flask app 'app'")];
    expect(startedAnew(spaced(lines), [said(1, first), said(BETWEEN, second)]).starts).toHaveLength(1);
    expect(startedAnew(spaced(lines), [said(0, second), said(1, first)]).starts).toEqual([]);
  });

  it('is another one, where a process serves before and after', () => {
    const found = startedAnew(
      spaced(lines, () => 7),
      [said(1), said(BETWEEN)],
    );
    expect(found.starts).toEqual([]);
  });

  it('is another one, where a request is in service meanwhile', () => {
    const across = lines.map((line, i) => (i === 3 ? { ...line, id: 9 } : line));
    const ending: TestEvent = { at: 6000, kind: 'end', id: 2, worker: 'Thread-2' };
    expect(startedAnew(spaced([...across, ending]), [said(1), said(BETWEEN)]).starts).toEqual([]);
    const span: TestEvent = { at: 6000, kind: 'span', id: 4, duration: 5500, worker: 'Thread-1' };
    expect(startedAnew(spaced([...lines, span]), [said(1), said(BETWEEN)]).starts).toEqual([]);
  });

  it('speaks for another file by time, unless that has starts of its own', () => {
    const twoFiles = (notices: readonly ServerNotice[]) =>
      startedAnew(spaced(lines.map((line) => ({ ...line, source: 1 }))), notices);
    const timed = [said(1, LISTENS, 0), said(2, LISTENS, 4000)];
    expect(twoFiles(timed).starts).toEqual([{ at: 4000, sources: [1] }]);
    expect(twoFiles([said(1), said(2)]).starts).toEqual([]);
    expect(twoFiles([...timed, { ...said(1), source: 1 }]).starts).toEqual([]);
  });
});
