import type { ChartIds } from '../ids/charts.js';
import type { Area, Wording } from '../words.js';

const OUTCOMES: Readonly<Record<string, string>> = {
  succeeded: '成功',
  refused: '连接被拒绝',
  reset: '连接被重置',
  'connect-timeout': '连接超时',
  'read-timeout': '读取超时',
  'http-429': 'HTTP 429',
  'http-503': 'HTTP 503',
  'server-error': '服务器错误',
  other: '其他失败',
  abandoned: '客户端放弃',
};

const WHERE: Readonly<Record<string, string>> = {
  kernel: '在内核队列中',
  server: '在服务器内部',
  both: '在内核和服务器内部',
};

const SERIES: Readonly<Record<string, string>> = {
  sent: '发送',
  failed: '失败',
  'in-flight': '已发送、未应答',
  'in-service': '处理中',
  'waiting-kernel': '在内核等待',
  'waiting-server': '在服务器内部等待',
  waiting: '已发送、未开始',
  established: 'ESTABLISHED',
  'not-connected': 'SYN，尚未连接',
  'turned-away': '累计被拒绝',
  arrivals: '累计发送',
  starts: '累计开始',
  completions: '累计结束',
};

/** Names in small charts. */
const SHORT: Readonly<Record<string, string>> = {
  'in-service': '处理中',
  'in-flight': '已发送、未应答',
  waiting: '等待',
  'waiting-anywhere': '等待',
  'waiting-kernel': '内核中',
  'waiting-server': '服务器内',
  'turned-away': '被拒绝',
};

const outcome = (name: string) => OUTCOMES[name] ?? name;

const bounded = (bound: string, n: string) =>
  bound === 'exact' ? `恰好 ${n}` : bound === 'at-least' ? `至少 ${n}` : `约 ${n}`;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The width of a bin of time: `500 毫秒`, `秒`, `2 分钟`. */
function bin(ms: number, w: Wording): string {
  if (ms === 1000) return '秒';
  if (ms % HOUR === 0) return ms === HOUR ? '小时' : ` ${w.number(ms / HOUR)} 小时`;
  if (ms % MINUTE === 0) return ms === MINUTE ? '分钟' : ` ${w.number(ms / MINUTE)} 分钟`;
  return ms > 1000 ? ` ${w.number(ms / 1000)} 秒` : ` ${w.number(ms, 3)} 毫秒`;
}

const unitOf = (unit: string | undefined) =>
  ({ thread: '线程', process: '进程', coroutine: '协程' })[unit ?? ''] ?? 'worker';

/** A response time in the unit of its axis. */
function time(ms: number, w: Wording): string {
  return ms < 1000 ? w.duration(ms) : `${w.number(ms / 1000, ms < 10_000 ? 2 : 1)} 秒`;
}

/** What a request between two lines of the cumulative chart does. */
const between = (upper: string, lower: string) =>
  upper === 'sent' && lower === 'begun' ? '等待开始' : upper === 'begun' ? '处理中' : '已发送而未结束';

/** A time on the axis; milliseconds where they can be seen. */
const at = (s: number, w: Wording) => `${w.number(s, s < 10 ? 3 : s < 100 ? 2 : 1)} 秒`;

/** As exactly as a mark's place can be seen on the time axis. */
const seenAt = (s: number, w: Wording) => `${w.number(s, s < 1 ? 2 : s < 100 ? 1 : 0)} 秒`;

const upTo = (name: string, max: number, w: Wording) => `${name}，${max === 0 ? '无' : `最多 ${w.number(max)}`}`;

