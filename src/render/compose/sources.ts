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
  return sources.map((source) => sourceView(source, voice));
}

function sourceView(source: Source, voice: Voice): SourceView {
  const path = visibleLine(source.path);
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
