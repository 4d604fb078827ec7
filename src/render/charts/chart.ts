import type { TopLevelSpec } from 'vega-lite';
import type { Message } from '../../model/message.js';
import type { Figure, Readout } from '../../model/report.js';
import type { RunAnalysis } from '../../model/run-analysis.js';
import type { Speak } from '../../words/words.js';

/** How wide a drawing is, and for whom: as an image, or as the one that the reader's browser makes. */
export interface Frame {
  /** px */
  readonly width: number;
  /** Time can be zoomed and panned: what stands at a time is tied to it, and cut at the plot's edges. */
  readonly interactive: boolean;
}

/** A chart at one width. */
export interface Drawing {
  readonly spec: TopLevelSpec;
  /** px, margins included. */
  readonly width: number;
  readonly height: number;
  /** Where each of the specification's views stands, px: charts place their parts themselves. */
  readonly places: readonly { readonly x: number; readonly y: number }[];
  /** What the axis along the width spans. */
  readonly domain: readonly [number, number];
}

/** A chart of one run, before it has a width. */
export interface Plot {
  /** The finding. */
  readonly title: Message;
  readonly caption?: Message;
  /** What it shows, for those who do not see it. */
  readonly summary: Message;
  readonly table: Figure['table'];
  /** Whether the reader's browser gets it as a chart with zoom, pan and tooltips. */
  readonly interactive: boolean;
  /** The counts that are told at the time that the reader points at. */
  readonly readout?: readonly Readout[];
  draw(frame: Frame): Drawing;
}

/** One kind of chart. A plug-in is an object; `plot` is `undefined` where the run does not tell what it would show. */
export interface Chart {
  readonly id: string;
  plot(run: RunAnalysis, speak: Speak): Plot | undefined;
}
