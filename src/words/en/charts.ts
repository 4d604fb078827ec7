import type { ChartIds } from '../ids/charts.js';
import type { Area } from '../words.js';

export const charts: Area<ChartIds> = {
  'chart.none': () => '',
};
