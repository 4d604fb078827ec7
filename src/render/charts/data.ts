import type { RunAnalysis, Series, SeriesId } from '../../model/run-analysis.js';
import { say } from '../../words/ids.js';
import type { Speak } from '../../words/words.js';
import type { Row } from './marks.js';
import type { Tip } from './tips.js';

/** Seconds with tenths of milliseconds: what stands in a log at best, and no digits that nobody measured. */
export const seconds = (ms: number): number => Math.round(ms * 10) / 1e4;

export const seriesOf = (run: RunAnalysis, id: SeriesId): Series | undefined =>
  run.series.find((one) => one.id === id && one.t.length > 0);

/** When the first request was sent, or begun where no client tells; ms since `from`. */
export const originOf = (run: RunAnalysis): number =>
  (seriesOf(run, 'arrivals') ?? seriesOf(run, 'starts') ?? seriesOf(run, 'in-service'))?.t[0] ?? 0;

export const highest = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b), 0);

/**
 * From the first request to the last thing that is drawn, in seconds. Looks at an idle server before and after it are not
 * the run, and do not stretch it.
 */
export function spanOf(run: RunAnalysis): readonly [number, number] {
  const origin = originOf(run);
  let from = 0;
  let to = run.from === undefined || run.to === undefined ? 0 : run.to - run.from - origin;
  for (const { t, v } of run.series) {
    for (let i = 0; i < t.length; i++) {
      if (v[i] === 0) continue;
      from = Math.min(from, t[i]! - origin);
      to = Math.max(to, t[i]! - origin);
    }
  }
  return [seconds(from), seconds(Math.max(to, from + 1))];
}

/** A series as rows `t`, `v` in seconds since the first request, up to `end`. */
export function stepRows({ t, v }: Series, origin: number, end: number): Row[] {
  const rows = t.map((at, i) => ({ t: seconds(at - origin), v: v[i]! }));
  const last = rows.at(-1)!;
  return last.t < end ? [...rows, { t: end, v: last.v }] : rows;
}

/** Stretches of time of which a table keeps the first, the highest, the lowest and the last value, as a drawing does. */
const TABLE_STRETCHES = 120;

/** A series as rows of a table: every extreme at its own time, not more rows than a drawing has pixels. */
export function tableRows(series: Series, origin: number): readonly (readonly [t: number, v: number])[] {
  const { t, v } = series;
  const width = (t.at(-1)! - t[0]!) / TABLE_STRETCHES || 1;
  const stretch = (i: number) => Math.floor((t[i]! - t[0]!) / width);
  const kept = new Set<number>();
  for (let i = 0; i < t.length; ) {
    const [first, here] = [i, stretch(i)];
    let [high, low] = [i, i];
    for (; i < t.length && stretch(i) === here; i++) {
      if (v[i]! > v[high]!) high = i;
      if (v[i]! < v[low]!) low = i;
    }
    for (const one of [first, high, low, i - 1]) kept.add(one);
  }
  return [...kept].sort((a, b) => a - b).map((i) => [seconds(t[i]! - origin), v[i]!]);
}

/** Points within a span. */
export const pointRows = ({ t, v }: Series, origin: number, [from, to]: readonly [number, number]): Row[] =>
  t.map((at, i) => ({ t: seconds(at - origin), v: v[i]! })).filter((row) => row.t >= from && row.t <= to);

/** The highest value of a series and when it was first reached, s. */
export function peakOf({ t, v }: Series, origin: number): { readonly value: number; readonly at: number } {
  let best = 0;
  for (let i = 1; i < v.length; i++) if (v[i]! > v[best]!) best = i;
  return { value: v[best]!, at: seconds(t[best]! - origin) };
}

const two = (n: number) => String(n).padStart(2, '0');

/** `2023-02-10 10:30:16.222 UTC` */
export function utc(epochMs: number): string {
  const d = new Date(epochMs);
  const date = `${d.getUTCFullYear()}-${two(d.getUTCMonth() + 1)}-${two(d.getUTCDate())}`;
  const time = `${two(d.getUTCHours())}:${two(d.getUTCMinutes())}:${two(d.getUTCSeconds())}`;
  return `${date} ${time}.${String(d.getUTCMilliseconds()).padStart(3, '0')} UTC`;
}

/** How times are written under the pointer: to the millisecond. */
const TIME = ',.3~f';

/** A row's time and count in words. */
export const countTip = (speak: Speak, series: string, field = 'v'): Tip => [
  ['t', `${speak(say('chart.column.seconds', {}))}, ${speak(say('chart.unit.seconds', {}))}`, TIME],
  [field, speak(say('chart.series', { series, binMs: undefined })), ',d'],
];

/** The time that a row takes, after what it is. */
export const spanTip = (speak: Speak, what: Tip): Tip => {
  const unit = speak(say('chart.unit.seconds', {}));
  return [
    ...what,
    ['t', `${speak(say('chart.column.from', {}))}, ${unit}`, TIME],
    ['u', `${speak(say('chart.column.until', {}))}, ${unit}`, TIME],
  ];
};
