import type { Finding, OverloadOutcome } from '../../model/finding.js';
import type { RunAnalysis } from '../../model/run-analysis.js';
import { say } from '../../words/ids.js';
import type { Voice } from './voice.js';

/** What a run shows of one question, short enough for a table. */
export interface CellView {
  readonly text: string;
  /** The finding's sentence and how sure it is, for whoever asks. */
  readonly title: string;
  /** Low confidence: lighter ink. */
  readonly low: boolean;
  readonly unknown: boolean;
  /** Requests were turned away. */
  readonly bad: boolean;
}

export interface CellViews {
  readonly max: CellView;
  readonly backlog: CellView;
  readonly where: string;
  readonly reuse: CellView;
  readonly overload: CellView;
}

/** Fates that are no answer, or none that was wanted. */
const TURNED_AWAY: ReadonlySet<OverloadOutcome> = new Set<OverloadOutcome>([
  'refused',
  'reset',
  'connect-timeout',
  'read-timeout',
  'http-429',
  'http-503',
  'server-error',
  'outage',
]);

export function cellViews({ findings }: RunAnalysis, voice: Voice): CellViews {
  const { maxConcurrency: max, backlog, reuse, overload } = findings;
  const counted = (finding: typeof max | typeof backlog): string =>
    voice.say(
      say('cell.count', {
        bound: finding.bound,
        value: finding.value,
        low: finding.range?.low,
        high: finding.range?.high,
      }),
    );
  const { pattern, workers, unit, recycledAfter } = reuse;
  const { outcome, requests } = overload;
  return {
    max: cell(max, counted(max), voice),
    backlog: cell(backlog, counted(backlog), voice),
    where: backlog.value ? voice.say(say('page.where', { where: backlog.where })) : '',
    reuse: cell(reuse, voice.say(say('cell.reuse', { pattern, workers, unit, recycledAfter })), voice),
    overload: {
      ...cell(overload, voice.say(say('cell.overload', { outcome, requests })), voice),
      bad: TURNED_AWAY.has(outcome),
    },
  };
}

function cell(finding: Finding, text: string, voice: Voice): CellView {
  const { statement, bound, confidence } = finding;
  return {
    text,
    title: voice.say(say('page.cell.title', { statement, certainty: say('page.certainty', { bound, confidence }) })),
    low: finding.confidence === 'low' && finding.bound !== 'unknown',
    unknown: finding.bound === 'unknown',
    bad: false,
  };
}
