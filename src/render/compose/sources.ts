import type { RunAnalysis } from '../../model/run-analysis.js';
import type { Source } from '../../model/source.js';
import { say } from '../../words/ids.js';
import { inColumn } from '../quantity.js';
import { visible, visibleLine } from './visible.js';
import { spanOf, type Voice } from './voice.js';

export interface ProblemView {
  readonly hasLine: boolean;
  readonly place: string;
  readonly message: string;
  readonly hasText: boolean;
  readonly text: string;
}

/** A row of the ledger. */
export interface SourceView {
  readonly path: string;
  readonly sha256: string;
  readonly kind: string;
  readonly format: string;
  readonly variant: readonly string[];
  readonly lines: string;
  readonly used: string;
  readonly ignored: string;
  readonly skipped: string;
  readonly hasSkipped: boolean;
  readonly records: string;
  readonly hasSpan: boolean;
  readonly span: string;
  readonly hasProblems: boolean;
  readonly problemsTitle: string;
  readonly problems: readonly ProblemView[];
  readonly hasMoreProblems: boolean;
  readonly moreProblems: string;
}

export function sourceViews({ sources }: RunAnalysis, voice: Voice): readonly SourceView[] {
  return alike(sources).map((group) => sourceView(together(group), pathOf(group, voice), voice));
}

/** A line of the list of input files: one file and its hash, or several alike with theirs. */
export interface InputView {
  readonly path: string;
  readonly sha256: string;
  readonly isGroup: boolean;
  readonly files: readonly { readonly path: string; readonly sha256: string }[];
}

/** So many files alike are one line, which unfolds. */
const FOLDED_FROM = 5;

export function inputViews({ sources }: RunAnalysis, voice: Voice): readonly InputView[] {
  const lines = alike(sources).flatMap((group) => (group.length < FOLDED_FROM ? group.map((one) => [one]) : [group]));
  return lines.map((group) => ({
    path: pathOf(group, voice),
    sha256: group[0]!.sha256,
    isGroup: group.length > 1,
    files: group.map(({ path, sha256 }) => ({ path: visibleLine(path), sha256 })),
  }));
}

/** Files one after another that were read in the same way and without a problem: a snapshot a file, say. */
function alike(sources: readonly Source[]): readonly (readonly Source[])[] {
  const groups: Source[][] = [];
  let last = '';
  for (const { kind, format, variant, problemCount, path, ...rest } of sources) {
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    const own = JSON.stringify([kind, format, variant, folder]);
    const source = { kind, format, variant, problemCount, path, ...rest };
    if (own === last && problemCount === 0) groups.at(-1)!.push(source);
    else groups.push([source]);
    last = problemCount === 0 ? own : '';
  }
  return groups;
}

/** One entry for all files of a group: what can be added up is, and the first stands for the rest. */
function together(group: readonly Source[]): Source {
  const [first] = group;
  const sum = (count: (source: Source) => number): number => group.reduce((total, source) => total + count(source), 0);
  const times = group.flatMap(({ from, to }) => (from === undefined || to === undefined ? [] : [from, to]));
  return {
    ...first!,
    lines: sum(({ lines }) => lines),
    used: sum(({ used }) => used),
    ignored: sum(({ ignored }) => ignored),
    skipped: sum(({ skipped }) => skipped),
    records: sum(({ records }) => records),
    ...(times.length === 0 ? {} : { from: Math.min(...times), to: Math.max(...times) }),
  };
}

function pathOf(group: readonly Source[], voice: Voice): string {
  const first = visibleLine(group[0]!.path);
  if (group.length === 1) return first;
  return voice.say(say('page.files', { first, last: group.at(-1)!.path, files: group.length }));
}

function sourceView(source: Source, path: string, voice: Voice): SourceView {
  const count = (value: number): string => inColumn(value, 'count', voice.wording);
  const span = spanOf(source.from, source.to);
  const more = source.problemCount - source.problems.length;
  return {
    path,
    sha256: source.sha256,
    kind: voice.say(say('page.kind', { kind: source.kind })),
    format: visibleLine(source.format),
    variant: Object.entries(source.variant).map(([what, value]) => voice.say(say('page.variant', { what, value }))),
    lines: count(source.lines),
    used: count(source.used),
    ignored: count(source.ignored),
    skipped: count(source.skipped),
    hasSkipped: source.skipped !== 0,
    records: count(source.records),
    hasSpan: span !== undefined,
    span: span ? voice.say(span) : '',
    hasProblems: source.problemCount !== 0,
    problemsTitle: voice.say(say('page.problems', { of: path })),
    problems: source.problems.map(({ line, message, text }) => ({
      hasLine: line !== undefined,
      place: line === undefined ? path : `${path}:${line}`,
      message: voice.say(message),
      hasText: text !== undefined,
      text: visible(text ?? ''),
    })),
    hasMoreProblems: more !== 0,
    moreProblems: voice.say(say('page.problems.more', { more })),
  };
}
