import type { Analysed } from '../model/comparison.js';
import type { Figure } from '../model/report.js';
import type { RunAnalysis } from '../model/run-analysis.js';
import type { Speak } from '../words/words.js';
import type { Plot } from './charts/chart.js';
import { charts } from './charts/index.js';
import { commonScales, multiple } from './charts/multiple.js';
import { NARROW_PX, WIDE_PX } from './charts/theme.js';
import { drawInteractive, drawSvg } from './draw.js';

/** The charts of a run's page in their order; those that the run does not tell are left out. */
export async function runFigures(run: RunAnalysis, speak: Speak): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const chart of charts) {
    const plot = chart.plot(run, speak);
    if (plot) figures.push(await figureOf(chart.id, `${run.id}-${chart.id}`, plot, speak));
  }
  return figures;
}

/** The small multiple of each run by its id, on common scales. */
export async function comparisonFigures({ runs }: Analysed, speak: Speak): Promise<ReadonlyMap<string, Figure>> {
  const scales = commonScales(runs);
  const figures = new Map<string, Figure>();
  for (const run of runs) {
    figures.set(
      run.id,
      await figureOf(`multiple-${run.id}`, `${run.id}-multiple`, multiple(run, scales, speak), speak),
    );
  }
  return figures;
}

async function figureOf(id: string, prefix: string, plot: Plot, speak: Speak): Promise<Figure> {
  const title = speak(plot.title);
  const summary = speak(plot.summary);
  const draw = (width: number, own: string) =>
    drawSvg(plot.draw({ width, interactive: false }), { id: own, title, description: summary });
  return {
    id,
    title,
    ...(plot.caption ? { caption: speak(plot.caption) } : {}),
    summary,
    svg: await draw(WIDE_PX, prefix),
    svgNarrow: await draw(NARROW_PX, `${prefix}-n`),
    table: plot.table,
    ...(plot.interactive ? { interactive: drawInteractive(plot.draw({ width: WIDE_PX, interactive: true })) } : {}),
    ...(plot.readout ? { readout: plot.readout } : {}),
  };
}
