import type { FindingIds } from '../ids/findings.js';
import type { Area, Wording } from '../words.js';

const plural = (unit: string | undefined): string =>
  ({ thread: 'threads', process: 'processes', coroutine: 'coroutines' })[unit ?? ''] ?? 'workers';
const singular = (unit: string | undefined): string => unit ?? 'worker';

/** ` after 8 requests`, ` after 6 to 9 requests`; of lives that lost lines the number may not be known. */
const afterSo = (recycledAfter: number | undefined, w: Wording, upTo?: number): string =>
  recycledAfter === undefined
    ? ' after a number of requests'
    : ` after ${upTo === undefined ? '' : `${w.number(recycledAfter)} to `}${w.count(upTo ?? recycledAfter, 'request', 'requests')}`;

const place = (where: string): string =>
  ({
    kernel: "in the kernel's accept queue",
    server: 'inside the server',
    both: "in the kernel's accept queue and inside the server",
    none: 'nowhere',
  })[where] ?? 'in a place that the recording does not show';

/** Of a queue whose place as a whole is not known, all that were counted may have been seen in the kernel. */
const placeSeen = (where: string, n: number, kernel: number | undefined): string =>
  where === 'unknown' && kernel === n
    ? "in the kernel's accept queue (whether others waited inside the server is not recorded)"
    : place(where);

const fate = (outcome: string): string =>
  ({
    refused: 'refused',
    reset: 'cut off (connection reset)',
    'connect-timeout': 'could not connect in time',
    'read-timeout': 'got no answer in time',
    'http-429': 'turned away with HTTP 429',
    'http-503': 'turned away with HTTP 503',
    'server-error': 'answered with a server error',
    queued: 'wait and are served',
    'none-observed': 'not seen: capacity was never reached',
    outage: 'lost because the server died',
  })[outcome] ?? outcome;

/** `was ` or `were ` before a fate that is suffered; nothing before one that says what the request could not do. */
const beVerb = (outcome: string, requests: number | undefined): string =>
  outcome === 'connect-timeout' || outcome === 'read-timeout' ? '' : requests === 1 ? 'was ' : 'were ';

/** What stands between those who wait and the fate of the rest. */
const jointOf = (outcome: string): string => (outcome === 'outage' ? ', ' : outcome === 'queued' ? ' and ' : ', and ');

const split = (kernel: number | undefined, server: number | undefined, w: Wording): string =>
  kernel !== undefined && server !== undefined && kernel > 0 && server > 0
    ? ` (${w.number(kernel)} in the kernel, ${w.number(server)} inside)`
    : '';

const explained = (explains: string): string => (explains === 'backlog' ? 'the backlog' : 'the max concurrency');

