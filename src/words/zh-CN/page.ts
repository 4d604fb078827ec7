import type { Message, MessageValue } from '../../model/message.js';
import { utcOffset } from '../figures.js';
import type { PageIds } from '../ids/page.js';
import type { Area, Wording } from '../words.js';

const each = (messages: readonly Message[], w: Wording): string[] =>
  messages.map((message: MessageValue) => w.text(message));

const oneOf = (words: Readonly<Record<string, string>>, key: string): string =>
  Object.hasOwn(words, key) ? words[key]! : key;

const FINDINGS = { maxConcurrency: '最大并发', backlog: '积压', reuse: 'worker 与复用', overload: '过载' };

const PLACES = { kernel: '内核', server: '服务器', both: '内核、服务器', none: '', unknown: '位置未知' };

const KINDS = {
  'client-samples': '客户端样本',
  'server-log': '服务器日志',
  'socket-snapshots': '套接字快照',
  'process-snapshots': '进程列表',
  'kernel-counters': '内核计数器',
  'run-file': '运行说明文件',
  unrecognised: '未识别',
};

const FAILURES = {
  refused: '连接被拒绝',
  reset: '连接被重置，或未应答即关闭',
  'connect-timeout': '未能及时连接',
  'read-timeout': '未能及时得到应答',
  'http-429': 'HTTP 429',
  'http-503': 'HTTP 503',
  'server-error': '服务器错误（其他 5xx）',
  other: '其他错误',
};

const COUNTS = {
  sent: '客户端发送',
  succeeded: '成功',
  failed: '失败',
  abandoned: '测试停止时被客户端放弃',
  started: '服务器开始处理（据其日志）',
  finished: '服务器处理结束（据其日志）',
};

const SETTINGS = {
  server: '服务器',
  version: '版本',
  command: '命令',
  host: '主机',
  port: '端口',
  timezone: '日志的时区',
  nofile: '打开文件数（nofile）',
  nproc: '进程数（nproc）',
  somaxconn: 'somaxconn',
  tcpAbortOnOverflow: 'tcp_abort_on_overflow',
  listenBacklog: '监听积压',
  workers: 'worker 数',
  threads: '线程数',
  os: '操作系统',
  cpus: '处理器',
  descriptorsAtStart: '启动时打开的描述符',
  everyMs: '快照间隔（毫秒）',
};

const QUANTILES = { min: '最快', p50: 'p50（中位数）', max: '最慢', mean: '平均' };
const CONFIDENCE = { high: '高', medium: '中', low: '低' };

