import type { Chart } from './chart.js';
import { distribution } from './distribution.js';
import { flow } from './flow.js';
import { lanes } from './lanes.js';
import { responseTimes } from './response-times.js';
import { timeline } from './timeline.js';

/** The charts of a run's page, in their order. */
export const charts = [timeline, lanes, flow, responseTimes, distribution] as const satisfies readonly Chart[];
