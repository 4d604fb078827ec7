/** Titles, axes, labels, captions and text alternatives of the charts. */
export interface ChartIds {
  'chart.none': Record<string, never>;
}
