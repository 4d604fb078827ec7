import type { Figure, Paper, ReportJob } from '../model/report.js';
import type { RunAnalysis } from '../model/run-analysis.js';
import { say } from '../words/ids.js';
import { type ComparisonView, comparisonView } from './compose/comparison.js';
import { type Drawn, NO_FIGURES } from './compose/drawn.js';
import { type Form, type Links, linksOf, slugsOf } from './compose/links.js';
import { type RunView, recordedOf, runView } from './compose/run.js';
import { visibleLine } from './compose/visible.js';
import { type Voice, voiceOf } from './compose/voice.js';

/** What all pages of a report share. */
export interface ReportHead {
  readonly lang: string;
  readonly title: string;
  readonly recorded: string;
  readonly inputs: string;
  readonly generator: string;
  readonly paper: Paper;
  readonly onPaper: boolean;
}

/** A page for the templates: every key that they name is there, and `if` finds booleans only. */
export interface PageView {
  readonly report: ReportHead;
  readonly title: string;
  readonly description: string;
  readonly root: string;
  readonly home: string;
  readonly hasData: boolean;
}

export interface ComparisonPage extends PageView {
  readonly comparison: ComparisonView;
  /** The charts as they were drawn, to be saved beside the page. */
  readonly figures: readonly Figure[];
}

/** The way to another run's page. */
export interface Neighbour {
  readonly href: string;
  readonly text: string;
}

export interface RunPage extends PageView {
  readonly run: RunView;
  /** The runs before and after it, as far as there are any. */
  readonly neighbours: readonly Neighbour[];
  readonly hasNeighbours: boolean;
  readonly figures: readonly Figure[];
}

/** All of the report in words, in one form. */
export interface ReportView {
  readonly form: Form;
  readonly voice: Voice;
  readonly head: ReportHead;
  readonly comparison: ComparisonPage;
  readonly runs: readonly RunPage[];
}

/** Turns what was analysed into what the pages say. No verdict is made here: order, words and places only. */
export function composeReport(job: ReportJob, form: Form, drawn: Drawn = NO_FIGURES): ReportView {
  const { analysed, options } = job;
  const { runs } = analysed;
  const voice = voiceOf(options.lang);
  const head = headOf(job, form, voice);
  const slugs = slugsOf(runs);
  const links = linksOf(form, slugs);
  const page = { report: head, description: descriptionOf(runs, voice), hasData: form === 'site' };
  return {
    form,
    voice,
    head,
    comparison: {
      ...page,
      title: head.title,
      root: links.root,
      home: links.home,
      comparison: comparisonView(analysed, drawn.comparison, voice, links),
      figures: [...drawn.comparison.values()],
    },
    runs: runs.map((run, i) => {
      const own = linksOf(form, slugs, run.id);
      const figures = drawn.runs.get(run.id) ?? [];
      const neighbours = neighboursOf(runs[i - 1], runs[i + 1], voice, own);
      const view = runView(run, figures, slugs.get(run.id)!, voice, own);
      return {
        ...page,
        title: voice.say(say('page.title.run', { run: view.title, report: head.title })),
        description: view.summaryText,
        root: own.root,
        home: own.home,
        run: view,
        neighbours,
        hasNeighbours: neighbours.length > 0,
        figures,
      };
    }),
  };
}

function neighboursOf(
  before: RunAnalysis | undefined,
  after: RunAnalysis | undefined,
  voice: Voice,
  links: Links,
): readonly Neighbour[] {
  return [
    ...(before ? [{ href: links.run(before.id), text: voice.say(say('page.previous', { run: before.title })) }] : []),
    ...(after ? [{ href: links.run(after.id), text: voice.say(say('page.following', { run: after.title })) }] : []),
  ];
}

function headOf({ analysed, options, generator }: ReportJob, form: Form, voice: Voice): ReportHead {
  const { runs } = analysed;
  const title = options.title ?? analysed.title;
  const files = runs.reduce((sum, { sources }) => sum + sources.length, 0);
  return {
    lang: voice.lang,
    title: title === undefined ? voice.say(say('page.title', { runs: runs.length })) : visibleLine(title),
    recorded: recordedOf(extent(runs), voice),
    inputs: voice.say(say('page.inputs', { runs: runs.length, files })),
    generator: voice.say(say('page.generator', { ...generator })),
    paper: options.paper,
    onPaper: form === 'print',
  };
}

/** First to last event of all runs. */
function extent(runs: readonly RunAnalysis[]): Pick<RunAnalysis, 'from' | 'to'> {
  const times = runs.flatMap(({ from, to }) => (from === undefined || to === undefined ? [] : [from, to]));
  if (times.length === 0) return {};
  return { from: Math.min(...times), to: Math.max(...times) };
}

/** Enough for a preview; longer ones are cut by whoever shows them. */
const SENTENCES_IN_DESCRIPTION = 3;

function descriptionOf(runs: readonly RunAnalysis[], voice: Voice): string {
  const sentences = runs
    .slice(0, SENTENCES_IN_DESCRIPTION)
    .map(({ title, summary }) => `${visibleLine(title)}: ${voice.say(summary)}`);
  return voice.say(say('page.description', { sentences }));
}
