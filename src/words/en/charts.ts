import type { ChartIds } from '../ids/charts.js';
import type { Area, Wording } from '../words.js';

const OUTCOMES: Readonly<Record<string, string>> = {
  succeeded: 'succeeded',
  refused: 'refused',
  reset: 'reset',
  'connect-timeout': 'connect timeout',
  'read-timeout': 'read timeout',
  'http-429': 'HTTP 429',
  'http-503': 'HTTP 503',
  'server-error': 'server error',
  other: 'other failure',
  abandoned: 'given up by the client',
};

const WHERE: Readonly<Record<string, string>> = {
  kernel: 'in the kernel’s queue',
  server: 'inside the server',
  both: 'in the kernel and inside the server',
};

const SERIES: Readonly<Record<string, string>> = {
  sent: 'sent',
  failed: 'failed',
  'in-flight': 'sent and not yet answered',
  'in-service': 'in service',
  'waiting-kernel': 'waiting in the kernel',
  'waiting-server': 'waiting inside the server',
  waiting: 'sent and not begun',
  established: 'ESTABLISHED',
  'not-connected': 'SYN, not yet connected',
  'turned-away': 'turned away, so far',
  arrivals: 'sent, so far',
  starts: 'begun, so far',
  completions: 'finished, so far',
};

/** Names in small charts. */
const SHORT: Readonly<Record<string, string>> = {
  'in-service': 'in service',
  'in-flight': 'sent, not answered',
  waiting: 'sent and not begun',
  'waiting-anywhere': 'waiting',
  'waiting-kernel': 'in the kernel',
  'waiting-server': 'in the server',
  'turned-away': 'turned away',
};

const outcome = (name: string) => OUTCOMES[name] ?? name;

const bounded = (bound: string, n: string) =>
  bound === 'exact' ? `exactly ${n}` : bound === 'at-least' ? `at least ${n}` : `about ${n}`;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The width of a bin of time: `500 ms`, `s`, `2 min`. */
function bin(ms: number, w: Wording): string {
  if (ms === 1000) return 'second';
  if (ms % HOUR === 0) return ms === HOUR ? 'hour' : `${w.number(ms / HOUR)} h`;
  if (ms % MINUTE === 0) return ms === MINUTE ? 'minute' : `${w.number(ms / MINUTE)} min`;
  return ms > 1000 ? `${w.number(ms / 1000)} s` : `${w.number(ms, 3)} ms`;
}

const UNITS: Readonly<Record<string, readonly [one: string, many: string]>> = {
  thread: ['thread', 'threads'],
  process: ['process', 'processes'],
  coroutine: ['coroutine', 'coroutines'],
};

const unitOf = (unit: string | undefined) => UNITS[unit ?? ''] ?? (['worker', 'workers'] as const);

/** A response time in the unit of its axis. */
function time(ms: number, w: Wording): string {
  if (ms < 1000) return w.duration(ms);
  return `${w.number(ms / 1000, ms < 10_000 ? 2 : 1)} s`;
}

/** What a request between two lines of the cumulative chart does. */
const between = (upper: string, lower: string) =>
  upper === 'sent' && lower === 'begun'
    ? 'waiting to begin'
    : upper === 'begun'
      ? 'in service'
      : 'sent and not finished';

/** A time on the axis; milliseconds where they can be seen. */
const at = (s: number, w: Wording) => `${w.number(s, s < 10 ? 3 : s < 100 ? 2 : 1)} s`;

const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** As exactly as a mark's place can be seen on the time axis. */
const seenAt = (s: number, w: Wording) => `${w.number(s, s < 1 ? 2 : s < 100 ? 1 : 0)} s`;

const upTo = (name: string, max: number, w: Wording) => `${name}, ${max === 0 ? 'none' : `up to ${w.number(max)}`}`;

