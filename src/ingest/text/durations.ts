const UNITS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};
const PART = /(\d{1,9})(?:\.(\d{1,9}))?(ns|us|µs|μs|ms|s|m|h)/y;

/** A duration in ms with its resolution, ms. */
export interface Duration {
  readonly durationMs: number;
  readonly durationResolutionMs: number;
}

/** A duration as Go prints it: `41.797µs`, `6.4054ms`, `1.002s`, `1m2.5s`; `undefined` for anything else. */
export function goDuration(text: string): Duration | undefined {
  let at = 0;
  let durationMs = 0;
  let durationResolutionMs = 0;
  while (at < text.length) {
    PART.lastIndex = at;
    const m = PART.exec(text);
    const unit = UNITS[m?.[3] ?? ''];
    if (!m || unit === undefined) return undefined;
    const fraction = m[2] ?? '';
    durationMs += Number(fraction === '' ? m[1] : `${m[1]}.${fraction}`) * unit;
    durationResolutionMs = unit / 10 ** fraction.length;
    at = PART.lastIndex;
  }
  return at === 0 ? undefined : { durationMs, durationResolutionMs };
}
