import type { Message } from '../../model/message.js';

type None = Record<string, never>;

/** What analysis found, in sentences: statements, evidence, methods, caveats, what to record next. */
export interface FindingIds {
  // The run in one sentence.
  'summary.served': {
    max: Message;
    workers: Message | undefined;
    waiting: Message | undefined;
    overload: Message | undefined;
  };
  'summary.max.exact': { n: number };
  'summary.max.atLeast': { n: number };
  'summary.max.estimate': { n: number };
  'summary.max.unknown': { why: Message };
  'summary.workers': {
    pattern: string;
    unit: string | undefined;
    workers: number | undefined;
    recycledAfter: number | undefined;
  };
  'summary.waiting': { n: number; where: string; bound: string };
  'summary.overload': { outcome: string; requests: number | undefined };

  // Max concurrency.
  'max.exact': { n: number };
  'max.atLeast': { n: number };
  'max.range': { n: number; low: number; high: number };
  'max.estimate.client': { n: number; low: number; high: number };
  'max.estimate.unlimited': { n: number };
  'max.estimate.sockets': { n: number };
  'max.unknown': { why: Message };
  'max.why.noLog': None;
  'max.why.noRequests': None;
  'max.method.sweep': None;
  'max.method.plateau': None;
  'max.method.workers': None;
  'max.method.sockets': None;
  'max.method.accepted': None;
  'max.method.read': None;
  'max.method.processes': None;
  'max.method.little': None;
  'max.method.whenFull': None;
  'max.method.inFlight': None;
  'max.says.reached': { n: number; id: string | undefined };
  'max.says.firstEnd': None;
  'max.caveat.mended': { begins: number; ends: number };
  'max.caveat.coarse': { resolutionMs: number };
  'max.caveat.learned': None;
  'max.caveat.notSaturated': { inFlight: number | undefined };
  'max.caveat.disagree': { method: Message; value: number; n: number };
  'max.caveat.clientOnly': None;
  'max.caveat.acceptedMayWait': None;
  'max.caveat.outage': None;
  'max.next.more': { n: number };
  'max.next.log': None;
  'max.next.ms': None;

  // Saturation, the signals that decide between exact and at least.
  'saturation.waiting': { ms: number; n: number };
  'saturation.turnedAway': { requests: number };
  'saturation.acceptQueue': { looks: number };
  'saturation.inside': { looks: number };
  'saturation.notice': { notices: number };
  'saturation.exhausted': { resource: string };
  'saturation.says.waits': { ms: number };
  'saturation.says.turnedAway': { kind: string };
  'saturation.says.queue': { queued: number; limit: number | undefined };
  'saturation.says.notice': None;
  'saturation.says.exhausted': { resource: string };

  // Backlog.
  'backlog.exact': { n: number; where: string; kernel: number | undefined; server: number | undefined };
  'backlog.atLeast': {
    n: number;
    where: string;
    kernel: number | undefined;
    server: number | undefined;
    /** Its part in the kernel was. */
    full?: true;
  };
  'backlog.estimate': { n: number; low: number; high: number };
  'backlog.none': None;
  'backlog.unknown': { why: Message };
  'backlog.why.noSource': None;
  'backlog.why.noBegins': None;
  'backlog.why.inside': None;
  'backlog.why.coarse': None;
  'backlog.why.cut': None;
  'backlog.why.behind': None;
  'backlog.method.recvQ': None;
  'backlog.method.ownerless': None;
  'backlog.method.established': None;
  'backlog.method.client': None;
  'backlog.method.underWay': None;
  'backlog.method.inner': { port: number };
  'backlog.says.recvQ': { queued: number; limit: number | undefined; full: boolean };
  'backlog.says.established': { established: number; inService: number | undefined };
  'backlog.says.synSent': { n: number };
  'backlog.says.synRecv': { n: number };
  'backlog.says.unread': { n: number };
  'backlog.says.unconnected': { n: number };
  'backlog.says.overflow': { counter: string; by: number };
  'backlog.says.inner': { queued: number; port: number };
  'backlog.says.waits': { ms: number };
  'backlog.caveat.snapshots': { everyMs: number };
  'backlog.caveat.router': { port: number };
  'backlog.caveat.placeUnknown': None;
  'backlog.caveat.notConnected': { n: number };
  'backlog.caveat.passing': { n: number };
  'backlog.caveat.untimed': None;
  'backlog.next.ss': { port: number | undefined };
  'backlog.next.more': None;
  'backlog.next.log': None;

