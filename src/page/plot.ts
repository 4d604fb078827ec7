import type { Span } from './span.js';
import { expressionInterpreter, parse, View } from './vega.js';

/** What Vega knows of the thing under the pointer: names and values. */
export type Tip = Readonly<Record<string, unknown>>;

/** A chart drawn by Vega, whose time can be moved and pointed at: by its reader, and from outside. */
export interface Plot {
  /** What the whole chart spans, s. */
  readonly whole: Span;
  show(span: Span, at: number | null): void;
  onSpan(told: (span: Span) => void): void;
  onPoint(told: (at: number | null) => void): void;
  onTip(told: (tip: Tip | undefined, event: PointerEvent) => void): void;
}

/** Draws the chart into `host`. Expressions are interpreted, not compiled: the page's policy allows no `eval`. */
export async function drawPlot(host: HTMLElement, spec: object): Promise<Plot> {
  const view = new View(parse(spec, undefined, { ast: true }), {
    expr: expressionInterpreter,
    renderer: 'svg',
    container: host,
    hover: false,
  });
  let tell: (tip: Tip | undefined, event: PointerEvent) => void = () => undefined;
  view.tooltip((_, event, _item, value) =>
    tell(value && typeof value === 'object' ? (value as Tip) : undefined, event),
  );
  await view.runAsync();
  return {
    whole: view.signal('domain') as Span,
    show: (span, at) => {
      view.signal('domain', span).signal('pointed', at).run();
    },
    onSpan: (told) => view.addSignalListener('domain', (_, span) => told(span as Span)),
    onPoint: (told) => view.addSignalListener('pointed', (_, at) => told(at as number | null)),
    onTip: (told) => {
      tell = told;
    },
  };
}
