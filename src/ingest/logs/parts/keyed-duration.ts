import { durationOf } from './access.js';

/** Longer than this, ms, it is the time of day in some unit and no duration. */
const LONGEST_MS = 86_400_000;

/** `duration_us`, `elapsedMs`, `response_time_ms`, `request-time-seconds`, `took_s`; `msecs` and `micros` alone. */
const WITH_UNIT =
  /^(?:(?:req|request|resp|response|process|processing|total)?[_.-]?(?:duration|elapsed|latency|took|taken|time(?:[_.-]?taken)?))?(?:[_.-]?(ns|nanos(?:econds)?|us|µs|micros(?:econds)?|ms|m(?:illi)?secs?|millis(?:econds)?|secs?|seconds)|[_.-](s))$/i;

/** How many milliseconds the unit of a name is: by its first letters. */
const UNIT_MS: readonly (readonly [RegExp, number])[] = [
  [/^n/i, 1e-6],
  [/^(?:u|µ|mic)/i, 0.001],
  [/^m/i, 1],
  [/^s/i, 1000],
];

/** How long a request took, in a field whose name says in which unit. */
export function durationWithUnit(
  get: (name: string) => unknown,
  names: Iterable<string>,
): ReturnType<typeof durationOf> {
  for (const name of names) {
    const match = WITH_UNIT.exec(name);
    const value = match ? get(name) : undefined;
    if (typeof value !== 'number' && typeof value !== 'string') continue;
    const unit = match![1] ?? match![2]!;
    const ms = UNIT_MS.find(([letters]) => letters.test(unit))![1];
    const duration = durationOf(String(value), ms);
    if (duration && duration.durationMs <= LONGEST_MS) return duration;
  }
  return undefined;
}
