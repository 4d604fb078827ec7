import { append } from '../../model/append.js';
import type { ServerEvents } from '../../model/events.js';
import { type ClientSamples, NONE_U32, OUTCOME_CODE } from '../../model/samples.js';
import type { EpochMs } from '../../model/time.js';

/** So large a part of the log's ids that occur again there is no chance but several tests, … */
const TESTS_REPEAT = 0.1;
/** … if they are so many. */
const FEW_AGAIN = 3;
/** In such a log the line of an id that occurs once is another test's if it is so far from the sample's time, ms. */
const ANOTHER_TEST_MS = 5000;

/** Whom a server turns away, or cuts off, it does not begin so long afterwards, ms: the number is one of its own, and no client's. */
const LONG_AFTER_MS = 5000;
const TURNED_AWAY = new Set<number>(
  (['refused', 'connect-timeout', 'reset', 'http-429', 'http-503'] as const).map((kind) => OUTCOME_CODE[kind]),
);

/** Which of the client's samples a request of the log is. */
export interface SampleFinder {
  /** `NONE_U32` where it is none of them. */
  sampleOf(id: number, at: EpochMs): number;
  /** When the client had the answer, with room for the clocks' error; infinite where it does not matter or it had none. */
  answeredBy(sample: number): EpochMs;
}

/**
 * Finds the sample of a request by id and time. Where an id occurs more than once, at the client or in the log (two tests in one recording, of
 * which the client's record may hold one), it is one sent before that no other request of the log has taken, and whose answer was not
 * there yet. Of other ids nothing is asked, but that they were not turned away long before, unless lines of several tests may be lost: they can't be mixed up, and a line that contradicts the
 * client's is a fault of the clocks, not of the pairing.
 *
 *     client                        |── 7 ──|
 *     log         |─ 7 ─|             |─ 7 ─|       the first is nobody's
 *
 * @param slackMs by so much a line may be ahead of the sending, or behind the answer
 */
export function sampleFinder(
  samples: ClientSamples | undefined,
  events: ServerEvents | undefined,
  slackMs: number,
): SampleFinder {
  if (!samples) return { sampleOf: () => NONE_U32, answeredBy: () => Number.POSITIVE_INFINITY };
  const { count, id, start, elapsed, outcome } = samples;
  /** Those that no request of the log has taken, in the order of sending. */
  const free = new Map<number, number[]>();
  for (let i = 0; i < count; i++) if (!Number.isNaN(id[i]!)) append(free, id[i]!, i);
  const { repeated, several } = repeatedIds(events);
  for (const [one, list] of free) {
    if (list.length < 2) continue;
    repeated.add(one);
    list.sort((a, b) => start[a]! - start[b]!);
  }
  /** How far off a line of this id may be; infinite where time does not matter. */
  const roomOf = (one: number) =>
    repeated.has(one) ? slackMs : several ? slackMs + ANOTHER_TEST_MS : Number.POSITIVE_INFINITY;
  const until = (sample: number) => start[sample]! + elapsed[sample]!;
  const answeredBy = (sample: number) =>
    sample === NONE_U32 || outcome[sample] !== OUTCOME_CODE.succeeded
      ? Number.POSITIVE_INFINITY
      : until(sample) + roomOf(id[sample]!);
  const turnedAwayBy = (sample: number) =>
    TURNED_AWAY.has(outcome[sample]!) ? until(sample) + slackMs + LONG_AFTER_MS : Number.POSITIVE_INFINITY;
  /** Place in the list, -1 if none. Of those that wait at once servers mostly begin the first; of whom the client gave up before, the last. */
  const placeOf = (list: readonly number[], at: EpochMs, room: number): number => {
    let last = -1;
    for (const [k, i] of list.entries()) {
      if (start[i]! > at + room) break;
      if (at > answeredBy(i) || at > turnedAwayBy(i)) continue;
      if (at <= until(i) + slackMs) return k;
      last = k;
    }
    return last;
  };
  return {
    sampleOf: (one, at) => {
      const list = free.get(one) ?? [];
      const place = placeOf(list, at, roomOf(one));
      return place < 0 ? NONE_U32 : list.splice(place, 1)[0]!;
    },
    answeredBy,
  };
}

/** Ids of which lines of one kind tell more than once, and whether they are those of several tests. */
function repeatedIds(events: ServerEvents | undefined) {
  const repeated = new Set<number>();
  const all = new Set<number>();
  const seen = new Set<string>();
  for (let i = 0; events && i < events.count; i++) {
    const one = events.id[i]!;
    if (Number.isNaN(one)) continue;
    const key = `${events.pattern[i]}/${events.kind[i]}/${one}`;
    if (seen.has(key)) repeated.add(one);
    seen.add(key);
    all.add(one);
  }
  return { repeated, several: repeated.size >= Math.max(FEW_AGAIN, TESTS_REPEAT * all.size) };
}
