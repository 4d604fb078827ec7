/*! Contains parts of Vega (https://vega.github.io, BSD-3-Clause, University of Washington Interactive Data Lab) and D3 (https://d3js.org, ISC, Mike Bostock). */
import { transforms } from 'vega-dataflow';
import * as encodings from 'vega-encode';
import * as basics from 'vega-transforms';
import { extend } from 'vega-util';
import * as views from 'vega-view-transforms';

// Vega without its maps, trees, forces, words and statistics: what the charts use.
extend(transforms, basics, views, encodings);

export { expressionInterpreter } from 'vega-interpreter';
export { parse } from 'vega-parser';
export { View } from 'vega-view';
