import type { Analysed } from '../../model/comparison.js';
import type { Figure, LanguageId, ReportJob } from '../../model/report.js';
import type { RunAnalysis } from '../../model/run-analysis.js';
import { comparisonFigures, runFigures } from '../figures.js';
import { slugsOf } from './links.js';
import { visibleLine } from './visible.js';
import { voiceOf } from './voice.js';

/** All charts of a report. */
export interface Drawn {
  /** The small multiples by run. */
  readonly comparison: ReadonlyMap<string, Figure>;
  /** The charts of each run's page. */
  readonly runs: ReadonlyMap<string, readonly Figure[]>;
}

/** For outputs that show none. */
export const NO_FIGURES: Drawn = { comparison: new Map(), runs: new Map() };

/** Several outputs show the same charts; drawing them is the slowest part of a build. */
const drawn = new WeakMap<Analysed, Map<LanguageId, Promise<Drawn>>>();

/** The charts of a report, drawn once for each language. */
export function drawnFigures({ analysed, options }: ReportJob): Promise<Drawn> {
  const byLanguage = drawn.get(analysed) ?? new Map<LanguageId, Promise<Drawn>>();
  drawn.set(analysed, byLanguage);
  const figures = byLanguage.get(options.lang) ?? drawAll(analysed, options.lang);
  byLanguage.set(options.lang, figures);
  return figures;
}

async function drawAll(analysed: Analysed, lang: LanguageId): Promise<Drawn> {
  const { say } = voiceOf(lang);
  const slugs = slugsOf(analysed.runs);
  const named = { ...analysed, runs: analysed.runs.map((run) => fitToDraw(run, slugs.get(run.id)!)) };
  const runs = new Map<string, readonly Figure[]>();
  for (const [i, run] of named.runs.entries()) {
    runs.set(analysed.runs[i]!.id, await runFigures(run, say));
  }
  const multiples = await comparisonFigures(named, say);
  const comparison = new Map(
    analysed.runs.flatMap(({ id }) => {
      const figure = multiples.get(slugs.get(id)!);
      return figure ? [[id, figure] as const] : [];
    }),
  );
  return { comparison, runs };
}

/** Charts name their parts after the run: as an element's id, only its folder's name is fit. Recorded text is made visible. */
function fitToDraw(run: RunAnalysis, slug: string): RunAnalysis {
  const { lanes } = run;
  return {
    ...run,
    id: slug,
    title: visibleLine(run.title),
    ...(lanes
      ? { lanes: { ...lanes, lanes: lanes.lanes.map((lane) => ({ ...lane, label: visibleLine(lane.label) })) } }
      : {}),
  };
}
