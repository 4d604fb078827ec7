import type { Message } from '../../model/message.js';

type None = Record<string, never>;

/** Titles, axes, labels, captions and text alternatives of the charts. Times are seconds since the first request. */
export interface ChartIds {
  // Axes.
  'chart.axis.seconds': None;
  'chart.axis.zero': { utc: string };
  'chart.column.seconds': None;
  'chart.column.from': None;
  'chart.column.until': None;
  'chart.column.series': None;
  'chart.column.count': None;
  'chart.column.worker': None;
  'chart.column.outcome': None;
  'chart.column.responseTime': None;
  'chart.column.requests': None;
  'chart.unit.seconds': None;
  'chart.unit.milliseconds': None;
  'chart.unit.requests': None;

  /** What a row of a table counts: a series, or an outcome within bins of `binMs`. */
  'chart.series': { series: string; binMs: number | undefined };

  // Names beside the data; `max` is the highest count.
  'chart.key.sent': { binMs: number };
  'chart.key.inService': { max: number };
  'chart.key.inFlight': { max: number };
  'chart.key.waiting': None;
  'chart.key.waitingKernel': { max: number };
  'chart.key.waitingServer': { max: number };
  'chart.key.waitingAnywhere': { max: number };
  'chart.key.established': { max: number };
  'chart.key.notConnected': { max: number };
  'chart.key.connections': None;
  'chart.key.workers': { workers: number };
  /** A cumulative series with its last value. */
  'chart.key.soFar': { series: string; n: number };
  'chart.key.kept': None;
  'chart.key.responseTime': { unit: 's' | 'ms' };
  'chart.key.requestsPerBin': { binMs: number };
  'chart.key.short': { what: string; n: number };
  'chart.key.unknown': { what: string };
  'chart.key.turnedAway': { max: number };
  'chart.key.outcome': { outcome: string; n: number };
  'chart.key.failed': { n: number };
  'chart.key.abandoned': { n: number };
  'chart.key.succeeded': { n: number };

  // Labels within charts.
  'chart.limit': { bound: string; n: number };
  'chart.backlog': { bound: string; n: number };
  'chart.mark': { mark: string; at: number; until: number | undefined; outcome: string | undefined };

  // The run over time.
  'chart.timeline.title': {
    bound: string;
    max: number | undefined;
    waiting: number | undefined;
    where: string;
    outcome: string;
    turnedAway: number | undefined;
  };
  'chart.timeline.caption': None;
  'chart.timeline.summary': { durationS: number; parts: readonly Message[] };
  'chart.timeline.part': { series: Message; at: number };
  'chart.timeline.sent': { sent: number; failed: number };

  // Worker lanes.
  'chart.lanes.title': {
    pattern: string;
    unit: string | undefined;
    workers: number;
    min: number | undefined;
    max: number | undefined;
    recycledAfter: number | undefined;
  };
  'chart.lanes.caption': { drawn: number; workers: number; several: boolean };
  'chart.lanes.summary': {
    workers: number;
    drawn: number;
    requests: number;
    least: number;
    most: number;
    unit: string | undefined;
  };

  // Cumulative counts; `upper` and `lower` are the lines (sent, begun, ended) between which the gap is.
  'chart.flow.title': { gap: number; upper: string; lower: string };
  'chart.flow.caption': { upper: string; lower: string; turnedAway: boolean };
  'chart.flow.gap': { gap: number; upper: string; lower: string };
  'chart.flow.wait': { waitS: number; upper: string; lower: string; n: number };
  'chart.flow.summary': {
    upper: string;
    lower: string;
    gap: number;
    at: number;
    sent: number | undefined;
    begun: number | undefined;
    ended: number | undefined;
  };

  // Response times, ms.
  'chart.responses.title': { p50: number | undefined; max: number | undefined; failed: number };
  'chart.responses.caption': { drawn: number; of: number };
  'chart.responses.summary': {
    p50: number | undefined;
    max: number | undefined;
    counts: readonly Message[];
  };

  // Distribution of the response times of the succeeded requests, ms.
  'chart.distribution.title': { p50: number; p95: number; p99: number };
  'chart.distribution.caption': { intervals: boolean };
  'chart.distribution.quantile': { name: string; ms: number; low: number | undefined; high: number | undefined };
  'chart.distribution.summary': { count: number; min: number; max: number; mean: number };
  'chart.axis.responseTime': { unit: 's' | 'ms' };

  // A run among others.
  'chart.multiple.title': { run: string };
  'chart.multiple.caption': None;
  'chart.multiple.summary': {
    inService: number | undefined;
    waiting: number | undefined;
    turnedAway: number | undefined;
  };
}
