import type { Analysed } from './comparison.js';

/** The outputs that `--format` can name. */
export const OUTPUT_IDS = ['html', 'pdf', 'json', 'md'] as const;
export type OutputId = (typeof OUTPUT_IDS)[number];

export const LANGUAGE_IDS = ['en', 'zh-CN'] as const;
export type LanguageId = (typeof LANGUAGE_IDS)[number];

export const PAPERS = ['A4', 'Letter'] as const;
export type Paper = (typeof PAPERS)[number];

/** What the command line says of the report to be written. */
export interface ReportOptions {
  readonly formats: readonly OutputId[];
  readonly title?: string;
  readonly lang: LanguageId;
  readonly paper: Paper;
  /** Everything in one HTML file. */
  readonly singleFile: boolean;
  /** Client addresses numbered, query values other than the request id hidden. */
  readonly redact: boolean;
  /** Path of the browser that prints the PDF. */
  readonly browser?: string;
}

/** A column of a chart's data. */
export interface FigureColumn {
  readonly title: string;
  readonly unit?: string;
  readonly numeric: boolean;
}

/** A count of a chart that can be read at any time. */
export interface Readout {
  readonly name: string;
  /** `steps` hold until the next, `points` are looks near that time. */
  readonly kind: 'steps' | 'points';
  /** s: how far from a point its count is told. */
  readonly reach?: number;
  /** s, on the chart's axis. */
  readonly t: readonly number[];
  readonly v: readonly number[];
}

/** A chart ready to be put on a page, in the report's language. */
export interface Figure {
  /** The chart's id; unique on its page, usable as an anchor and a file name. */
  readonly id: string;
  /** The finding that the chart shows. */
  readonly title: string;
  /** How to read it, for charts that are not common. */
  readonly caption?: string;
  /** What it shows, for those who do not see it. */
  readonly summary: string;
  /**
   * A complete `<svg>` element: viewBox, no script, no style, colours as presentation attributes (light theme) and as classes
   * that a style sheet may override. Safe to be put into a page as it is. 720 px wide: its smallest text is 12 px there and
   * 8 pt on 170 mm of paper.
   */
  readonly svg: string;
  /** The same chart drawn for a phone, 340 px wide, with text of the same size. Show one of the two; ids do not clash. */
  readonly svgNarrow: string;
  /** The drawn data. Shown in part as a table, whole as CSV. */
  readonly table: {
    readonly columns: readonly FigureColumn[];
    readonly rows: readonly (readonly (string | number)[])[];
  };
  /**
   * The compiled Vega specification with its data, for the reader's browser; absent where the chart stays an image. As wide
   * and high as `svg`. Signals that can be heard and set from outside: `domain` ([from, to], s since the first request, what is
   * shown; wheel, drag and double click change it) and `pointed` (s, or null; the time under the pointer). Tooltips are objects
   * of names and values. Colours are custom properties (`--c-…`), so that it needs the charts' style sheet.
   */
  readonly interactive?: object;
  /** What is told in words at the time that the reader points at. */
  readonly readout?: readonly Readout[];
}

/** One file of the report, path relative to the output folder, with `/`. */
export interface OutputFile {
  readonly path: string;
  readonly content: string | Uint8Array;
}

/** What an output is made from. */
export interface ReportJob {
  readonly analysed: Analysed;
  readonly options: ReportOptions;
  readonly generator: { readonly name: string; readonly version: string };
}
