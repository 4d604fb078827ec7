import type { RequestCounts, RunAnalysis } from '../../model/run-analysis.js';
import type { FailureKind } from '../../model/samples.js';
import { OUTCOMES } from '../../model/samples.js';
import { say } from '../../words/ids.js';
import { inColumn } from '../quantity.js';
import { visibleLine } from './visible.js';
import type { Voice } from './voice.js';

export interface LatencyView {
  readonly has: boolean;
  readonly note: string;
  readonly rows: readonly {
    readonly name: string;
    readonly value: string;
    readonly hasInterval: boolean;
    readonly from: string;
    readonly to: string;
  }[];
}

const QUANTILES = ['min', 'p50', 'p90', 'p95', 'p99', 'max', 'mean'] as const;

/** Response times with their intervals. */
export function latencyView({ latency }: RunAnalysis, voice: Voice): LatencyView {
  if (!latency) return { has: false, note: '', rows: [] };
  const ms = (value: number): string => inColumn(value, 'ms', voice.wording);
  return {
    has: true,
    note: voice.say(say('page.latency.note', { count: latency.count })),
    rows: QUANTILES.map((quantile) => {
      const interval = (latency.ci as Partial<Record<string, readonly [number, number]>>)[quantile];
      return {
        name: voice.say(say('page.quantile', { quantile })),
        value: ms(latency[quantile]),
        hasInterval: interval !== undefined,
        from: interval ? ms(interval[0]) : '',
        to: interval ? ms(interval[1]) : '',
      };
    }),
  };
}

export interface CountView {
  readonly name: string;
  readonly value: string;
}

const COUNTED = [
  'sent',
  'succeeded',
  'failed',
  'abandoned',
  'started',
  'finished',
] as const satisfies readonly (keyof RequestCounts)[];

/** What became of the requests; a count that no source tells is left out. */
export function countViews({ requests }: RunAnalysis, voice: Voice): readonly CountView[] {
  return COUNTED.flatMap((what) => {
    const count = requests[what];
    if (count === undefined) return [];
    return [{ name: voice.say(say('page.requests.count', { what })), value: inColumn(count, 'count', voice.wording) }];
  });
}

/** Failures by kind, in the contract's order of kinds; kinds of a newer `run.json` last. */
export function failureViews({ requests }: RunAnalysis, voice: Voice): readonly CountView[] {
  const counts = Object.entries(requests.failuresByKind ?? {});
  const place = (kind: string): number =>
    OUTCOMES.indexOf(kind as FailureKind) + (OUTCOMES.includes(kind as FailureKind) ? 0 : OUTCOMES.length + 1);
  return counts
    .filter(([, count]) => count !== 0)
    .sort(([a], [b]) => place(a) - place(b))
    .map(([kind, count]) => ({
      name: voice.say(say('page.failure', { kind: visibleLine(kind) })),
      value: inColumn(count, 'count', voice.wording),
    }));
}
