import type { Drawing } from './charts/chart.js';
import { textWidth } from './charts/text-width.js';
import { FONT, ink, TEXT_PX } from './charts/theme.js';
import { interactiveSpec } from './drawing/interactive.js';
import { mergeMarks } from './drawing/merge.js';
import { addClasses, ownIds } from './drawing/paint.js';
import { tidy } from './drawing/tidy.js';
import { type Node, parseTree, writeTree } from './drawing/tree.js';
import { compile, ERRORS_ONLY, logger, parse, type Spec, textMetrics, View } from './vega.js';

/** What a drawing is called for those who do not see it. */
export interface Naming {
  /** Prefix of all ids in it; unique on its page. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
}

/** Widths come from a table of the embedded font, so that a `canvas` package that happens to be installed changes nothing. */
function measureWithTable(): void {
  textMetrics.width = (item, text) =>
    textWidth(String(text ?? ''), item.fontSize ?? TEXT_PX, item.fontWeight === 600 ? 600 : 400);
}

/** Compiles a chart; its views stand where the chart puts them, not where Vega would. */
export function compileChart({ spec, places }: Drawing): Spec {
  const { layout: _, ...compiled } = compile(spec, { logger: logger(ERRORS_ONLY) }).spec;
  const groups = (compiled.marks ?? []).filter(({ type }) => type === 'group');
  for (const [i, group] of groups.entries()) {
    const { x, y } = places[i]!;
    Object.assign(group.encode!.update!, { x: { value: x }, y: { value: y } });
  }
  return compiled;
}

/** Draws a chart as an `<svg>` element that is safe in any page: no script, no style, no link, its ids its own. */
export async function drawSvg(drawing: Drawing, naming: Naming): Promise<string> {
  measureWithTable();
  const view = new View(parse(compileChart(drawing)), { renderer: 'none', logLevel: ERRORS_ONLY });
  const root = parseTree(await view.toSVG());
  view.finalize();
  root.children = root.children.filter(({ name }) => name !== 'rect');
  tidy(root);
  mergeMarks(root);
  ownIds(root, naming.id);
  return writeTree(framed(root, drawing, naming));
}

/** The chart for the reader's browser. */
export function drawInteractive(drawing: Drawing): object {
  const { domain, width, height, places } = drawing;
  return interactiveSpec(compileChart(drawing), { domain, width, height, left: places[0]!.x });
}

function framed({ children }: Node, { width, height }: Drawing, { id, title, description }: Naming): Node {
  const [w, h] = [String(Math.ceil(width)), String(Math.ceil(height))];
  const node = (name: string, attrs: Record<string, string>, text = ''): Node => ({ name, attrs, children: [], text });
  const svg: Node = {
    name: 'svg',
    attrs: {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${w} ${h}`,
      width: w,
      height: h,
      role: 'img',
      'aria-labelledby': `${id}-t ${id}-d`,
      fill: 'none',
      'font-family': `${FONT}, Noto Sans Variable, Noto Sans SC Variable, sans-serif`,
      'font-size': String(TEXT_PX),
    },
    children: [
      node('title', { id: `${id}-t` }, title),
      node('desc', { id: `${id}-d` }, description),
      node('path', { d: `M0,0h${w}v${h}h-${w}Z`, fill: ink('paper') }),
      ...children,
    ],
    text: '',
  };
  addClasses(svg);
  return svg;
}
