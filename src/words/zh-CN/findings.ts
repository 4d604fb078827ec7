import type { FindingIds } from '../ids/findings.js';
import type { Area, Wording } from '../words.js';

const unitName = (unit: string | undefined): string =>
  ({ thread: '线程', process: '进程', coroutine: '协程' })[unit ?? ''] ?? 'worker';

/** `8 个请求`；日志缺行时数目可能不详。 */
const afterSo = (recycledAfter: number | undefined, w: Wording, upTo?: number): string =>
  recycledAfter === undefined
    ? '若干请求'
    : ` ${w.number(recycledAfter)}${upTo === undefined ? '' : ` 至 ${w.number(upTo)}`} 个请求`;

const place = (where: string): string =>
  ({
    kernel: '在内核的 accept 队列中',
    server: '在服务器内部',
    both: '在内核的 accept 队列中和服务器内部',
    none: '无处',
  })[where] ?? '在记录未显示的地方';

/** 整个队列的位置未知时，已计数的可能都见于内核。 */
const placeSeen = (where: string, n: number, kernel: number | undefined): string =>
  where === 'unknown' && kernel === n ? '在内核的 accept 队列中（服务器内部是否还有等待者，记录中没有）' : place(where);

const fate = (outcome: string): string =>
  ({
    refused: '被拒绝连接',
    reset: '被切断（连接重置）',
    'connect-timeout': '未能及时连接',
    'read-timeout': '未能及时得到应答',
    'http-429': '被以 HTTP 429 拒绝',
    'http-503': '被以 HTTP 503 拒绝',
    'server-error': '得到服务器错误',
    queued: '等待后得到处理',
    'none-observed': '未见：从未达到容量',
    outage: '因服务器死亡而丢失',
  })[outcome] ?? outcome;

const split = (kernel: number | undefined, server: number | undefined, w: Wording): string =>
  kernel !== undefined && server !== undefined && kernel > 0 && server > 0
    ? `（内核 ${w.number(kernel)} 个，服务器内部 ${w.number(server)} 个）`
    : '';

const explained = (explains: string): string => (explains === 'backlog' ? '积压' : '最大并发');

const resourceName = (resource: string): string =>
  ({ threads: '线程', descriptors: '文件描述符', memory: '内存', processes: '进程' })[resource] ?? resource;

const RESULTS: Readonly<Record<string, string>> = {
  refused: '连接被拒绝',
  reset: '连接被重置',
  'connect-timeout': '连接超时',
  'read-timeout': '读取超时',
  'http-429': 'HTTP 429',
  'http-503': 'HTTP 503',
  'server-error': '服务器错误',
  queued: '排队等待',
  'none-observed': '未见',
  outage: '服务中断',
};