  // Reuse.
  'reuse.statement': {
    pattern: string;
    unit: string | undefined;
    workers: number | undefined;
    processes: number | undefined;
    requests: number;
    recycledAfter: number | undefined;
    /** The most that a replaced worker had served, where they differ. */
    recycledUpTo: number | undefined;
    min: number;
    max: number;
  };
  'reuse.unknown': { why: Message };
  'reuse.why.noLog': None;
  'reuse.why.noWorkers': None;
  'reuse.why.sharedName': { name: string };
  'reuse.why.recycledIdent': None;
  'reuse.why.onlyProcess': None;
  'reuse.why.coarse': None;
  'reuse.why.beginsLost': None;
  'reuse.why.mixed': None;
  'reuse.why.cut': None;
  'reuse.why.cutOnce': None;
  'reuse.why.wide': None;
  'reuse.why.severalProcesses': None;
  'reuse.method.again': None;
  'reuse.method.names': None;
  'reuse.method.slots': None;
  'reuse.method.overlap': None;
  'reuse.method.lifetimes': None;
  'reuse.method.runtime': None;
  'reuse.method.counts': None;
  'reuse.method.notices': None;
  'reuse.says.first': { worker: string };
  'reuse.says.again': { worker: string };
  'reuse.says.other': { worker: string };
  'reuse.says.while': { worker: string; n: number };
  'reuse.caveat.fewChances': { chances: number };
  'reuse.caveat.partial': { known: number; of: number };
  'reuse.caveat.livesDiffer': { low: number; high: number };
  'reuse.caveat.stopped': None;
  'reuse.caveat.anew': None;
  'reuse.caveat.cut': None;
  'reuse.caveat.unlined': { requests: number };
  'reuse.caveat.noProcess': None;
  'reuse.caveat.killed': { n: number };
  'reuse.caveat.noUnit': None;
  'reuse.caveat.unseen': None;
  'reuse.next.late': None;
  'reuse.next.worker': None;
  'reuse.next.unit': None;

  // Overload.
  'overload.kind': { outcome: string; requests: number; failed: number };
  'overload.queued': None;
  'overload.noneObserved': None;
  'overload.outage': { requests: number };
  'overload.stopped': { requests: number };
  'overload.unknown': { why: Message };
  'overload.why.noClient': None;
  'overload.why.unclear': { failed: number };
  'overload.why.cut': { requests: number };
  'overload.why.steady': None;
  'overload.why.uneven': None;
  'overload.why.longer': None;
  'overload.why.unanswered': None;
  'overload.why.part': { requests: number };
  'overload.method.client': None;
  'overload.method.status': None;
  'overload.method.counters': None;
  'overload.method.sockets': None;
  'overload.method.log': None;
  'overload.method.brokenOff': None;
  'overload.method.full': None;
  'overload.says.first': { outcome: string };
  'overload.says.waited': { ms: number };
  'overload.says.exception': { name: string };
  'overload.says.stopped': None;
  'overload.says.startedAnew': None;
  'overload.says.listenerGone': None;
  'overload.caveat.otherKinds': { kinds: string };
  'overload.caveat.unrelated': { requests: number };
  'overload.caveat.part': { requests: number };
  'overload.caveat.otherTest': { requests: number };
  'overload.caveat.workerDied': { requests: number };
  'overload.caveat.cutAtLast': { requests: number };
  'overload.caveat.untold': None;
  'overload.next.messages': None;
  'overload.next.more': None;
  'next.client': None;

  // Causes.
  'cause.stated': { setting: string; value: number; by: string; explains: string };
  'cause.statedLess': { setting: string; value: number; less: number; of: string; result: number; explains: string };
  'cause.coincidence': { setting: string; value: number; result: number; explains: string };
  'cause.backlogPlusOne': { setting: string; value: number; result: number; stated: boolean };
  'cause.exhausted': { resource: string };

  // Cells of the comparison.
  'cell.count': { bound: string; value: number | undefined; low: number | undefined; high: number | undefined };
  'cell.backlog': { bound: string; value: number | undefined; where: string };
  'cell.reuse': {
    pattern: string;
    workers: number | undefined;
    unit: string | undefined;
    recycledAfter: number | undefined;
  };
  'cell.overload': { outcome: string; requests: number | undefined };

  // Of the run as a whole.
  'note.inferenceFailed': { inference: string; reason: string };
  'note.repeatedIds': { n: number };
  'note.port': { port: number; from: string };

  // Runs that could not be read: said below the table, and on the terminal.
  'run.unrecognised': { run: string };
  'run.lostToTime': { run: string; ms: number };
  'run.lostToMemory': { run: string };
  'run.lostToFault': { run: string; reason: string };
}