export const charts: Area<ChartIds> = {
  'chart.axis.seconds': () => '自第一个请求起的秒数',
  'chart.axis.zero': ({ utc }) => `0 秒为 ${utc}`,
  'chart.column.seconds': () => '自第一个请求起',
  'chart.column.from': () => '从',
  'chart.column.until': () => '到',
  'chart.column.series': () => '内容',
  'chart.column.count': () => '数目',
  'chart.column.worker': () => 'worker',
  'chart.column.outcome': () => '结果',
  'chart.column.responseTime': () => '响应时间',
  'chart.column.requests': () => '请求',
  'chart.unit.seconds': () => '秒',
  'chart.unit.milliseconds': () => '毫秒',
  'chart.unit.requests': () => '请求',

  'chart.series': ({ series, binMs }, w) =>
    `${binMs === undefined ? '' : `每${bin(binMs, w)}`}${SERIES[series] ?? outcome(series)}`,

  'chart.key.sent': ({ binMs }, w) => `每${bin(binMs, w)}发送的请求`,
  'chart.key.inService': ({ max }, w) => upTo('处理中', max, w),
  'chart.key.inFlight': ({ max }, w) => upTo('已发送、未应答', max, w),
  'chart.key.waiting': () => '等待',
  'chart.key.waitingKernel': ({ max }, w) => upTo('在内核', max, w),
  'chart.key.waitingServer': ({ max }, w) => upTo('在服务器内部', max, w),
  'chart.key.waitingAnywhere': ({ max }, w) => upTo('已发送、未开始', max, w),
  'chart.key.connections': () => '连接',
  'chart.key.established': ({ max }, w) => upTo('ESTABLISHED', max, w),
  'chart.key.notConnected': ({ max }, w) => upTo('SYN，尚未连接', max, w),
  'chart.key.workers': ({ workers }, w) =>
    workers === 1 ? '唯一的 worker' : `${w.number(workers)} 个 worker，按其首个请求的次序`,
  'chart.key.soFar': ({ series, n }, w) => `${SERIES[series] ?? series} ${w.number(n)}`,
  'chart.key.kept': () => '发送减去被拒绝',
  'chart.key.responseTime': ({ unit }) => `响应时间，${unit === 's' ? '秒' : '毫秒'}`,
  'chart.key.requestsPerBin': ({ binMs }, w) => `响应时间每${bin(binMs, w)}内成功的请求`,
  'chart.key.short': ({ what, n }, w) => `${SHORT[what] ?? what} ${w.number(n)}`,
  'chart.key.unknown': ({ what }) => `${SHORT[what] ?? what}：未记录`,
  'chart.key.turnedAway': ({ max }, w) => (max === 0 ? '无被拒绝' : `被拒绝，共 ${w.number(max)}`),
  'chart.key.outcome': ({ outcome: name, n }, w) => `${outcome(name)} ${w.number(n)}`,
  'chart.key.succeeded': ({ n }, w) => `已应答 ${w.number(n)}`,
  'chart.key.failed': ({ n }, w) => `失败 ${w.number(n)}`,
  'chart.key.abandoned': ({ n }, w) => `客户端放弃 ${w.number(n)}`,

  'chart.limit': ({ bound, n }, w) =>
    bound === 'at-least' ? `达到 ${w.number(n)}，未见上限` : `上限：${bounded(bound, w.number(n))}`,
  'chart.backlog': ({ bound, n }, w) =>
    bound === 'exact' ? `${w.number(n)} 时已满` : `${bounded(bound, w.number(n))} 个等待`,
  'chart.mark': ({ mark, at: from, until, outcome: name }, w) => {
    if (mark === 'saturated') {
      return until === undefined ? `自 ${seenAt(from, w)} 起饱和` : `${seenAt(from, w)} 到 ${seenAt(until, w)} 饱和`;
    }
    if (mark === 'overload-onset') return `首个${outcome(name ?? 'other')}在 ${seenAt(from, w)}`;
    return mark === 'server-died' ? `服务器在 ${seenAt(from, w)} 死亡` : `服务器日志在 ${seenAt(from, w)} 结束`;
  },

  'chart.timeline.title': ({ bound, max, waiting, where, outcome: name, turnedAway }, w) => {
    const served =
      max === undefined || bound === 'unknown'
        ? '运行过程'
        : bound === 'at-least'
          ? `${w.number(max)} 个请求同时在处理中，未见上限`
          : `${bounded(bound, w.number(max))} 个请求同时在处理中`;
    const queue =
      waiting === undefined || waiting === 0 ? [] : [`最多 ${w.number(waiting)} 个${WHERE[where] ?? ''}等待`];
    const away = OUTCOMES[name] && turnedAway ? [`${w.number(turnedAway)} 个被拒绝（${outcome(name)}）`] : [];
    return [served, ...queue, ...away].join('；');
  },
  'chart.timeline.caption': () => '各图共用时间轴。线和台阶由事件计数，在其间保持；点和柱是快照，只在那一刻所见。',
  'chart.timeline.summary': ({ durationS, parts }, w) =>
    `从第一个请求到结束共 ${w.number(durationS, 3)} 秒。${parts.map((part) => w.text(part)).join('')}`,
  'chart.timeline.part': ({ series, at: from }, w) => `${w.text(series)}，首次在 ${at(from, w)}。`,
  'chart.timeline.sent': ({ sent, failed }, w) => `发送 ${w.number(sent)} 个请求，${w.number(failed)} 个失败。`,

  'chart.lanes.title': ({ pattern, unit, workers, min, max, recycledAfter }, w) => {
    const name = unitOf(unit);
    const n = w.number(workers);
    const each =
      min === undefined || max === undefined
        ? ''
        : `：每个处理 ${min === max ? w.number(max) : `${w.number(min)} 到 ${w.number(max)}`} 个请求`;
    switch (pattern) {
      case 'per-request':
        return `每个请求一个新${name}：${n} 个${name}，没有一个再次处理`;
      case 'reused':
        return `${n} 个${name}轮流处理${each}`;
      case 'recycled':
        return `${name}${recycledAfter === undefined ? '' : `在 ${w.number(recycledAfter)} 个请求后`}被更换：共 ${n} 个`;
      case 'single':
        return `单个${name}逐一处理请求`;
      case 'event-loop':
        return `${n} 个事件循环同时有许多请求在处理中`;
      case 'inconclusive':
        return `${n} 个${name}，没有再次处理的机会`;
      default:
        return `谁处理了哪个请求：${n} 个${name}`;
    }
  },
  'chart.lanes.caption': ({ drawn, workers, several }, w) =>
    [
      '每条横条是一个请求，画在处理它的 worker 的泳道上。每道一条的阶梯表示每个请求一个新 worker；排满的泳道表示 worker 反复使用。',
      ...(several ? ['同时有多个请求的 worker 占多行。'] : []),
      ...(drawn < workers
        ? [`${w.number(workers)} 个 worker 中等距画出 ${w.number(drawn)} 个，包括第一个和最后一个。`]
        : []),
    ].join(''),
  'chart.lanes.summary': ({ workers, drawn, requests, least, most, unit }, w) => {
    const each = least === most ? w.number(most) : `${w.number(least)} 到 ${w.number(most)}`;
    return `${w.number(workers)} 个${unitOf(unit)}${drawn < workers ? `，画出 ${w.number(drawn)} 个` : ''}；泳道上有 ${w.number(requests)} 个请求，每道 ${each} 个。`;
  },

  'chart.flow.title': ({ gap, upper, lower }, w) =>
    gap === 0 ? `从来没有请求${between(upper, lower)}` : `最多 ${w.number(gap)} 个请求${between(upper, lower)}`,
  'chart.flow.caption': ({ upper, lower, turnedAway }) => {
    const waits = upper === 'sent' && lower === 'begun';
    const [many, long] = waits ? ['等待的数目', '等待多久'] : ['其间的数目', '停留多久'];
    const kept = turnedAway ? '被拒绝的请求在虚线处离开。' : '';
    return `从第一个请求起计数。两线之间的纵向间隔是${many}，横向间隔是${long}。${kept}`;
  },
  'chart.flow.gap': ({ gap, upper, lower }, w) => `${w.number(gap)} 个${between(upper, lower)}`,
  'chart.flow.wait': ({ waitS, upper, lower }, w) =>
    `${upper === 'sent' && lower === 'begun' ? '等待' : '耗时'} ${w.duration(waitS * 1000)}`,
  'chart.flow.summary': ({ upper, lower, gap, at: from, sent, begun, ended }, w) => {
    const counts = [
      ...(sent === undefined ? [] : [`发送 ${w.number(sent)}`]),
      ...(begun === undefined ? [] : [`开始 ${w.number(begun)}`]),
      ...(ended === undefined ? [] : [`结束 ${w.number(ended)}`]),
    ];
    return `总计${w.list(counts)}。${between(upper, lower)}最多 ${w.number(gap)} 个，在 ${at(from, w)}。`;
  },

  'chart.responses.title': ({ p50, max, failed }, w) => {
    const away = failed === 0 ? [] : [`${w.number(failed)} 个请求失败`];
    const answers =
      p50 === undefined || max === undefined
        ? ['没有请求成功']
        : p50 === max
          ? [`每个应答都用了 ${time(p50, w)}`]
          : [`一半的应答不超过 ${time(p50, w)}，最慢 ${time(max, w)}`];
    return [...answers, ...away].join('；');
  },
  'chart.responses.caption': ({ drawn, of }, w) =>
    `每个标记是一个请求，位于其发送时刻；形状表示它如何结束。${
      drawn < of ? `${w.number(of)} 个请求中画出 ${w.number(drawn)} 个：每段时间内最快和最慢的。` : ''
    }`,
  'chart.responses.summary': ({ p50, max, counts }, w) => {
    const times = p50 === undefined || max === undefined ? '' : `中位数 ${time(p50, w)}，最长 ${time(max, w)}。`;
    return `${w.list(counts.map((one) => w.text(one)))}。${times}`;
  },

  'chart.distribution.title': ({ p50, p95, p99 }, w) =>
    p50 === p99
      ? `几乎每个应答都用了 ${time(p50, w)}`
      : time(p95, w) === time(p99, w)
        ? `一半的应答不超过 ${time(p50, w)}，百分之九十九不超过 ${time(p99, w)}`
        : `一半的应答不超过 ${time(p50, w)}，百分之九十五不超过 ${time(p95, w)}，百分之九十九不超过 ${time(p99, w)}`,
  'chart.distribution.caption': ({ intervals }) =>
    `成功的请求按响应时间的分布。${intervals ? '横在竖线上的短条是 95% 置信区间。' : ''}`,
  'chart.distribution.quantile': ({ name, ms, low, high }, w) =>
    low === undefined || high === undefined
      ? `${name} ${time(ms, w)}`
      : `${name} ${time(ms, w)}（${time(low, w)} 到 ${time(high, w)}）`,
  'chart.distribution.summary': ({ count, min, max, mean }, w) =>
    `${w.number(count)} 个成功的请求：从 ${time(min, w)} 到 ${time(max, w)}，平均 ${time(mean, w)}。`,
  'chart.axis.responseTime': ({ unit }) => `响应时间，${unit === 's' ? '秒' : '毫秒'}`,

  'chart.multiple.title': ({ run }) => run,
  'chart.multiple.caption': () => '所有运行共用时间轴，每一列共用刻度。',
  'chart.multiple.summary': ({ inService, waiting, turnedAway }, w) => {
    const part = (n: number | undefined, what: string) => (n === undefined ? `${what}未知` : `${what} ${w.number(n)}`);
    return `${part(inService, '处理中最多')}；${part(waiting, '等待最多')}；${part(turnedAway, '被拒绝')}。`;
  },
};
