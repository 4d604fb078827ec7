import type { Analysed, ComparisonRow } from '../../model/comparison.js';
import type { Message } from '../../model/message.js';
import type { Figure } from '../../model/report.js';
import type { RunAnalysis } from '../../model/run-analysis.js';
import { say } from '../../words/ids.js';
import { inColumn } from '../quantity.js';
import { type CellView, cellViews } from './cells.js';
import { type FigureView, figureView } from './figures.js';
import { FINDINGS, type Sentence } from './findings.js';
import type { Links } from './links.js';
import { type CauseView, causeViews } from './run.js';
import { type InputView, inputViews } from './sources.js';
import { loadsOf, unlikeOf } from './unlike.js';
import { visibleLine } from './visible.js';
import type { Piece, Voice } from './voice.js';

/** A number's bar: its share of the greatest in the table, percent of the bar's length. */
interface Barred extends CellView {
  readonly bar: string;
  readonly sortBy: string;
}

export interface QuantileView {
  readonly text: string;
  readonly title: string;
  readonly has: boolean;
  readonly sortBy: string;
}

export interface RowView {
  readonly title: string;
  readonly href: string;
  readonly isUnlike: boolean;
  /** In what its load differs from most, and the same as a sentence. */
  readonly load: string;
  readonly unlike: string;
  readonly max: Barred;
  readonly backlog: Barred;
  readonly where: string;
  readonly reuse: CellView & { readonly sortBy: string };
  readonly overload: CellView & { readonly sortBy: string };
  readonly quantiles: readonly QuantileView[];
  readonly failed: { readonly text: string; readonly some: boolean; readonly sortBy: string };
}

export interface WhyView {
  readonly title: string;
  readonly href: string;
  readonly hasCauses: boolean;
  readonly causes: readonly CauseView[];
  readonly hasNext: boolean;
  readonly next: readonly Sentence[];
}

/** The comparison: the report's first page. */
export interface ComparisonView {
  readonly several: boolean;
  readonly sentences: readonly { readonly title: string; readonly href: string; readonly pieces: readonly Piece[] }[];
  readonly rows: readonly RowView[];
  readonly quantiles: readonly { readonly title: string }[];
  /** Runs that the table lacks, because they could not be read. */
  readonly lost: readonly Sentence[];
  readonly someUnlike: boolean;
  /** Many loads differ: they are told together, not run by run. */
  readonly manyUnlike: boolean;
  readonly loads: string;
  readonly someLow: boolean;
  readonly someTurnedAway: boolean;
  readonly hasMultiples: boolean;
  readonly multiplesCaption: string;
  readonly multiples: readonly { readonly href: string; readonly figure: FigureView }[];
  readonly why: readonly WhyView[];
  readonly hasNextForAll: boolean;
  readonly nextForAll: readonly Sentence[];
  readonly inputs: readonly {
    readonly title: string;
    readonly files: readonly InputView[];
  }[];
}

const QUANTILES = [
  ['p50', 50],
  ['p95', 95],
  ['p99', 99],
] as const;

export function comparisonView(
  { runs, comparison, lost = [] }: Analysed,
  figures: ReadonlyMap<string, Figure>,
  voice: Voice,
  links: Links,
): ComparisonView {
  const byId = new Map(comparison.rows.map((row) => [row.run, row]));
  const longest = greatest(runs);
  const rows = runs.map((run) => rowView(run, byId.get(run.id), longest, voice, links));
  const common = nextOfAll(runs);
  const loads = loadsOf(runs, comparison);
  return {
    several: runs.length !== 1,
    sentences: runs.map((run) => ({
      title: visibleLine(run.title),
      href: links.run(run.id),
      pieces: voice.pieces(run.summary),
    })),
    rows,
    quantiles: QUANTILES.map(([, quantile]) => ({ title: voice.say(say('page.column.latency', { quantile })) })),
    lost: lost.map((message) => ({ pieces: voice.pieces(message) })),
    someUnlike: rows.some(({ isUnlike }) => isUnlike),
    manyUnlike: loads !== undefined,
    loads: loads ? voice.say(loads) : '',
    someLow: rows.some(({ max, backlog, reuse, overload }) => max.low || backlog.low || reuse.low || overload.low),
    someTurnedAway: rows.some(({ overload }) => overload.bad),
    ...multiplesOf(runs, figures, voice, links),
    why: runs.map((run) => whyView(run, common, voice, links)),
    hasNextForAll: common.size > 0,
    nextForAll: [...common.values()].map((message) => ({ pieces: voice.pieces(message) })),
    inputs: runs.map((run) => ({ title: visibleLine(run.title), files: inputViews(run, voice) })),
  };
}