/** Headings, labels and captions in Simplified Chinese. */
export const page: Area<PageIds> = {
  'page.title': ({ runs }, w) => `${w.number(runs)} 次记录运行的并发`,
  'page.title.run': ({ run, report }) => `${run} · ${report}`,
  'page.description': ({ sentences }) => sentences.join(''),
  'page.recorded': ({ span }, w) => `记录于 ${w.text(span)}`,
  'page.recorded.never': () => '记录时间未知',
  'page.span': ({ fromDate, fromTime, toDate, toTime, durationMs }, w) =>
    `${fromDate} ${fromTime} 至 ${toDate === fromDate ? '' : `${toDate} `}${toTime} UTC（${w.duration(durationMs)}）`,
  'page.generator': ({ name, version }) => `${name} ${version}`,
  'page.inputs': ({ runs, files }, w) => `${w.number(runs)} 次运行，${w.number(files)} 个文件`,
  'page.skip': () => '跳到正文',
  'page.otherRuns': () => '其他运行',
  'page.previous': ({ run }) => `← ${run}`,
  'page.following': ({ run }) => `${run} →`,
  'page.allRuns': () => '所有运行',
  'page.answer': () => '各用一句话说',

  'page.comparison': () => '并列比较',
  'page.comparison.caption': () => '每次运行所显示的。成功请求的延迟以毫秒计。',
  'page.column.run': () => '服务器与配置',
  'page.column.max': () => '最大并发',
  'page.column.backlog': () => '积压',
  'page.column.where': () => '等待处',
  'page.column.reuse': () => 'worker',
  'page.column.overload': () => '超出容量',
  'page.column.latency': ({ quantile }) => `p${quantile} 毫秒`,
  'page.column.failed': () => '失败',
  'page.tableRegion': () => '各次运行的比较，可横向滚动',
  'page.where': ({ where }) => oneOf(PLACES, where),
  'page.failed': ({ failed, sent }, w) => `${w.number(failed)} / ${w.number(sent)}`,
  'page.interval': ({ quantile, ms, low, high }, w) =>
    `p${quantile}：${w.number(ms)} 毫秒，95% 区间 ${w.number(low)} 到 ${w.number(high)} 毫秒`,
  'page.interval.none': ({ quantile, ms }, w) => `p${quantile}：${w.number(ms)} 毫秒，请求太少，没有区间`,
  'page.cell.title': ({ statement, certainty }, w) => `${w.text(statement)}${w.text(certainty)}`,
  'page.absent': () => '–',
  'page.legend.exact': () => '恰好：当时其他请求必须等待或被拒绝',
  'page.legend.atLeast': () => '至少：负载从未达到上限',
  'page.legend.estimate': () => '约，附范围：只有间接迹象',
  'page.legend.unknown': () => '从记录中无法判断',
  'page.legend.low': () => '较浅、点线：置信度低',
  'page.legend.turnedAway': () => '被拒绝',
  'page.legend.unlike': () => '负载与多数运行不同，比较时请留意：',
  'page.legend.latency': () => 'p50、p95、p99：成功请求的响应时间；95% 区间见各次运行的页面',
  'page.unlike.mark': () => '†',
  'page.load': ({ parts }, w) => w.list(each(parts, w)),
  'page.unlike': ({ load }, w) => `负载与多数运行不同：${w.text(load)}`,
  'page.unlike.pace': ({ perSecond }, w) => `每秒 ${w.number(perSecond, perSecond < 10 ? 1 : 0)} 个`,
  'page.unlike.requests': ({ requests }, w) => `${w.number(requests)} 个请求`,
  'page.unlike.serviceTime': ({ ms }, w) => `每个处理 ${w.duration(ms)}`,
  'page.unlike.duration': ({ ms }, w) => `发送历时 ${w.duration(ms)}`,
  'page.unlike.paces': ({ low, high }, w) => `每秒 ${w.number(low, low < 10 ? 1 : 0)} 至 ${w.number(high)} 个`,
  'page.unlike.counts': ({ low, high }, w) => `${w.number(low)} 至 ${w.number(high)} 个请求`,
  'page.unlike.serviceTimes': ({ low, high }, w) => `每个处理 ${w.duration(low)} 至 ${w.duration(high)}`,
  'page.unlike.durations': ({ low, high }, w) => `发送历时 ${w.duration(low)} 至 ${w.duration(high)}`,
  'page.overTime': () => '随时间变化，同一刻度',
  'page.why': () => '原因，以及接下来记录什么',
  'page.why.none': () => '记录中没有说明原因。',
  'page.next': () => '要知道更多',
  'page.next.all': () => '要对任何一次运行知道更多',
  'page.runs': () => '各次运行的详情',
  'page.read': () => '如何阅读本报告',
  'page.read.max.term': () => '最大并发',
  'page.read.max': () =>
    '同一时刻处理中的最多请求：worker 已开始而未结束。只有当时看到其他请求等待或被拒绝，才是恰好；否则负载可能太小，显不出上限。',
  'page.read.backlog.term': () => '积压',
  'page.read.backlog': () =>
    '同一时刻已连接而尚未处理的最多请求，在内核的 accept 队列中或服务器内部。只有看到队列已满，才是恰好。',
  'page.read.reuse.term': () => 'worker',
  'page.read.reuse': () => '线程、进程或协程用完后是否再用。只有当一些请求在其他请求结束之后开始，才能看出。',
  'page.read.overload.term': () => '超出容量',
  'page.read.overload': () => '当 worker 和积压都已占满时，请求的结局：等待、被拒绝、被切断、超时，或得到错误。',
  'page.read.latency.term': () => '响应时间',
  'page.read.latency': () =>
    '从发送到应答结束，只计成功的请求，每个一次，覆盖整个运行。分位数是实际记录的值（最近秩）；区间为次序统计量的 95% 区间。',
  'page.read.evidence.term': () => '证据',
  'page.read.evidence': () =>
    '每项结论以 文件:行 引用记录的行。其中的控制字符以图形（␛）显示，改变文字方向的字符以编号（⟨U+202E⟩）显示。',
  'page.read.confidence.term': () => '置信度',
  'page.read.confidence': () =>
    '高：几种独立的方法一致，或数据没有别的解释。中：一种可靠的方法。低：间接迹象；不要据以决定。',
  'page.appendix.inputs': () => '本报告的来源',
  'page.appendix.inputs.group': () => '（各文件的 SHA-256 见 report.json）',
  'page.appendix.inputs.note': () => '各文件读取时的 SHA-256。同样的文件得到逐字节相同的报告。',
  'page.data.report': () => 'report.json',
  'page.data.run': () => 'run.json',
  'page.data.note': () => '全部结论及其证据，供其他程序使用。',

  'page.keyFigures': () => '要点',
  'page.keyFigures.latency': ({ p50, p95 }, w) => `p50 ${w.duration(p50)}，p95 ${w.duration(p95)}`,
  'page.figures': () => '经过',
  'page.findings': () => '结论及其证据',
  'page.finding': ({ finding }) => oneOf(FINDINGS, finding),
  'page.certainty': ({ bound, confidence }) => {
    const how = oneOf({ exact: '确切值', 'at-least': '下限', estimate: '估计值', unknown: '无法判断' }, bound);
    return bound === 'unknown' ? `${how}。` : `${how}，置信度${oneOf(CONFIDENCE, confidence)}。`;
  },
  'page.methods': () => '得出的方法',
  'page.method': () => '方法',
  'page.method.value': () => '结果',
  'page.method.agrees': () => '一致',
  'page.agrees': () => '✓ 是',
  'page.disagrees': () => '✗ 否',
  'page.noValue': () => '–',
  'page.caveats': () => '请留意',
  'page.recordNext': () => '怎样会更确定',
  'page.evidence': () => '证据',
  'page.evidence.none': () => '没有单独的一行显示它。',
  'page.quote.context': ({ first, last }, w) => `第 ${w.number(first)} 到 ${w.number(last)} 行`,
  'page.quote.gone': () => '该行无法再次读取',
  'page.notes.all': () => '注释：证据及其上下文',
  'page.number': ({ page, pages }) => `第 ${page} 页，共 ${pages} 页`,
  'page.causes': () => '原因',
  'page.confidence': ({ confidence }) => `置信度${oneOf(CONFIDENCE, confidence)}`,
  'page.explains': ({ explains }) => oneOf(FINDINGS, explains),
  'page.latency': () => '响应时间',
  'page.latency.note': ({ count }, w) => `${w.number(count)} 个成功的请求，从发送到应答结束；区间的可信程度为 95%。`,
  'page.latency.none': () => '没有记录带响应时间的客户端样本。',
  'page.latency.measure': () => '分位数',
  'page.latency.value': () => '毫秒',
  'page.latency.interval': () => '95% 区间，毫秒',
  'page.quantile': ({ quantile }) => oneOf(QUANTILES, quantile),
  'page.requests': () => '请求',
  'page.requests.count': ({ what }) => oneOf(COUNTS, what),
  'page.failures': () => '失败的种类',
  'page.failure': ({ kind }) => oneOf(FAILURES, kind),
  'page.sources': () => '来源',
  'page.sources.note': () => '每个文件的每一行计一次：有事实取自它为“使用”，理解但不需要为“忽略”，未能理解为“跳过”。',
  'page.source.file': () => '文件',
  'page.files': ({ first, last, files }, w) => `${first} … ${last}（${w.number(files)} 个文件）`,
  'page.source.kind': () => '认作',
  'page.source.read': () => '读作',
  'page.source.lines': () => '行',
  'page.source.used': () => '使用',
  'page.source.ignored': () => '忽略',
  'page.source.skipped': () => '跳过',
  'page.source.records': () => '记录',
  'page.kind': ({ kind }) => oneOf(KINDS, kind),
  'page.variant': ({ what, value }) => `${what}: ${value}`,
  'page.problems': ({ of }) => `${of} 中的问题`,
  'page.problems.more': ({ more }, w) => `另有 ${w.number(more)} 个`,
  'page.clock': () => '时钟',
  'page.clock.method': ({ method, matched }, w) =>
    oneOf(
      {
        causality: `由两侧都有的 ${w.number(matched)} 个请求得出，因为开始不会早于发送，结束不会晚于应答`,
        'causality-one-sided': `由两侧都有的 ${w.number(matched)} 个请求得出；它们只从一侧限定`,
        order: '由请求的次序和形状得出，因为没有 id 配对',
        'stated-zone': '只由说明的时区得出，因为没有可配对的',
        none: '未与客户端对应',
      },
      method,
    ),
  'page.clock.offset': ({ offsetMs, uncertaintyMs }, w) =>
    `${w.number(offsetMs, 1)}${uncertaintyMs === undefined ? '' : ` ± ${w.number(uncertaintyMs, 1)}`} 毫秒`,
  'page.clock.zone': ({ minutes }) => `UTC${utcOffset(minutes)}`,
  'page.clock.drift': ({ ppm }, w) => `${w.number(ppm, 1)} ppm`,
  'page.clock.item': ({ item }) =>
    oneOf(
      { zone: '服务器日志的时区', offset: '服务器时钟减客户端时钟', drift: '漂移', method: '得出', span: '记录于' },
      item,
    ),
  'page.machine': () => '机器与限制',
  'page.machine.none': () => '该运行没有说明机器及其限制的 run.yaml。',
  'page.machine.limits': () => '限制',
  'page.machine.recorded': () => '记录程序所述',
  'page.setting': ({ key }) => oneOf(SETTINGS, key),
  'page.value': ({ value }) => (value ? '是' : '否'),
  'page.remarks': () => '记录者的说明',
  'page.ofTheRun': () => '关于整个运行',
  'page.port': ({ port, from }) =>
    `${port}，${oneOf({ option: '来自命令行', 'run-file': '来自 run.yaml', 'client-samples': '来自客户端的 URL', listening: '据服务器所述', connections: '来自套接字' }, from)}`,

  'page.figure.data': ({ title }) => `数据与说明：${title}`,
  'page.figure.dataShort': () => '数据与说明',
  'page.figure.part': ({ shown, of }, w) => `共 ${w.number(of)} 行，显示 ${w.number(shown)} 行；CSV 中有全部。`,
  'page.figure.svg': ({ title }) => `存为 SVG：${title}`,
  'page.figure.csv': ({ title }) => `数据存为 CSV：${title}`,
  'page.figure.svgShort': () => 'SVG',
  'page.figure.csvShort': () => 'CSV',
  'page.unit': ({ title, unit }) => `${title}（${unit}）`,
};