export const charts: Area<ChartIds> = {
  'chart.axis.seconds': () => 'seconds since the first request',
  'chart.axis.zero': ({ utc }) => `0 s is ${utc}`,
  'chart.column.seconds': () => 'since the first request',
  'chart.column.from': () => 'from',
  'chart.column.until': () => 'until',
  'chart.column.series': () => 'what',
  'chart.column.count': () => 'count',
  'chart.column.worker': () => 'worker',
  'chart.column.outcome': () => 'outcome',
  'chart.column.responseTime': () => 'response time',
  'chart.column.requests': () => 'requests',
  'chart.unit.seconds': () => 's',
  'chart.unit.milliseconds': () => 'ms',
  'chart.unit.requests': () => 'requests',

  'chart.series': ({ series, binMs }, w) =>
    `${SERIES[series] ?? outcome(series)}${binMs === undefined ? '' : ` per ${bin(binMs, w)}`}`,

  'chart.key.sent': ({ binMs }, w) => `Requests sent per ${bin(binMs, w)}`,
  'chart.key.inService': ({ max }, w) => upTo('In service', max, w),
  'chart.key.inFlight': ({ max }, w) => upTo('Sent and not yet answered', max, w),
  'chart.key.waiting': () => 'Waiting',
  'chart.key.waitingKernel': ({ max }, w) => upTo('in the kernel', max, w),
  'chart.key.waitingServer': ({ max }, w) => upTo('inside the server', max, w),
  'chart.key.waitingAnywhere': ({ max }, w) => upTo('sent and not begun', max, w),
  'chart.key.connections': () => 'Connections',
  'chart.key.established': ({ max }, w) => upTo('ESTABLISHED', max, w),
  'chart.key.notConnected': ({ max }, w) => upTo('SYN, not yet connected', max, w),
  'chart.key.workers': ({ workers }, w) =>
    workers === 1 ? 'The worker' : `${w.number(workers)} workers, in the order of their first requests`,
  'chart.key.soFar': ({ series, n }, w) =>
    `${sentence((SERIES[series] ?? series).replace(', so far', ''))} ${w.number(n)}`,
  'chart.key.kept': () => 'sent, less those turned away',
  'chart.key.responseTime': ({ unit }) => `Response time, ${unit}`,
  'chart.key.requestsPerBin': ({ binMs }, w) => `Succeeded requests per ${bin(binMs, w)} of response time`,
  'chart.key.short': ({ what, n }, w) => `${SHORT[what] ?? what} ${w.number(n)}`,
  'chart.key.unknown': ({ what }) => `${SHORT[what] ?? what}: not recorded`,
  'chart.key.turnedAway': ({ max }, w) => (max === 0 ? 'None turned away' : `Turned away, ${w.number(max)} in all`),
  'chart.key.outcome': ({ outcome: name, n }, w) => `${outcome(name)} ${w.number(n)}`,
  'chart.key.succeeded': ({ n }, w) => `answered ${w.number(n)}`,
  'chart.key.failed': ({ n }, w) => `failed ${w.number(n)}`,
  'chart.key.abandoned': ({ n }, w) => `given up by the client ${w.number(n)}`,

  'chart.limit': ({ bound, n }, w) =>
    bound === 'at-least' ? `${w.number(n)} reached, no limit seen` : `limit: ${bounded(bound, w.number(n))}`,
  'chart.backlog': ({ bound, n }, w) =>
    bound === 'exact' ? `full at ${w.number(n)}` : `${bounded(bound, w.number(n))} waiting`,
  'chart.mark': ({ mark, at: from, until, outcome: name }, w) => {
    if (mark === 'saturated') {
      return until === undefined
        ? `saturated from ${seenAt(from, w)}`
        : `saturated ${seenAt(from, w)} to ${seenAt(until, w)}`;
    }
    if (mark === 'overload-onset') return `first ${outcome(name ?? 'other')} at ${seenAt(from, w)}`;
    return mark === 'server-died' ? `server died at ${seenAt(from, w)}` : `server log ends at ${seenAt(from, w)}`;
  },

  'chart.timeline.title': ({ bound, max, waiting, where, outcome: name, turnedAway }, w) => {
    const served =
      max === undefined || bound === 'unknown'
        ? 'the run over time'
        : bound === 'at-least'
          ? `${w.count(max, 'request', 'requests')} in service at once, and no limit in sight`
          : `${bounded(bound, w.count(max, 'request', 'requests'))} in service at once`;
    const queue =
      waiting === undefined || waiting === 0
        ? []
        : [`up to ${w.number(waiting)} waiting${WHERE[where] ? ` ${WHERE[where]}` : ''}`];
    const away = OUTCOMES[name] && turnedAway ? [`${w.number(turnedAway)} turned away (${outcome(name)})`] : [];
    return sentence([served, ...queue, ...away].join('; '));
  },
  'chart.timeline.caption': () =>
    'All panels share the time axis. Lines and steps are counted from events and hold in between; points and columns are snapshots, seen at that moment only.',
  'chart.timeline.summary': ({ durationS, parts }, w) =>
    `${w.number(durationS, 3)} s from the first request to the end. ${parts.map((part) => w.text(part)).join(' ')}`,
  'chart.timeline.part': ({ series, at: from }, w) => `${sentence(w.text(series))}, first at ${at(from, w)}.`,
  'chart.timeline.sent': ({ sent, failed }, w) =>
    `${w.count(sent, 'request', 'requests')} sent, ${w.number(failed)} failed.`,

  'chart.lanes.title': ({ pattern, unit, workers, min, max, recycledAfter }, w) => {
    const [one, many] = unitOf(unit);
    const each =
      min === undefined || max === undefined
        ? ''
        : min === max
          ? ` ${w.number(max)}`
          : ` ${w.number(min)} to ${w.number(max)}`;
    switch (pattern) {
      case 'per-request':
        return `A new ${one} for every request: ${w.count(workers, one, many)}, none serves twice`;
      case 'reused':
        return `${sentence(w.count(workers, one, many))} take turns${each === '' ? '' : `: each serves${each} requests`}`;
      case 'recycled':
        return `${sentence(many)} are replaced${recycledAfter === undefined ? '' : ` after ${w.count(recycledAfter, 'request', 'requests')}`}: ${w.number(workers)} in all`;
      case 'single':
        return `A single ${one} serves one request after another`;
      case 'event-loop':
        return workers === 1
          ? 'One event loop has many requests in service at once'
          : `${w.number(workers)} event loops have many requests in service at once`;
      case 'inconclusive':
        return `${sentence(w.count(workers, one, many))}, and no chance to serve again`;
      default:
        return `Who served which request: ${w.count(workers, one, many)}`;
    }
  },
  'chart.lanes.caption': ({ drawn, workers, several }, w) =>
    [
      'Each bar is a request, on the lane of the worker that served it. A staircase with one bar to a lane is a new worker for every request; full lanes are workers used again.',
      ...(several ? ['A worker with several requests at once has several rows.'] : []),
      ...(drawn < workers
        ? [
            `Of ${w.number(workers)} workers ${w.number(drawn)} are drawn, at even distances; the first and the last are among them.`,
          ]
        : []),
    ].join(' '),
  'chart.lanes.summary': ({ workers, drawn, requests, least, most, unit }, w) => {
    const [one, many] = unitOf(unit);
    const each = least === most ? w.number(most) : `${w.number(least)} to ${w.number(most)}`;
    return `${w.count(workers, one, many)}${drawn < workers ? `, ${w.number(drawn)} of them drawn` : ''}; ${w.count(requests, 'request', 'requests')} on their lanes, ${each} on each.`;
  },

  'chart.flow.title': ({ gap, upper, lower }, w) =>
    gap === 0
      ? `No request is ever ${between(upper, lower)}`
      : `At most ${w.count(gap, 'request is', 'requests are')} ${between(upper, lower)}`,
  'chart.flow.caption': ({ upper, lower, turnedAway }) => {
    const [many, long] =
      upper === 'sent' && lower === 'begun'
        ? ['how many wait', 'how long']
        : ['how many are there', 'how long they stay'];
    const along = turnedAway
      ? '. Requests that were turned away leave at the dashed line.'
      : `, the gap along is ${long}.`;
    return `Counted from the first request on. The gap upwards between two lines is ${many}${along}`;
  },
  'chart.flow.gap': ({ gap, upper, lower }, w) => `${w.number(gap)} ${between(upper, lower)}`,
  'chart.flow.wait': ({ waitS, upper, lower }, w) =>
    `${upper === 'sent' && lower === 'begun' ? 'waits' : 'takes'} ${w.duration(waitS * 1000)}`,
  'chart.flow.summary': ({ upper, lower, gap, at: from, sent, begun, ended }, w) => {
    const counts = [
      ...(sent === undefined ? [] : [`${w.number(sent)} sent`]),
      ...(begun === undefined ? [] : [`${w.number(begun)} begun`]),
      ...(ended === undefined ? [] : [`${w.number(ended)} finished`]),
    ];
    return `In all ${w.list(counts)}. ${sentence(between(upper, lower))} at most: ${w.number(gap)}, at ${at(from, w)}.`;
  },

  'chart.responses.title': ({ p50, max, failed }, w) => {
    const away = failed === 0 ? [] : [`${w.number(failed)} requests failed`];
    const answers =
      p50 === undefined || max === undefined
        ? ['no request succeeded']
        : p50 === max
          ? [`every answer took ${time(max, w)}`]
          : [`half of the answers took up to ${time(p50, w)}, the slowest ${time(max, w)}`];
    return sentence([...answers, ...away].join('; '));
  },
  'chart.responses.caption': ({ drawn, of }, w) =>
    `Each mark is a request at the time when it was sent; its shape tells how it ended.${
      drawn < of
        ? ` Of ${w.number(of)} requests ${w.number(drawn)} are drawn: the quickest and the slowest of each stretch.`
        : ''
    }`,
  'chart.responses.summary': ({ p50, max, counts }, w) => {
    const times = p50 === undefined || max === undefined ? '' : ` Median ${time(p50, w)}, longest ${time(max, w)}.`;
    return `${sentence(w.list(counts.map((one) => w.text(one))))}.${times}`;
  },

  'chart.distribution.title': ({ p50, p95, p99 }, w) =>
    p50 === p99
      ? `Nearly every answer took ${time(p50, w)}`
      : time(p95, w) === time(p99, w)
        ? `Half of the answers took up to ${time(p50, w)}, 99 in 100 up to ${time(p99, w)}`
        : `Half of the answers took up to ${time(p50, w)}, 95 in 100 up to ${time(p95, w)}, 99 in 100 up to ${time(p99, w)}`,
  'chart.distribution.caption': ({ intervals }) =>
    `Succeeded requests by response time.${intervals ? ' The bars across the rules are 95 % confidence intervals.' : ''}`,
  'chart.distribution.quantile': ({ name, ms, low, high }, w) =>
    low === undefined || high === undefined
      ? `${name} ${time(ms, w)}`
      : `${name} ${time(ms, w)} (${time(low, w)} to ${time(high, w)})`,
  'chart.distribution.summary': ({ count, min, max, mean }, w) =>
    `${w.count(count, 'succeeded request', 'succeeded requests')}: from ${time(min, w)} to ${time(max, w)}, ${time(mean, w)} on average.`,
  'chart.axis.responseTime': ({ unit }) => `response time, ${unit}`,

  'chart.multiple.title': ({ run }) => run,
  'chart.multiple.caption': () => 'All runs have the same time axis, and each column the same scale.',
  'chart.multiple.summary': ({ inService, waiting, turnedAway }, w) => {
    const part = (n: number | undefined, what: string) =>
      n === undefined ? `${what} unknown` : `${what} ${w.number(n)}`;
    return `${sentence(part(inService, 'in service at most'))}; ${part(waiting, 'waiting at most')}; ${part(turnedAway, 'turned away')}.`;
  },
};