/** Sentences of the findings in English. */
export const findings: Area<FindingIds> = {
  'summary.served': ({ max, workers, waiting, overload }, w) => {
    const unknown = max.id === 'summary.max.unknown';
    const served = [w.text(max), workers && `${unknown ? 'but serves them ' : ''}${w.text(workers)}`];
    const joint = overload?.id === 'summary.overload' ? jointOf(String(overload.args.outcome)) : ', and ';
    const beyond = [waiting && w.text(waiting), overload && w.text(overload)].filter(Boolean).join(joint);
    return `${served.filter(Boolean).join(', ')}${beyond ? `; ${beyond}` : ''}.`;
  },
  'summary.max.exact': ({ n }, w) =>
    n === 1 ? 'Serves one request at a time' : `Serves exactly ${w.number(n)} requests at once`,
  'summary.max.atLeast': ({ n }, w) =>
    `Serves at least ${w.count(n, 'request', 'requests')} at once with no limit seen`,
  'summary.max.estimate': ({ n }, w) => `Serves about ${w.count(n, 'request', 'requests')} at once`,
  'summary.max.unknown': () => "Can't tell how many requests it serves at once",
  'summary.workers': ({ pattern, unit, workers, recycledAfter }, w) => {
    const n = workers === undefined ? plural(unit) : w.count(workers, singular(unit), plural(unit));
    switch (pattern) {
      case 'per-request':
        return `each on a new ${singular(unit)}`;
      case 'reused':
        return `on ${n} that ${workers === 1 ? 'is' : 'are'} used again`;
      case 'recycled':
        return `on ${plural(unit)} that are replaced${afterSo(recycledAfter, w)}`;
      case 'single':
        return `on a single ${singular(unit)}`;
      case 'event-loop':
        return workers === 1 ? 'on one event loop' : `on ${w.number(workers ?? 0)} event loops`;
      default:
        return `on ${plural(unit)} whose reuse had no chance to show`;
    }
  },
  'summary.waiting': ({ n, where, bound }, w) => {
    if (n === 0) return 'nobody was seen waiting';
    const many = { exact: 'exactly', estimate: 'about' }[bound] ?? 'at least';
    return `${many} ${w.number(n)} more ${n === 1 ? 'waits' : 'wait'}${where === 'unknown' ? '' : ` ${place(where)}`}`;
  },
  'summary.overload': ({ outcome, requests }, w) => {
    if (outcome === 'queued') return 'none is turned away';
    if (outcome === 'none-observed') return 'the load never went beyond that';
    if (outcome === 'outage') return 'then the server died';
    return `${requests === undefined ? 'others' : w.number(requests)} ${beVerb(outcome, requests)}${fate(outcome)}`;
  },

  'max.exact': ({ n }, w) =>
    `Exactly ${w.count(n, 'request was', 'requests were')} in service at once while others were kept waiting or turned away.`,
  'max.atLeast': ({ n }, w) =>
    `At least ${w.count(n, 'request was', 'requests were')} in service at once; no limit was seen up to there.`,
  'max.range': ({ n, low, high }, w) =>
    `About ${w.count(n, 'request was', 'requests were')} in service at once (between ${w.number(low)} and ${w.number(high)}): the log does not tell more exactly.`,
  'max.estimate.client': ({ n, low, high }, w) =>
    `About ${w.number(n)} requests in service at once explain the client's response times (between ${w.number(low)} and ${w.number(high)}).`,
  'max.estimate.unlimited': ({ n }, w) =>
    `About ${w.number(n)} requests were in service at once, as many as the client had under way; response times show no limit.`,
  'max.estimate.sockets': ({ n }, w) =>
    `About ${w.number(n)} connections were accepted by the server at once; how many of them were in service is not recorded.`,
  'max.unknown': ({ why }, w) => `Can't tell how many requests were in service at once, because ${w.text(why)}.`,
  'max.why.noLog': () => 'neither a server log with begins of requests nor client samples were recorded',
  'max.why.noRequests': () => 'too few requests were recorded',
  'max.method.sweep': () => 'begins and ends in the log, counted',
  'max.method.plateau': () => 'the count that held while others waited',
  'max.method.workers': () => 'workers alive at once',
  'max.method.sockets': () => 'connections held by a process',
  'max.method.accepted': () => 'ESTABLISHED less the accept queue',
  'max.method.read': () => 'accepted connections whose request was read, beside others whose was not',
  'max.method.processes': () => 'child processes in the process list',
  'max.method.little': () => "the client's response times (Little's law)",
  'max.method.whenFull': () => 'under way whenever one was turned away',
  'max.method.inFlight': () => 'requests in flight at the client',
  'max.says.reached': ({ n }, w) => `with this begin, ${w.number(n)} are in service`,
  'max.says.firstEnd': () => 'the first to finish after that',
  'max.caveat.mended': ({ begins, ends }, w) =>
    `The log lacks lines: ${w.count(begins, 'begin', 'begins')} and ${w.count(ends, 'end', 'ends')} were completed from other evidence (the worker's next request, the client's answer, the end of a process).`,
  'max.caveat.coarse': ({ resolutionMs }, w) =>
    `Begins were computed from ends and durations on a clock that steps by ${w.duration(resolutionMs)}.`,
  'max.caveat.learned': () =>
    'The lines that begin and end a request were found by their structure, not by a known format.',
  'max.caveat.notSaturated': ({ inFlight }, w) =>
    inFlight === undefined
      ? 'No client samples: whether others waited at that time is not recorded.'
      : `Nobody was seen waiting or turned away at the peak; the client had at most ${w.number(inFlight)} requests under way.`,
  'max.caveat.disagree': ({ method, value, n }, w) =>
    `By another way (${w.text(method)}) it would be ${w.number(value)}, not ${w.number(n)}.`,
  'max.caveat.clientOnly': () => "Seen from the client alone; the server's own log would tell exactly.",
  'max.caveat.acceptedMayWait': () => 'Accepted connections may still wait inside the server.',
  'max.caveat.outage': () => 'The server died during the run; what was cut off then does not count as a limit.',
  'max.next.more': ({ n }, w) =>
    `Send more at once, for instance \`jmeter -n -t plan.jmx -Jthreads=${n}\`, until some have to wait (${w.number(n)} is twice what was seen).`,
  'max.next.log': () =>
    'Record what the server prints when it begins and ends a request: `python app.py > server.log 2>&1`, with the request id, the process id and the thread in each line.',
  'max.next.ms': () =>
    'Let the server print a line with milliseconds when it begins a request and another when it ends it, and record again: `report record -o runs/next --port 8080 -- python app.py`.',

  'saturation.waiting': ({ ms, n }, w) => `others waited for ${w.duration(ms)} while ${w.number(n)} were in service`,
  'saturation.turnedAway': ({ requests }, w) =>
    `${w.count(requests, 'request was', 'requests were')} turned away at the peak`,
  'saturation.acceptQueue': ({ looks }, w) =>
    `the accept queue held connections in ${w.count(looks, 'snapshot', 'snapshots')} at the peak`,
  'saturation.inside': ({ looks }, w) =>
    `more were accepted than ever in service in ${w.count(looks, 'snapshot', 'snapshots')}`,
  'saturation.notice': ({ notices }, w) => `the server said ${w.count(notices, 'time', 'times')} that requests wait`,
  'saturation.exhausted': ({ resource }) => `the server ran out of ${resource}`,
  'saturation.says.waits': ({ ms }, w) => `sent at the limit, begun only ${w.duration(ms)} later`,
  'saturation.says.turnedAway': ({ kind }) => `sent at the limit: ${fate(kind)}`,
  'saturation.says.queue': ({ queued, limit }, w) =>
    `${w.number(queued)} wait to be accepted${limit === undefined ? '' : `, backlog ${w.number(limit)}`}`,
  'saturation.says.notice': () => 'the server itself says that requests wait',
  'saturation.says.exhausted': ({ resource }) => `no more ${resource} to be had`,

  'backlog.exact': ({ n, where, kernel, server }, w) =>
    `Exactly ${w.count(n, 'connection', 'connections')} waited ${place(where)}${split(kernel, server, w)}; then the queue was full.`,
  'backlog.atLeast': ({ n, where, kernel, server, full }, w) =>
    `At least ${w.count(n, 'connection', 'connections')} waited ${placeSeen(where, n, kernel)}${split(kernel, server, w)}; ${full ? "the kernel's accept queue was seen full, but more may have waited beside it" : 'the queue was not seen full'}.`,
  'backlog.estimate': ({ n, low, high }, w) =>
    n === 0
      ? `Perhaps nobody waited, at most ${w.count(high, 'request', 'requests')} did.`
      : `About ${w.count(n, 'request', 'requests')} waited (between ${w.number(low)} and ${w.number(high)}), some of them perhaps not connected yet.`,
  'backlog.none': () => 'Nobody was seen waiting: what connected was in service at once.',
  'backlog.unknown': ({ why }, w) => `Can't tell how many waited, because ${w.text(why)}.`,
  'backlog.why.noSource': () => 'neither socket snapshots nor client samples together with a server log were recorded',
  'backlog.why.coarse': () => 'the log’s clock steps by more than requests may have waited',
  'backlog.why.cut': () => 'the log tells only of a part of the run, and there nobody waited',
  'backlog.why.behind': () => 'the log is that of a server in front, and nothing shows who waits for the one behind it',
  'backlog.why.inside': () => 'neither a client nor a list of connections shows who was accepted and waited',
  'backlog.why.noBegins': () => 'no log tells which of the connected were in service',
  'backlog.method.recvQ': () => 'Recv-Q of the listening socket',
  'backlog.method.ownerless': () => 'ESTABLISHED connections that no process holds',
  'backlog.method.established': () => 'ESTABLISHED less in service',
  'backlog.method.client': () => 'clients sent and not begun',
  'backlog.method.underWay': () => 'under way whenever one was turned away, less those in service',
  'backlog.method.inner': ({ port }) => `Recv-Q of the inner port ${port}`,
  'backlog.says.recvQ': ({ queued, limit, full }, w) =>
    `${w.number(queued)} wait to be accepted${limit === undefined ? '' : ` of a backlog of ${w.number(limit)}`}${full ? ': full' : ''}`,
  'backlog.says.established': ({ established, inService }, w) =>
    `first of ${w.number(established)} ESTABLISHED${inService === undefined ? '' : ` while ${w.number(inService)} were in service`}`,
  'backlog.says.synSent': ({ n }, w) => `first of ${w.number(n)} clients whose handshake does not come through`,
  'backlog.says.synRecv': ({ n }, w) => `first of ${w.number(n)} handshakes that the server does not complete`,
  'backlog.says.unread': ({ n }, w) =>
    `first of ${w.number(n)} accepted ${n === 1 ? 'connection' : 'connections'} whose request has not been read`,
  'backlog.says.unconnected': ({ n }, w) =>
    `first of ${w.number(n)} ${n === 1 ? 'client' : 'clients'} that asked again and again for a connection while the queue was at its longest`,
  'backlog.says.overflow': ({ counter, by }, w) => `${counter} grew by ${w.number(by)} during the run`,
  'backlog.says.inner': ({ queued, port }, w) => `${w.number(queued)} wait at the inner port ${port}`,
  'backlog.says.waits': ({ ms }, w) => `sent, and begun or given up only ${w.duration(ms)} later`,
  'backlog.caveat.snapshots': ({ everyMs }, w) =>
    `Snapshots are ${w.duration(everyMs)} apart; a longer queue between two of them would not show.`,
  'backlog.caveat.router': ({ port }) =>
    `Behind the port that clients connect to another queue stands at port ${port}; it counts as part of the kernel's.`,
  'backlog.caveat.placeUnknown': () => 'What waited inside the server could not be counted apart.',
  'backlog.caveat.notConnected': ({ n }, w) =>
    `Up to ${w.number(n)} more were not connected yet (SYN); they are not part of the backlog.`,
  'backlog.caveat.passing': ({ n }, w) =>
    `Single looks show up to ${w.count(n, 'connection', 'connections')} not yet accepted: a moment before acceptance, and no queue.`,
  'backlog.caveat.untimed': () => 'The snapshots carry no time: they tell a maximum and enter no curve.',
  'backlog.next.ss': ({ port }) =>
    `Take snapshots each second: \`report record --for 60s --port ${port ?? 8080} -o runs/next\`, or \`while sleep 1; do date -Is; ss -tanp; ss -lntp; done > snapshots.txt\`.`,
  'backlog.next.more': () =>
    'Send more, until connections time out or are refused, for only then the size of the queue shows: `report record -o runs/next --port 8080 --load "jmeter -n -t plan.jmx -Jthreads=2000 -l {jtl}" -- python app.py`.',
  'backlog.next.log': () =>
    'Record the server log too, for without it who is in service and who waits inside cannot be told apart: `report record -o runs/next --port 8080 -- python app.py`.',

  'reuse.statement': ({ pattern, unit, workers, processes, requests, recycledAfter, recycledUpTo, min, max }, w) => {
    const n = workers ?? 0;
    const many = w.count(n, singular(unit), plural(unit));
    const each = min === max ? `${w.number(min)} each` : `${w.number(min)} to ${w.number(max)} each`;
    const inProcesses =
      processes !== undefined && processes > 1 && unit !== 'process' ? ` in ${w.number(processes)} processes` : '';
    switch (pattern) {
      case 'per-request':
        return `Every request got a ${singular(unit)} of its own (${many} for ${w.count(requests, 'request', 'requests')}), although finished ones were there to be used again.`;
      case 'reused':
        return `${many}${inProcesses} served ${w.count(requests, 'request', 'requests')} one after another, ${each}.`;
      case 'recycled':
        return `${many}${inProcesses} served in turn; each is replaced${afterSo(recycledAfter, w, recycledUpTo)}.`;
      case 'single':
        return `A single ${singular(unit)} served all ${w.count(requests, 'request', 'requests')}, one at a time.`;
      case 'event-loop':
        return `${n === 1 ? 'One event loop' : `${w.number(n)} event loops`} had several requests in service at once.`;
      default:
        return "Can't tell whether workers are used again, because no request began after another had finished.";
    }
  },
  'reuse.unknown': ({ why }, w) => `Can't tell whether workers are used again, because ${w.text(why)}.`,
  'reuse.why.noLog': () => 'no server log with begins of requests was recorded',
  'reuse.why.noWorkers': () => 'the log does not say which worker served which request',
  'reuse.why.sharedName': ({ name }) => `many threads may share the name “${name}”`,
  'reuse.why.recycledIdent': () => 'the thread idents in the log are given again to new threads',
  'reuse.why.onlyProcess': () => 'the log names only the process, and several requests were in it at once',
  'reuse.why.coarse': () => "the log's clock is too coarse to tell one request after another from several at once",
  'reuse.why.severalProcesses': () => 'the log names no process, and threads of several processes may bear one name',
  'reuse.why.beginsLost': () =>
    'the log has only the ends of many requests, and cannot say whether one worker had several at once',
  'reuse.why.mixed': () => 'the workers show no single pattern',
  'reuse.why.cut': () =>
    'the log covers a part of the run, and workers were replaced of whom it does not tell how many requests they served',
  'reuse.why.cutOnce': () =>
    'the log covers a part of the run, and in it each of a wide pool may have served once before any had its next turn',
  'reuse.why.wide': () =>
    'all workers were started before the first request, and too few came for any to have its next turn',
  'reuse.method.again': () => 'workers seen a second time',
  'reuse.method.names': () => 'what the numbers in the names count',
  'reuse.method.slots': () => 'workers alive at once',
  'reuse.method.overlap': () => 'requests at once on one worker',
  'reuse.method.lifetimes': () => 'workers never seen again once replaced',
  'reuse.method.counts': () => 'processes, by their own counts of requests or by who holds the connections',
  'reuse.method.runtime': () => 'a program that runs on one thread',
  'reuse.method.notices': () => "the server's own word",
  'reuse.says.first': ({ worker }) => `${worker} serves a request`,
  'reuse.says.again': ({ worker }) => `${worker} serves again`,
  'reuse.says.other': ({ worker }) => `a later request, on another worker: ${worker}`,
  'reuse.says.while': ({ worker, n }, w) => `${worker} begins one of up to ${w.number(n)} at once`,
  'reuse.caveat.fewChances': ({ chances }, w) =>
    `Only ${w.count(chances, 'request', 'requests')} began after another had finished.`,
  'reuse.caveat.partial': ({ known, of }, w) =>
    `The worker is known for ${w.number(known)} of ${w.number(of)} requests.`,
  'reuse.caveat.livesDiffer': ({ low, high }, w) =>
    `Replaced workers had served between ${w.number(low)} and ${w.number(high)} requests, so the number after which they are replaced is not fixed or not certain.`,
  'reuse.caveat.stopped': () =>
    'Some workers were not seen again after as many requests as any served, while new ones came: they may have been replaced.',
  'reuse.caveat.anew': () =>
    'Each name came once and in order, and again so when nobody was served: names of threads begin anew with another process, of which nothing tells.',
  'reuse.caveat.cut': () =>
    'The log covers a part of the run: nobody knows how many workers served the rest, and whether they were replaced.',
  'reuse.caveat.unlined': ({ requests }, w) =>
    `The log has no line of ${w.count(requests, 'answered request', 'answered requests')}: their workers are not counted.`,
  'reuse.caveat.noProcess': () =>
    'The log names no process: several processes, whose main threads all bear this name, would look the same.',
  'reuse.caveat.unseen': () =>
    'Workers whose first request was cut off when the server died are in no line: there may have been more.',
  'reuse.caveat.killed': ({ n }, w) =>
    `${w.count(n, 'process', 'processes')} died during the run, and ${n === 1 ? 'another took its place' : 'others took their places'}: that says nothing of how much each may serve.`,
  'reuse.caveat.noUnit': () =>
    'Nothing in the run tells for sure whether the workers are threads or processes: their names are those of both.',
  'reuse.next.late': () =>
    'Send a few more requests after the first have finished: `curl "http://localhost:8080/?id=late1"`.',
  'reuse.next.worker': () =>
    'Let the server print process id and native thread id with each request (Python: `os.getpid()`, `threading.get_native_id()`).',
  'reuse.next.unit': () =>
    'Let the server print its process id with each request (Python: `os.getpid()`), or look, while requests are in service, at who holds their connections, `ss -tanp`, and at threads and parents, `ps -eo pid,ppid,nlwp,args`.',

  'overload.kind': ({ outcome, requests, failed }, w) =>
    `Beyond capacity, ${w.count(requests, 'request', 'requests')} ${beVerb(outcome, requests)}${fate(outcome)}${failed > requests ? `, of ${w.number(failed)} that failed` : ''}.`,
  'overload.queued': () => 'Requests beyond capacity waited and were served; none was turned away.',
  'overload.noneObserved': () => 'Capacity was never reached, so nothing happened to requests beyond it.',
  'overload.outage': ({ requests }, w) =>
    `The server died; ${w.count(requests, 'request', 'requests')} failed because of that, and no limit shows.`,
  'overload.stopped': ({ requests }, w) =>
    `The server was stopped in good order: it let nobody in any more, and ${w.count(requests, 'request', 'requests')} failed because of that; no limit shows.`,
  'overload.unknown': ({ why }, w) => `Can't tell what happens beyond capacity, because ${w.text(why)}.`,
  'overload.why.noClient': () => 'no client samples were recorded',
  'overload.why.cut': ({ requests }, w) =>
    `${w.count(requests, 'connection was', 'connections were')} cut or refused while the server was not seen at a limit`,
  'overload.why.steady': () =>
    'the client had about as many requests under way at all times, so that waiting for each other does not show',
  'overload.why.longer': () =>
    "clients waited for more than twice as long as their requests were in service, and the log's clock is too coarse to tell for what",
  'overload.why.uneven': () => 'some requests took much longer than others, and no log tells whether they waited',
  'overload.why.unanswered': () => 'most requests were not answered before the test was stopped',
  'overload.why.part': ({ requests }, w) =>
    `the client's record lacks ${w.count(requests, 'request', 'requests')} that the log shows`,
  'overload.why.unclear': ({ failed }, w) => `the ${w.number(failed)} failures can't be told from other errors`,
  'overload.method.client': () => "the client's failed requests",
  'overload.method.status': () => "HTTP status in the server's log",
  'overload.method.counters': () => 'listen overflows counted by the kernel',
  'overload.method.sockets': () => 'handshakes that hang (SYN_SENT)',
  'overload.method.brokenOff': () => "begun and never ended in the server's log",
  'overload.method.log': () => "errors in the server's log",
  'overload.method.full': () => 'never begun, and sent when as many as ever were under way',
  'overload.says.first': ({ outcome }) => `the first: ${fate(outcome)}`,
  'overload.says.waited': ({ ms }, w) => `waited longest: begun ${w.duration(ms)} after it was sent, and served`,
  'overload.says.exception': ({ name }) => `the server's own error: ${name}`,
  'overload.says.stopped': () => 'the server stops',
  'overload.says.startedAnew': () => 'the server starts anew',
  'overload.says.listenerGone': () => 'nobody listens on the port any more',
  'overload.caveat.otherKinds': ({ kinds }) => `Other fates beside it: ${kinds}.`,
  'overload.caveat.part': ({ requests }, w) =>
    `The client's record lacks ${w.count(requests, 'request', 'requests')} that the log shows; what became of them is not known.`,
  'overload.caveat.otherTest': ({ requests }, w) =>
    `The log shows ${w.count(requests, 'request', 'requests')} of another test, of which the client's record says nothing.`,
  'overload.caveat.unrelated': ({ requests }, w) =>
    `${w.count(requests, 'failure has', 'failures have')} another cause than the limit.`,
  'overload.caveat.workerDied': ({ requests }, w) =>
    `${w.count(requests, 'request', 'requests')} died with a worker that was killed; that is no limit.`,
  'overload.caveat.cutAtLast': ({ requests }, w) =>
    `${w.count(requests, 'request was', 'requests were')} cut in service when a worker or the whole server died: nothing was seen of it afterwards that would tell which.`,
  'overload.caveat.untold': () =>
    "The client's record holds no messages: when connections broke tells that the server cut them, and not the client's own stop.",
  'overload.next.messages': () =>
    "Save the responses' messages with the samples: `jmeter -Jjmeter.save.saveservice.response_message=true`.",
  'overload.next.more': () =>
    'Send more than the server can hold, for longer than a request takes: `jmeter -n -t plan.jmx -Jthreads=2000 -l client.jtl`.',
  'next.client': () => 'Record the client: `jmeter -n -t plan.jmx -l client.jtl`.',

  'cause.stated': ({ setting, value, by, explains }, w) =>
    `${w.number(value)} = ${setting}, stated ${by === 'log' ? 'in the log' : `in ${by}`}; it explains ${explained(explains)}.`,
  'cause.statedLess': ({ setting, value, less, of, result, explains }, w) =>
    `${w.number(result)} fits ${setting} ${w.number(value)} less ${w.number(less)} ${of} open at start; it explains ${explained(explains)}.`,
  'cause.coincidence': ({ setting, value, result, explains }, w) =>
    `${w.number(result)} would be consistent with ${setting} (${w.number(value)}) as ${explained(explains)}; nothing recorded states it.`,
  'cause.backlogPlusOne': ({ setting, value, result }, w) =>
    result > value
      ? `${w.number(result)} = ${setting} ${w.number(value)} + ${w.number(result - value)}: Linux lets one more in.`
      : `${w.number(result)} = ${setting} ${w.number(value)}.`,
  'cause.exhausted': ({ resource }) => `The log says that the server ran out of ${resource}.`,

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
    const at =
      { kernel: ', kernel', server: ', server', both: ', kernel and server', none: '' }[where] ?? ', place unknown';
    return `${sign} ${w.number(value)}${value === 0 ? '' : at}`;
  },
  'cell.reuse': ({ pattern, workers, unit, recycledAfter }, w) => {
    const n = workers === undefined ? '' : w.count(workers, singular(unit), plural(unit));
    switch (pattern) {
      case 'per-request':
        return `new ${singular(unit)} per request`;
      case 'reused':
        return `${n}, reused`;
      case 'recycled':
        return `${plural(unit)}, replaced${recycledAfter === undefined ? '' : ` after ${w.number(recycledAfter)}`}`;
      case 'single':
        return `single ${singular(unit)}`;
      case 'event-loop':
        return workers === 1 ? 'event loop' : `${w.number(workers ?? 0)} event loops`;
      case 'inconclusive':
        return 'inconclusive';
      default:
        return '?';
    }
  },
  'cell.overload': ({ outcome, requests }, w) => {
    if (outcome === 'unknown') return '?';
    const words = outcome.replace('http-', 'HTTP ').replaceAll('-', ' ');
    return requests !== undefined && outcome !== 'queued' ? `${words} (${w.number(requests)})` : words;
  },

  'note.inferenceFailed': ({ inference, reason }) =>
    `“${inference}” could not be judged: a fault of this program (${reason}). Please report it.`,
  'note.repeatedIds': ({ n }, w) =>
    `${w.count(n, 'request id occurs', 'request ids occur')} more than once in the log: two tests in one file, perhaps.`,
  'note.port': ({ port, from }) => `Server port ${port}, from ${from}.`,

  'run.unrecognised': ({ run }) =>
    `${run}: left out, because no file in it is recognised as a JMeter result, a server log or a socket snapshot.`,
  'run.lostToTime': ({ run, ms }, w) =>
    `${run}: left out, because reading it took longer than ${w.duration(ms)}. The other runs are not touched by this.`,
  'run.lostToMemory': ({ run }) =>
    `${run}: left out, because there was not enough memory to read it. The other runs are not touched by this.`,
  'run.lostToFault': ({ run, reason }) =>
    `${run}: left out, because of a fault of this program (${reason}). Please report it. The other runs are not touched by this.`,
};
