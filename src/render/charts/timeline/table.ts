import type { Message } from '../../../model/message.js';
import type { Figure } from '../../../model/report.js';
import type { RunAnalysis, SeriesId } from '../../../model/run-analysis.js';
import { OUTCOMES } from '../../../model/samples.js';
import { say } from '../../../words/ids.js';
import type { Speak } from '../../../words/words.js';
import { originOf, seconds, tableRows } from '../data.js';

const DRAWN: readonly SeriesId[] = [
  'in-service',
  'waiting-kernel',
  'waiting-server',
  'waiting',
  'established',
  'not-connected',
];

/** All that the timeline draws: one row per change or snapshot, one per bin of what was sent and ended. */
export function timelineTable(run: RunAnalysis, speak: Speak): Figure['table'] {
  const origin = originOf(run);
  const name = (series: string, binMs?: number): string => speak(nameOf(series, binMs));
  const drawn = run.series.some(({ id }) => id === 'in-service') ? DRAWN : (['in-flight', ...DRAWN] as const);
  const rows: (readonly [string, number, number])[] = [];
  const bins = (what: string, counts: readonly number[], binMs: number) => {
    for (const [i, n] of counts.entries()) if (n > 0) rows.push([what, seconds(i * binMs - origin), n]);
  };
  const { activity } = run;
  if (activity) {
    bins(name('sent', activity.binMs), activity.sent, activity.binMs);
    for (const outcome of OUTCOMES) bins(name(outcome, activity.binMs), activity.ended[outcome] ?? [], activity.binMs);
  }
  for (const id of drawn) {
    const series = run.series.find((one) => one.id === id);
    if (series) rows.push(...tableRows(series, origin).map((row) => [name(id), ...row] as const));
  }
  return {
    columns: [
      { title: speak(say('chart.column.series', {})), numeric: false },
      { title: speak(say('chart.column.seconds', {})), unit: speak(say('chart.unit.seconds', {})), numeric: true },
      { title: speak(say('chart.column.count', {})), numeric: true },
    ],
    rows,
  };
}

const nameOf = (series: string, binMs: number | undefined): Message => say('chart.series', { series, binMs });