/** The runs' small charts in the table's order; how to read them is said once. */
function multiplesOf(
  runs: readonly RunAnalysis[],
  figures: ReadonlyMap<string, Figure>,
  voice: Voice,
  links: Links,
): Pick<ComparisonView, 'hasMultiples' | 'multiplesCaption' | 'multiples'> {
  const multiples = runs.flatMap(({ id }) => {
    const figure = figures.get(id);
    return figure ? [{ href: links.run(id), figure: figureView(figure, voice, links) }] : [];
  });
  const [first] = multiples;
  return { hasMultiples: first !== undefined, multiplesCaption: first?.figure.caption ?? '', multiples };
}

/** The length of the longest bar, in requests: waiting and in service are drawn to one scale. */
function greatest(runs: readonly RunAnalysis[]): number {
  return runs.reduce(
    (most, { findings: { maxConcurrency, backlog } }) => Math.max(most, maxConcurrency.value ?? 0, backlog.value ?? 0),
    1,
  );
}

function rowView(
  run: RunAnalysis,
  row: ComparisonRow | undefined,
  longest: number,
  voice: Voice,
  links: Links,
): RowView {
  const cells = cellViews(run, voice);
  const { maxConcurrency, backlog } = run.findings;
  const barred = (cell: CellView, value: number | undefined): Barred => ({
    ...cell,
    bar: (((value ?? 0) / longest) * 100).toFixed(2),
    sortBy: sortable(value),
  });
  const unlike = row?.unlike ?? [];
  const load = say('page.load', { parts: unlike.flatMap((what) => unlikeOf(what, run)) });
  const { failed, sent } = run.requests;
  return {
    title: visibleLine(run.title),
    href: links.run(run.id),
    isUnlike: unlike.length > 0,
    load: voice.say(load),
    unlike: voice.say(say('page.unlike', { load })),
    max: barred(cells.max, maxConcurrency.value),
    backlog: barred(cells.backlog, backlog.value),
    where: cells.where,
    reuse: { ...cells.reuse, sortBy: sortable(row?.reuse.sortBy) },
    overload: { ...cells.overload, sortBy: sortable(row?.overload.sortBy) },
    quantiles: QUANTILES.map(([key, quantile]) => quantileView(run, key, quantile, voice)),
    failed: {
      text:
        failed === undefined
          ? voice.label('page.absent')
          : sent === undefined
            ? inColumn(failed, 'count', voice.wording)
            : voice.say(say('page.failed', { failed, sent })),
      some: failed !== undefined && failed !== 0,
      sortBy: sortable(failed),
    },
  };
}

/** What the page's script sorts by; empty sorts last. */
const sortable = (value: number | undefined): string => (value === undefined ? '' : String(value));

function quantileView(
  { latency }: RunAnalysis,
  key: 'p50' | 'p95' | 'p99',
  quantile: number,
  voice: Voice,
): QuantileView {
  if (!latency) return { text: voice.label('page.absent'), title: '', has: false, sortBy: '' };
  const ms = latency[key];
  const interval = latency.ci[key];
  const title = interval
    ? say('page.interval', { quantile, ms, low: interval[0], high: interval[1] })
    : say('page.interval.none', { quantile, ms });
  return { text: inColumn(ms, 'ms', voice.wording), title: voice.say(title), has: true, sortBy: String(ms) };
}

/** Advice for a run, each once. */
function nextOf({ findings }: RunAnalysis): ReadonlyMap<string, Message> {
  return new Map(
    FINDINGS.flatMap((id) => findings[id].recordNext.map((next) => [JSON.stringify(next), next] as const)),
  );
}

/** Advice that holds for every one of several runs is given once, below. */
function nextOfAll(runs: readonly RunAnalysis[]): ReadonlyMap<string, Message> {
  const [first, ...others] = runs.map(nextOf);
  if (!first || others.length === 0) return new Map();
  return new Map([...first].filter(([key]) => others.every((other) => other.has(key))));
}

function whyView(run: RunAnalysis, common: ReadonlyMap<string, Message>, voice: Voice, links: Links): WhyView {
  const causes = causeViews(run, voice);
  const next = [...nextOf(run)].filter(([key]) => !common.has(key));
  return {
    title: visibleLine(run.title),
    href: links.run(run.id),
    hasCauses: causes.length > 0,
    causes,
    hasNext: next.length > 0,
    next: next.map(([, message]) => ({ pieces: voice.pieces(message) })),
  };
}