/** Sentences of the findings in Simplified Chinese. */
export const findings: Area<FindingIds> = {
  'summary.served': ({ max, workers, waiting, overload }, w) => {
    const first = [w.text(max), workers && w.text(workers)].filter(Boolean).join('，');
    const rest = [waiting && w.text(waiting), overload && w.text(overload)].filter(Boolean).join('，');
    return `${first}${rest ? `；${rest}` : ''}。`;
  },
  'summary.max.exact': ({ n }, w) => `同时处理恰好 ${w.number(n)} 个请求`,
  'summary.max.atLeast': ({ n }, w) => `同时处理至少 ${w.number(n)} 个请求，未见上限`,
  'summary.max.estimate': ({ n }, w) => `同时处理约 ${w.number(n)} 个请求`,
  'summary.max.unknown': () => '无法判断同时处理多少个请求',
  'summary.workers': ({ pattern, unit, workers, recycledAfter }, w) => {
    const name = unitName(unit);
    switch (pattern) {
      case 'per-request':
        return `每个请求用一个新${name}`;
      case 'reused':
        return workers === undefined ? `由反复使用的${name}处理` : `由 ${w.number(workers)} 个反复使用的${name}处理`;
      case 'recycled':
        return `每个${name}处理${afterSo(recycledAfter, w)}后更换`;
      case 'single':
        return `只用一个${name}`;
      case 'event-loop':
        return workers === 1 ? '在一个事件循环上' : `在 ${w.number(workers ?? 0)} 个事件循环上`;
      default:
        return 'worker 是否复用没有机会显现';
    }
  },
  'summary.waiting': ({ n, where, bound }, w) => {
    if (n === 0) return '未见等待者';
    const many = { exact: '恰好', estimate: '约' }[bound] ?? '至少';
    return `另有${many} ${w.number(n)} 个${where === 'unknown' ? '' : place(where)}等待`;
  },
  'summary.overload': ({ outcome, requests }, w) => {
    if (outcome === 'queued') return '没有请求被拒绝';
    if (outcome === 'none-observed') return '负载从未超过于此';
    if (outcome === 'outage') return '随后服务器死亡';
    return `${requests === undefined ? '其余请求' : `${w.number(requests)} 个请求`}${fate(outcome)}`;
  },

  'max.exact': ({ n }, w) => `恰好 ${w.number(n)} 个请求同时在处理中，而其他请求被迫等待或被拒绝。`,
  'max.atLeast': ({ n }, w) => `至少 ${w.number(n)} 个请求同时在处理中；到此未见上限。`,
  'max.range': ({ n, low, high }, w) =>
    `约 ${w.number(n)} 个请求同时在处理中（${w.number(low)} 到 ${w.number(high)} 之间）：日志不能说得更准。`,
  'max.estimate.client': ({ n, low, high }, w) =>
    `约 ${w.number(n)} 个请求同时在处理中，可以解释客户端的响应时间（${w.number(low)} 到 ${w.number(high)} 之间）。`,
  'max.estimate.unlimited': ({ n }, w) =>
    `约 ${w.number(n)} 个请求同时在处理中，与客户端在途的一样多；响应时间未显示上限。`,
  'max.estimate.sockets': ({ n }, w) => `服务器同时接受了约 ${w.number(n)} 个连接；其中多少在处理中，没有记录。`,
  'max.unknown': ({ why }, w) => `无法判断有多少请求同时在处理中，因为${w.text(why)}。`,
  'max.why.noLog': () => '既没有记录带请求开始的服务器日志，也没有记录客户端样本',
  'max.why.noRequests': () => '记录的请求太少',
  'max.method.sweep': () => '清点日志中的开始和结束',
  'max.method.plateau': () => '其他请求等待期间保持的数目',
  'max.method.workers': () => '同时存活的 worker',
  'max.method.sockets': () => '由进程持有的连接',
  'max.method.accepted': () => 'ESTABLISHED 减去 accept 队列',
  'max.method.read': () => '请求已被读取的已接受连接（另有未读的）',
  'max.method.processes': () => '进程列表中的子进程',
  'max.method.little': () => '客户端的响应时间（利特尔法则）',
  'max.method.whenFull': () => '每次有请求被拒绝时正在处理的数量',
  'max.method.inFlight': () => '客户端在途的请求',
  'max.says.reached': ({ n }, w) => `随着这次开始，${w.number(n)} 个在处理中`,
  'max.says.firstEnd': () => '其后最先结束的一个',
  'max.caveat.mended': ({ begins, ends }, w) =>
    `日志缺行：${w.number(begins)} 次开始和 ${w.number(ends)} 次结束由其他证据补全（该 worker 的下一个请求、客户端的应答、进程的结束）。`,
  'max.caveat.coarse': ({ resolutionMs }, w) => `开始由结束和时长推算，时钟的步长为 ${w.duration(resolutionMs)}。`,
  'max.caveat.learned': () => '请求开始和结束的行是由结构推断的，不是已知格式。',
  'max.caveat.notSaturated': ({ inFlight }, w) =>
    inFlight === undefined
      ? '没有客户端样本：当时是否有其他请求等待，没有记录。'
      : `峰值时未见等待或被拒绝者；客户端在途的请求最多 ${w.number(inFlight)} 个。`,
  'max.caveat.disagree': ({ method, value, n }, w) =>
    `用另一种方法（${w.text(method)}）得到 ${w.number(value)}，而不是 ${w.number(n)}。`,
  'max.caveat.clientOnly': () => '仅从客户端看；服务器自己的日志才能说得准确。',
  'max.caveat.acceptedMayWait': () => '已接受的连接仍可能在服务器内部等待。',
  'max.caveat.outage': () => '服务器在运行期间死亡；当时被切断的不算作上限。',
  'max.next.more': ({ n }, w) =>
    `同时发送更多，例如 \`jmeter -n -t plan.jmx -Jthreads=${n}\`，直到有请求必须等待（${w.number(n)} 是所见的两倍）。`,
  'max.next.log': () =>
    '记录服务器在请求开始和结束时打印的内容：`python app.py > server.log 2>&1`，每行带请求 id、进程 id 和线程。',
  'max.next.ms': () => '让服务器在请求开始和结束时各打印一行带毫秒的记录。',

  'saturation.waiting': ({ ms, n }, w) => `${w.number(n)} 个在处理中时，其他请求等待了 ${w.duration(ms)}`,
  'saturation.turnedAway': ({ requests }, w) => `峰值时 ${w.number(requests)} 个请求被拒绝`,
  'saturation.acceptQueue': ({ looks }, w) => `峰值时有 ${w.number(looks)} 个快照显示 accept 队列中有连接`,
  'saturation.inside': ({ looks }, w) => `${w.number(looks)} 个快照显示已接受的连接多于曾同时处理的请求`,
  'saturation.notice': ({ notices }, w) => `服务器 ${w.number(notices)} 次说明有请求在等待`,
  'saturation.exhausted': ({ resource }) => `服务器用尽了${resourceName(resource)}`,
  'saturation.says.waits': ({ ms }, w) => `在上限时发送，${w.duration(ms)} 后才开始`,
  'saturation.says.turnedAway': ({ kind }) => `在上限时发送：${fate(kind)}`,
  'saturation.says.queue': ({ queued, limit }, w) =>
    `${w.number(queued)} 个等待被接受${limit === undefined ? '' : `，监听积压 ${w.number(limit)}`}`,
  'saturation.says.notice': () => '服务器自己说有请求在等待',
  'saturation.says.exhausted': ({ resource }) => `再也没有${resourceName(resource)}可用`,

  'backlog.exact': ({ n, where, kernel, server }, w) =>
    `恰好 ${w.number(n)} 个连接${place(where)}等待${split(kernel, server, w)}；此时队列已满。`,
  'backlog.atLeast': ({ n, where, kernel, server, full }, w) =>
    `至少 ${w.number(n)} 个连接${placeSeen(where, n, kernel)}等待${split(kernel, server, w)}；${full ? '曾见内核的 accept 队列已满，但其外可能还有更多在等待' : '未见队列满'}。`,
  'backlog.estimate': ({ n, low, high }, w) =>
    n === 0
      ? `可能无人等待，最多 ${w.number(high)} 个请求在等待。`
      : `约有 ${w.number(n)} 个请求在等待（${w.number(low)} 至 ${w.number(high)} 个之间），其中一些可能尚未连接。`,
  'backlog.none': () => '未见等待者：连上的立即得到处理。',
  'backlog.unknown': ({ why }, w) => `无法判断有多少在等待，因为${w.text(why)}。`,
  'backlog.why.noSource': () => '既没有记录套接字快照，也没有同时记录客户端样本和服务器日志',
  'backlog.why.coarse': () => '日志时钟的步长比请求可能等待的时间更长',
  'backlog.why.cut': () => '日志只覆盖了运行的一部分，而那时没有请求在等待',
  'backlog.why.behind': () => '日志来自前端服务器，没有数据显示谁在等待其后的服务器',
  'backlog.why.inside': () => '既没有客户端记录，也没有连接列表说明谁被接受后仍在等待',
  'backlog.why.noBegins': () => '没有日志说明已连接的请求中哪些在处理中',
  'backlog.method.recvQ': () => '监听套接字的 Recv-Q',
  'backlog.method.ownerless': () => '没有进程持有的 ESTABLISHED 连接',
  'backlog.method.established': () => 'ESTABLISHED 减去处理中',
  'backlog.method.client': () => '客户端已发送而未开始的',
  'backlog.method.underWay': () => '每次有请求被拒绝时在途的数量减去正在处理的数量',
  'backlog.method.inner': ({ port }) => `内部端口 ${port} 的 Recv-Q`,
  'backlog.says.recvQ': ({ queued, limit, full }, w) =>
    `${w.number(queued)} 个等待被接受${limit === undefined ? '' : `，监听积压为 ${w.number(limit)}`}${full ? '：已满' : ''}`,
  'backlog.says.established': ({ established, inService }, w) =>
    `${w.number(established)} 个 ESTABLISHED 中的第一个${inService === undefined ? '' : `，当时 ${w.number(inService)} 个在处理中`}`,
  'backlog.says.synSent': ({ n }, w) => `${w.number(n)} 个握手未能完成的客户端中的第一个`,
  'backlog.says.synRecv': ({ n }, w) => `${w.number(n)} 个服务器未完成的握手中的第一个`,
  'backlog.says.unread': ({ n }, w) => `${w.number(n)} 个已接受但请求未被读取的连接中的第一个`,
  'backlog.says.unconnected': ({ n }, w) => `队列最长时反复请求连接的 ${w.number(n)} 个客户端中的第一个`,
  'backlog.says.overflow': ({ counter, by }, w) => `${counter} 在运行期间增加了 ${w.number(by)}`,
  'backlog.says.inner': ({ queued, port }, w) => `${w.number(queued)} 个在内部端口 ${port} 等待`,
  'backlog.says.waits': ({ ms }, w) => `发送后 ${w.duration(ms)} 才开始或被放弃`,
  'backlog.caveat.snapshots': ({ everyMs }, w) => `快照间隔 ${w.duration(everyMs)}；两次之间更长的队列不会显现。`,
  'backlog.caveat.router': ({ port }) => `在客户端连接的端口之后，端口 ${port} 上还有一个队列；它计入内核的部分。`,
  'backlog.caveat.placeUnknown': () => '在服务器内部等待的无法单独清点。',
  'backlog.caveat.notConnected': ({ n }, w) => `另有最多 ${w.number(n)} 个尚未连接（SYN）；它们不属于积压。`,
  'backlog.caveat.passing': ({ n }, w) =>
    `个别快照里有最多 ${w.number(n)} 个尚未被接受的连接：那是接受前的一瞬，不是队列。`,
  'backlog.caveat.untimed': () => '快照没有时间：它们能说明最大值，但不进入曲线。',
  'backlog.next.ss': ({ port }) =>
    `每秒取一次快照：\`report record --for 60s --port ${port ?? 8080} -o runs/next\`，或 \`while sleep 1; do date -Is; ss -tanp; ss -lntp; done > snapshots.txt\`。`,
  'backlog.next.more': () => '发送更多，直到连接超时或被拒绝：只有那时才能看到队列的大小。',
  'backlog.next.log': () => '同时记录服务器日志：没有它，无法区分谁在处理中、谁在内部等待。',

  'reuse.statement': ({ pattern, unit, workers, processes, requests, recycledAfter, recycledUpTo, min, max }, w) => {
    const name = unitName(unit);
    const n = w.number(workers ?? 0);
    const each = min === max ? `每个处理 ${w.number(min)} 个` : `每个处理 ${w.number(min)} 到 ${w.number(max)} 个`;
    const within =
      processes !== undefined && processes > 1 && unit !== 'process' ? `（分属 ${w.number(processes)} 个进程）` : '';
    switch (pattern) {
      case 'per-request':
        return `每个请求都得到自己的${name}（${w.number(requests)} 个请求用了 ${n} 个），尽管已有空闲的可以再用。`;
      case 'reused':
        return `${n} 个${name}${within}依次处理了 ${w.number(requests)} 个请求，${each}。`;
      case 'recycled':
        return `${n} 个${name}${within}轮流处理；每个在处理${afterSo(recycledAfter, w, recycledUpTo)}后被更换。`;
      case 'single':
        return `单独一个${name}处理了全部 ${w.number(requests)} 个请求，一次一个。`;
      case 'event-loop':
        return `${n} 个事件循环同时有多个请求在处理中。`;
      default:
        return '无法判断 worker 是否复用，因为没有请求在另一个结束之后开始。';
    }
  },
  'reuse.unknown': ({ why }, w) => `无法判断 worker 是否复用，因为${w.text(why)}。`,
  'reuse.why.noLog': () => '没有记录带请求开始的服务器日志',
  'reuse.why.noWorkers': () => '日志没有说明哪个 worker 处理了哪个请求',
  'reuse.why.sharedName': ({ name }) => `多个线程可能共用名称“${name}”`,
  'reuse.why.recycledIdent': () => '日志中的线程标识会再次分给新线程',
  'reuse.why.onlyProcess': () => '日志只指明进程，而其中同时有多个请求',
  'reuse.why.coarse': () => '日志的时钟太粗，分不清是一个接一个还是同时多个',
  'reuse.why.severalProcesses': () => '日志没有写明进程，而多个进程的线程可能同名',
  'reuse.why.beginsLost': () => '日志中许多请求只有结束行，无法判断同一工作者是否同时处理多个请求',
  'reuse.why.mixed': () => 'worker 没有显示单一的模式',
  'reuse.why.cut': () => '日志只涵盖运行的一部分，而有工作者被替换，日志未说明它们处理了多少请求',
  'reuse.why.cutOnce': () => '日志只涵盖运行的一部分，其中一个大池的每个 worker 可能都只轮到一次',
  'reuse.why.wide': () => '所有 worker 都在第一个请求之前启动，而请求太少，没有一个轮到第二次',
  'reuse.method.again': () => '再次出现的 worker',
  'reuse.method.names': () => '名称中的数字所计的是什么',
  'reuse.method.slots': () => '同时存活的 worker',
  'reuse.method.overlap': () => '一个 worker 上同时的请求',
  'reuse.method.lifetimes': () => '被更换后不再出现的 worker',
  'reuse.method.counts': () => '进程数（依各进程自己的请求计数，或连接的持有者）',
  'reuse.method.runtime': () => '在单线程上运行的程序',
  'reuse.method.notices': () => '服务器自己的说明',
  'reuse.says.first': ({ worker }) => `${worker} 处理一个请求`,
  'reuse.says.again': ({ worker }) => `${worker} 再次处理`,
  'reuse.says.other': ({ worker }) => `较晚的请求，由另一个 worker 处理：${worker}`,
  'reuse.says.while': ({ worker, n }, w) => `${worker} 开始了最多 ${w.number(n)} 个同时请求中的一个`,
  'reuse.caveat.fewChances': ({ chances }, w) => `只有 ${w.number(chances)} 个请求在另一个结束之后开始。`,
  'reuse.caveat.partial': ({ known, of }, w) => `${w.number(of)} 个请求中只知道 ${w.number(known)} 个的 worker。`,
  'reuse.caveat.livesDiffer': ({ low, high }, w) =>
    `被更换的 worker 各自处理了 ${w.number(low)} 到 ${w.number(high)} 个请求，因此更换前的请求数并不固定，或无法确定。`,
  'reuse.caveat.stopped': () => '有些 worker 在处理了最多的请求数之后不再出现，同时有新的出现：它们可能已被更换。',
  'reuse.caveat.anew': () =>
    '每个名称依次出现一次，在无人被服务之后又依次出现：换了进程时线程名称会重新编号，而没有任何信息说明这一点。',
  'reuse.caveat.cut': () => '日志只涵盖运行的一部分：其余时间里有多少 worker、是否被更换，无从得知。',
  'reuse.caveat.unlined': ({ requests }, w) =>
    `日志中没有 ${w.number(requests)} 个已获应答的请求的任何一行：它们的 worker 未计入。`,
  'reuse.caveat.noProcess': () => '日志没有写明进程：多个进程的主线程都叫这个名字时，看起来也是这样。',
  'reuse.caveat.unseen': () => '服务器死亡时首个请求被切断的 worker 不在任何一行中：可能还有更多。',
  'reuse.caveat.killed': ({ n }, w) =>
    `运行期间有 ${w.number(n)} 个进程死亡，由其他进程顶替：这并不说明每个进程可以处理多少请求。`,
  'reuse.caveat.noUnit': () => '运行中没有任何信息能确定这些 worker 是线程还是进程：它们的名称两者皆可用。',
  'reuse.next.late': () => '在最初的请求结束之后再发送几个：`curl "http://localhost:8080/?id=late1"`。',
  'reuse.next.worker': () =>
    '让服务器在每个请求中打印进程 id 和本机线程 id（Python：`os.getpid()`、`threading.get_native_id()`）。',
  'reuse.next.unit': () =>
    '让服务器在每个请求中打印进程 id（Python：`os.getpid()`），或在请求处理期间查看谁持有连接（`ss -tanp`）以及线程数和父进程（`ps -eo pid,ppid,nlwp,args`）。',

  'overload.kind': ({ outcome, requests, failed }, w) =>
    `超出容量的请求中，${w.number(requests)} 个${fate(outcome)}${failed > requests ? `（共 ${w.number(failed)} 个失败）` : ''}。`,
  'overload.queued': () => '超出容量的请求等待后得到处理；没有被拒绝的。',
  'overload.noneObserved': () => '从未达到容量，因此没有超出容量的请求。',
  'overload.outage': ({ requests }, w) => `服务器死亡；${w.number(requests)} 个请求因此失败，没有显示上限。`,
  'overload.stopped': ({ requests }, w) =>
    `服务器正常停止：不再接受新连接，${w.number(requests)} 个请求因此失败，没有显示上限。`,
  'overload.unknown': ({ why }, w) => `无法判断超出容量时会怎样，因为${w.text(why)}。`,
  'overload.why.noClient': () => '没有记录客户端样本',
  'overload.why.cut': ({ requests }, w) => `${w.number(requests)} 个连接被切断或拒绝，而未见服务器达到上限`,
  'overload.why.steady': () => '客户端始终有差不多同样多的请求在途，无法看出它们是否互相等待',
  'overload.why.longer': () => '客户端等待的时间超过请求处理时间的两倍，而日志的时钟太粗，看不出在等什么',
  'overload.why.uneven': () => '有些请求比其他请求慢得多，没有日志说明它们是否在等待',
  'overload.why.unanswered': () => '大多数请求在测试停止前没有得到应答',
  'overload.why.part': ({ requests }, w) => `客户端记录缺少日志中的 ${w.number(requests)} 个请求`,
  'overload.why.unclear': ({ failed }, w) => `${w.number(failed)} 个失败无法与其他错误区分`,
  'overload.method.client': () => '客户端失败的请求',
  'overload.method.status': () => '服务器日志中的 HTTP 状态',
  'overload.method.counters': () => '内核统计的监听溢出',
  'overload.method.sockets': () => '悬而未决的握手（SYN_SENT）',
  'overload.method.brokenOff': () => '服务器日志中已开始而从未结束的请求',
  'overload.method.log': () => '服务器日志中的错误',
  'overload.method.full': () => '从未开始，且发送时在途请求达到最多',
  'overload.says.first': ({ outcome }) => `第一个：${fate(outcome)}`,
  'overload.says.waited': ({ ms }, w) => `等待最久：发送后 ${w.duration(ms)} 开始，并得到处理`,
  'overload.says.exception': ({ name }) => `服务器自己的错误：${name}`,
  'overload.says.stopped': () => '服务器停止',
  'overload.says.startedAnew': () => '服务器重新启动',
  'overload.says.listenerGone': () => '端口上不再有人监听',
  'overload.caveat.otherKinds': ({ kinds }) => `此外还有其他结局：${kinds}。`,
  'overload.caveat.part': ({ requests }, w) =>
    `客户端记录缺少日志中的 ${w.number(requests)} 个请求；它们的结局不得而知。`,
  'overload.caveat.otherTest': ({ requests }, w) =>
    `日志中还有另一次测试的 ${w.number(requests)} 个请求，客户端记录对此未作说明。`,
  'overload.caveat.unrelated': ({ requests }, w) => `${w.number(requests)} 个失败另有原因，与上限无关。`,
  'overload.caveat.workerDied': ({ requests }, w) =>
    `${w.number(requests)} 个请求随被杀死的 worker 而失败；这不是上限。`,
  'overload.caveat.cutAtLast': ({ requests }, w) =>
    `${w.number(requests)} 个处理中的请求因某个 worker 或整个服务器死亡而被切断：此后再无服务器的迹象，无法区分两者。`,
  'overload.caveat.untold': () => '客户端记录中没有消息：由连接断开的时刻可知是服务器切断的，而非客户端自己停止。',
  'overload.next.messages': () =>
    '把响应消息与样本一起保存：`jmeter -Jjmeter.save.saveservice.response_message=true`。',
  'overload.next.more': () => '发送多于服务器所能容纳的请求，并持续得比一个请求的时间更长。',
  'next.client': () => '记录客户端：`jmeter -n -t plan.jmx -l client.jtl`。',

  'cause.stated': ({ setting, value, by, explains }, w) =>
    `${w.number(value)} = ${setting}，${by === 'log' ? '日志' : by} 中有说明；它解释了${explained(explains)}。`,
  'cause.statedLess': ({ setting, value, less, of, result, explains }, w) =>
    `${w.number(result)} 符合 ${setting} ${w.number(value)} 减去启动时打开的 ${w.number(less)} 个 ${of}；它解释了${explained(explains)}。`,
  'cause.coincidence': ({ setting, value, result, explains }, w) =>
    `${w.number(result)} 作为${explained(explains)}与 ${setting}（${w.number(value)}）相符；但没有记录说明它。`,
  'cause.backlogPlusOne': ({ setting, value, result }, w) =>
    result > value
      ? `${w.number(result)} = ${setting} ${w.number(value)} + ${w.number(result - value)}：Linux 会多放进一个。`
      : `${w.number(result)} = ${setting} ${w.number(value)}。`,
  'cause.exhausted': ({ resource }) => `日志说明服务器用尽了${resourceName(resource)}。`,

  'cell.count': ({ bound, value, low, high }, w) => {
    if (value === undefined || bound === 'unknown') return '?';
    const sign = bound === 'exact' ? '=' : bound === 'at-least' ? '≥' : '≈';
    const range =
      bound === 'estimate' && low !== undefined && high !== undefined && low !== high
        ? ` (${w.number(low)}–${w.number(high)})`
        : '';
    return `${sign} ${w.number(value)}${range}`;
  },
  'cell.backlog': ({ bound, value, where }, w) => {
    if (value === undefined || bound === 'unknown') return '?';
    const sign = bound === 'exact' ? '=' : bound === 'at-least' ? '≥' : '≈';
    const at = { kernel: '，内核', server: '，服务器', both: '，内核和服务器', none: '' }[where] ?? '，位置未知';
    return `${sign} ${w.number(value)}${value === 0 ? '' : at}`;
  },
  'cell.reuse': ({ pattern, workers, unit, recycledAfter }, w) => {
    const name = unitName(unit);
    switch (pattern) {
      case 'per-request':
        return `每个请求一个新${name}`;
      case 'reused':
        return `${workers === undefined ? '' : `${w.number(workers)} 个`}${name}，复用`;
      case 'recycled':
        return `${name}，处理${afterSo(recycledAfter, w)}后更换`;
      case 'single':
        return `单个${name}`;
      case 'event-loop':
        return workers === 1 ? '事件循环' : `${w.number(workers ?? 0)} 个事件循环`;
      case 'inconclusive':
        return '无定论';
      default:
        return '?';
    }
  },
  'cell.overload': ({ outcome, requests }, w) => {
    if (outcome === 'unknown') return '?';
    const words = RESULTS[outcome] ?? outcome;
    return requests !== undefined && outcome !== 'queued' ? `${words} (${w.number(requests)})` : words;
  },

  'note.inferenceFailed': ({ inference, reason }) => `“${inference}”未能判断：这是本程序的缺陷（${reason}）。请报告。`,
  'note.repeatedIds': ({ n }, w) => `有 ${w.number(n)} 个请求 id 在日志中不止一次出现：也许是两次测试写进了一个文件。`,
  'note.port': ({ port, from }) => `服务器端口 ${port}，来自 ${from}。`,

  'run.unrecognised': ({ run }) => `${run}：已略去，其中没有文件被识别为 JMeter 结果、服务器日志或套接字快照。`,
  'run.lostToTime': ({ run, ms }, w) => `${run}：已略去，读取超过 ${w.duration(ms)}。其他运行不受影响。`,
  'run.lostToMemory': ({ run }) => `${run}：已略去，内存不足以读取。其他运行不受影响。`,
  'run.lostToFault': ({ run, reason }) => `${run}：已略去，因本程序出错（${reason}），请报告。其他运行不受影响。`,
};
