/*! Contains Vega and Vega-Lite (https://vega.github.io, BSD-3-Clause, University of Washington Interactive Data Lab) and D3 (https://d3js.org, ISC, Mike Bostock). */
// The build makes one file of this: to find and load the forty modules behind it takes longer than to draw a chart.
export { Error as ERRORS_ONLY, logger, parse, type Spec, View } from 'vega';
export { compile } from 'vega-lite';

import * as vega from 'vega';

type Measure = (item: { readonly fontSize?: number; readonly fontWeight?: unknown }, text: unknown) => number;

/** How Vega finds out how wide a text is; it exports it and its types do not say so. */
export const { textMetrics } = vega as unknown as { textMetrics: { width: Measure } };
