import type { Comparison, Unlike } from '../../model/comparison.js';
import type { Message } from '../../model/message.js';
import type { RunAnalysis } from '../../model/run-analysis.js';
import { say } from '../../words/ids.js';

/** Loads are told run by run up to this many; more would make the note longer than the table. */
const MOST_TOLD = 3;

/** In what a run's load differs from most. */
export function unlikeOf(what: Unlike, { load }: RunAnalysis): readonly Message[] {
  const { perSecond, requests, serviceMs, durationMs } = load;
  if (what === 'pace') return perSecond === undefined ? [] : [say('page.unlike.pace', { perSecond })];
  if (what === 'requests') return requests === undefined ? [] : [say('page.unlike.requests', { requests })];
  if (what === 'service-time')
    return serviceMs === undefined ? [] : [say('page.unlike.serviceTime', { ms: serviceMs })];
  return durationMs === undefined ? [] : [say('page.unlike.duration', { ms: durationMs })];
}

/** Where many loads differ: from which to which they go, in all that they differ in. Undefined where few do. */
export function loadsOf(runs: readonly RunAnalysis[], { rows }: Comparison): Message | undefined {
  if (rows.filter(({ unlike }) => unlike.length > 0).length <= MOST_TOLD) return undefined;
  const differs = (what: Unlike): boolean => rows.some(({ unlike }) => unlike.includes(what));
  const range = (what: Unlike, of: (load: RunAnalysis['load']) => number | undefined) => {
    const values = differs(what) ? runs.flatMap(({ load }) => of(load) ?? []) : [];
    return values.length === 0 ? [] : [{ low: Math.min(...values), high: Math.max(...values) }];
  };
  const parts = [
    ...range('pace', ({ perSecond }) => perSecond).map((ends) => say('page.unlike.paces', ends)),
    ...range('requests', ({ requests }) => requests).map((ends) => say('page.unlike.counts', ends)),
    ...range('service-time', ({ serviceMs }) => serviceMs).map((ends) => say('page.unlike.serviceTimes', ends)),
    ...range('duration', ({ durationMs }) => durationMs).map((ends) => say('page.unlike.durations', ends)),
  ];
  return say('page.load', { parts });
}
