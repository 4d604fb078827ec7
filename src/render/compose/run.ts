import type { Figure } from '../../model/report.js';
import type { RunAnalysis } from '../../model/run-analysis.js';
import { say } from '../../words/ids.js';
import { cellViews } from './cells.js';
import { type FigureView, figureView } from './figures.js';
import { type FindingId, type FindingView, findingAnchor, findingViews, type Sentence } from './findings.js';
import type { Links } from './links.js';
import { type CountView, countViews, failureViews, type LatencyView, latencyView } from './numbers.js';
import { clockViews, limitViews, recordedViews, remarksOf, serverViews, type TermView } from './setup.js';
import { type SourceView, sourceViews } from './sources.js';
import { visibleLine } from './visible.js';
import { type Piece, spanOf, type Voice } from './voice.js';

export interface KeyFigure {
  readonly name: string;
  readonly value: string;
  readonly hasNote: boolean;
  readonly note: string;
  readonly low: boolean;
  readonly bad: boolean;
  readonly href: string;
}

export interface CauseView {
  readonly explains: string;
  readonly pieces: readonly Piece[];
  readonly confidence: string;
  readonly low: boolean;
}

/** Names that parts of a run's page have as link targets. */
export interface RunAnchors {
  readonly top: string;
  readonly figures: string;
  readonly findings: string;
  readonly causes: string;
  readonly latency: string;
  readonly sources: string;
  readonly clock: string;
  readonly machine: string;
}

/** A run's page. */
export interface RunView {
  readonly slug: string;
  readonly anchors: RunAnchors;
  readonly title: string;
  readonly summary: readonly Piece[];
  readonly summaryText: string;
  readonly recorded: string;
  readonly keyFigures: readonly KeyFigure[];
  readonly figures: readonly FigureView[];
  readonly hasFigures: boolean;
  readonly findings: readonly FindingView[];
  readonly hasCauses: boolean;
  readonly causes: readonly CauseView[];
  readonly latency: LatencyView;
  readonly hasRequests: boolean;
  readonly requests: readonly CountView[];
  readonly hasFailures: boolean;
  readonly failures: readonly CountView[];
  readonly sources: readonly SourceView[];
  readonly clock: readonly TermView[];
  readonly clockCaveats: readonly Sentence[];
  readonly hasMachine: boolean;
  readonly server: readonly TermView[];
  readonly hasLimits: boolean;
  readonly limits: readonly TermView[];
  readonly hasRecorded: boolean;
  readonly recordedBy: readonly TermView[];
  readonly hasRemarks: boolean;
  readonly remarks: readonly string[];
  readonly hasNotes: boolean;
  readonly notes: readonly Sentence[];
  readonly dataHref: string;
  readonly hasData: boolean;
}

export function runView(
  run: RunAnalysis,
  figures: readonly Figure[],
  slug: string,
  voice: Voice,
  links: Links,
): RunView {
  const limits = limitViews(run, voice);
  const recordedBy = recordedViews(run, voice);
  const server = serverViews(run, voice);
  const requests = countViews(run, voice);
  const failures = failureViews(run, voice);
  const remarks = remarksOf(run);
  const causes = causeViews(run, voice);
  const sentence = (message: RunAnalysis['summary']): Sentence => ({ pieces: voice.pieces(message) });
  return {
    slug,
    anchors: anchorsOf(slug, links),
    title: visibleLine(run.title),
    summary: voice.pieces(run.summary),
    summaryText: voice.say(run.summary),
    recorded: recordedOf(run, voice),
    keyFigures: keyFigures(run, voice, links),
    figures: figures.map((figure) => figureView(figure, voice, links)),
    hasFigures: figures.length > 0,
    findings: findingViews(run.findings, voice, links),
    hasCauses: causes.length > 0,
    causes,
    latency: latencyView(run, voice),
    hasRequests: requests.length > 0,
    requests,
    hasFailures: failures.length > 0,
    failures,
    sources: sourceViews(run, voice),
    clock: clockViews(run, voice),
    clockCaveats: run.clock.caveats.map(sentence),
    hasMachine: server.length + limits.length + recordedBy.length > 0,
    server,
    hasLimits: limits.length > 0,
    limits,
    hasRecorded: recordedBy.length > 0,
    recordedBy,
    hasRemarks: remarks.length > 0,
    remarks,
    hasNotes: run.notes.length > 0,
    notes: run.notes.map(sentence),
    dataHref: 'run.json',
    hasData: links.form === 'site',
  };
}

function anchorsOf(slug: string, links: Links): RunAnchors {
  const { anchor, form } = links;
  return {
    top: form === 'site' ? 'top' : `run-${slug}`,
    figures: anchor('figures'),
    findings: anchor('findings'),
    causes: anchor('causes'),
    latency: anchor('latency'),
    sources: anchor('sources'),
    clock: anchor('clock'),
    machine: anchor('machine'),
  };
}

/** When a run was recorded, in a sentence of its own. */
export function recordedOf({ from, to }: Pick<RunAnalysis, 'from' | 'to'>, voice: Voice): string {
  const span = spanOf(from, to);
  return span ? voice.say(say('page.recorded', { span })) : voice.label('page.recorded.never');
}

export function causeViews({ findings }: RunAnalysis, voice: Voice): readonly CauseView[] {
  return findings.causes.map(({ because, confidence, explains }) => ({
    explains: voice.say(say('page.explains', { explains })),
    pieces: voice.pieces(because),
    confidence: voice.say(say('page.confidence', { confidence })),
    low: confidence === 'low',
  }));
}

function keyFigures(run: RunAnalysis, voice: Voice, links: Links): readonly KeyFigure[] {
  const cells = cellViews(run, voice);
  const figure = (finding: FindingId, cell: { text: string; low: boolean; bad: boolean }, note = ''): KeyFigure => ({
    name: voice.say(say('page.finding', { finding })),
    value: cell.text,
    hasNote: note !== '',
    note,
    low: cell.low,
    bad: cell.bad,
    href: `#${findingAnchor(finding, links)}`,
  });
  return [
    figure('maxConcurrency', cells.max),
    figure('backlog', cells.backlog, cells.where),
    figure('reuse', cells.reuse),
    figure('overload', cells.overload),
    ...clientFigures(run, voice, links),
  ];
}

/** What the client tells by itself. */
function clientFigures({ latency, requests }: RunAnalysis, voice: Voice, links: Links): readonly KeyFigure[] {
  const figure = (name: string, value: string): KeyFigure => ({
    name,
    value,
    hasNote: false,
    note: '',
    low: false,
    bad: false,
    href: `#${links.anchor('latency')}`,
  });
  const { failed, sent } = requests;
  return [
    ...(latency
      ? [
          figure(
            voice.label('page.latency'),
            voice.say(say('page.keyFigures.latency', { p50: latency.p50, p95: latency.p95 })),
          ),
        ]
      : []),
    ...(failed === undefined || sent === undefined
      ? []
      : [figure(voice.label('page.column.failed'), voice.say(say('page.failed', { failed, sent })))]),
  ];
}
