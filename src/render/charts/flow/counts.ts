import type { RunAnalysis, SeriesId } from '../../../model/run-analysis.js';
import { originOf, seconds, seriesOf } from '../data.js';

/** A cumulative count: `v[i]` from `t[i]` on, s since the first request. */
export interface Counts {
  readonly t: readonly number[];
  readonly v: readonly number[];
}

/** What the lines between which the gap is looked at mean. */
export type FlowLine = 'sent' | 'begun' | 'ended';

export interface Flow {
  readonly sent?: Counts;
  /** Sent less those that were turned away, where some were: what still waits for the server. */
  readonly kept?: Counts;
  /** When the first one was turned away, s. */
  readonly awayFrom?: number;
  readonly begun?: Counts;
  readonly ended?: Counts;
  readonly upper: FlowLine;
  readonly lower: FlowLine;
  /** The widest gap upwards. */
  readonly gap: { readonly value: number; readonly at: number; readonly low: number; readonly high: number };
}

/** The counts of a run and the widest gap between the two that tell most: sent and begun, else what there is. */
export function flowOf(run: RunAnalysis): Flow | undefined {
  const origin = originOf(run);
  const counts = (id: SeriesId): Counts | undefined => {
    const series = seriesOf(run, id);
    return series && { t: series.t.map((at) => seconds(at - origin)), v: series.v };
  };
  const [sent, begun, ended, away] = [
    counts('arrivals'),
    counts('starts'),
    counts('completions'),
    counts('turned-away'),
  ];
  const kept = sent && away && keptOf(sent, away, begun ?? ended);
  const [upper, high] = sent ? (['sent', kept ?? sent] as const) : (['begun', begun] as const);
  const [lower, low] = sent && begun ? (['begun', begun] as const) : (['ended', ended] as const);
  if (!high || !low) return undefined;
  return {
    ...(sent ? { sent } : {}),
    ...(kept && away ? { kept, awayFrom: away.t[0]! } : {}),
    ...(begun ? { begun } : {}),
    ...(ended ? { ended } : {}),
    upper,
    lower,
    gap: widestGap(high, low),
  };
}

/** What was sent and has not failed, never less than what the server took all the same. */
function keptOf(sent: Counts, away: Counts, taken: Counts | undefined): Counts {
  const t = [...new Set([...sent.t, ...away.t, ...(taken?.t ?? [])])].sort((a, b) => a - b);
  const [all, gone, had] = [countsOf(sent, t), countsOf(away, t), taken ? countsOf(taken, t) : []];
  return { t, v: t.map((_, i) => Math.max(all[i]! - gone[i]!, had[i] ?? 0)) };
}

/** The count at each of some ascending times. */
export function countsOf({ t, v }: Counts, times: readonly number[]): readonly number[] {
  let i = 0;
  return times.map((at) => {
    while (i < t.length && t[i]! <= at) i++;
    return i === 0 ? 0 : v[i - 1]!;
  });
}

function widestGap(upper: Counts, lower: Counts): Flow['gap'] {
  const t = [...new Set([...upper.t, ...lower.t])].sort((a, b) => a - b);
  const [high, low] = [countsOf(upper, t), countsOf(lower, t)];
  let best = 0;
  for (let i = 1; i < t.length; i++) if (high[i]! - low[i]! > high[best]! - low[best]!) best = i;
  return { value: Math.max(0, high[best]! - low[best]!), at: t[best]!, low: low[best]!, high: high[best]! };
}

/**
 * The first and the last step of each of `bins` equal stretches of time: a curve that only rises is the same to the eye.
 */
export function thinCounts({ t, v }: Counts, bins: number): Counts {
  const width = (t.at(-1)! - t[0]!) / bins || 1;
  const bin = (i: number) => Math.floor((t[i]! - t[0]!) / width);
  const kept = t
    .map((_, i) => i)
    .filter((i) => i === 0 || i === t.length - 1 || bin(i) !== bin(i - 1) || bin(i) !== bin(i + 1));
  return { t: kept.map((i) => t[i]!), v: kept.map((i) => v[i]!) };
}

/** When a count is first reached. */
export function reachedAt({ t, v }: Counts, count: number): number | undefined {
  const i = v.findIndex((n) => n >= count);
  return i < 0 ? undefined : t[i];
}
