import type { Chart } from './chart.js';
import { timeline } from './timeline.js';

/** The charts of a run's page, in their order. */
export const charts = [timeline] as const satisfies readonly Chart[];
