import type { Chart } from './chart.js';
import { flow } from './flow.js';
import { lanes } from './lanes.js';
import { timeline } from './timeline.js';

/** The charts of a run's page, in their order. */
export const charts = [timeline, lanes, flow] as const satisfies readonly Chart[];
