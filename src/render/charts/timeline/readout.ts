import type { Readout } from '../../../model/report.js';
import type { RunAnalysis, Series, SeriesId } from '../../../model/run-analysis.js';
import { say } from '../../../words/ids.js';
import type { Speak } from '../../../words/words.js';
import { originOf, seconds, seriesOf } from '../data.js';

const COUNTS: readonly SeriesId[] = [
  'in-flight',
  'in-service',
  'waiting-kernel',
  'waiting-server',
  'waiting',
  'established',
  'not-connected',
];

/** Of a look that stands alone, s: snapshots are usually taken every second. */
const REACH_ALONE_S = 1;

/** What the timeline tells at the time that the reader points at. */
export function timelineReadout(run: RunAnalysis, speak: Speak): readonly Readout[] {
  const origin = originOf(run);
  const named = (series: string): string => speak(say('chart.series', { series, binMs: undefined }));
  return COUNTS.flatMap((id): Readout[] => {
    const series = seriesOf(run, id);
    if (!series) return [];
    const t = series.t.map((at) => seconds(at - origin));
    const reach = series.kind === 'points' ? { reach: usualGap(series) } : {};
    return [{ name: named(id), kind: series.kind, t, v: series.v, ...reach }];
  });
}

/** The median time between two looks, s. */
function usualGap({ t }: Series): number {
  const gaps = t.slice(1).map((at, i) => at - t[i]!);
  gaps.sort((a, b) => a - b);
  return gaps.length === 0 ? REACH_ALONE_S : seconds(gaps[gaps.length >> 1]!);
}
