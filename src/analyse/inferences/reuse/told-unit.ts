import type { WorkerUnit } from '../../../model/finding.js';
import type { Process } from '../../../model/snapshot.js';
import type { Timeline } from '../../../model/timeline.js';
import { statedSettings } from '../causes/settings.js';
import { hasOneCount } from './behind.js';
import { held, listenersOf } from './holders.js';
import { startedPids, unitByOwnWord } from './own-word.js';
import { ONE_THREAD, programOf } from './runtime.js';

/** A process has its own first thread besides those that serve. */
const FIRST_THREAD = 1;
/** A master beside its workers holds the listening socket as well. */
const MASTER = 1;

/** Programs that run code on threads of one process alone. */
const NEVER_FORKS = /^(?:java|dotnet)(?:\.exe)?$/;
/** Load generators, which stand in the same lists. */
const CLIENT = /jmeter|gatling|\b(?:wrk2?|ab|hey|vegeta|locust|k6)\b/i;

/** What a run shows of its workers beside their names. */
export interface Clues {
  readonly timeline: Timeline;
  /** The most workers that were alive at once. */
  readonly slots: number;
  /** Another server stands in front: who holds the connections serves none. */
  readonly behind: boolean;
}

type Teller = (clues: Clues) => WorkerUnit | undefined;

/**
 * Threads or processes, where the names are those of both. Whoever tells must agree:
 *
 *     threads     pid 7 ══ connection          processes   pid 12 ══ connection
 *                       ══ connection                      pid 13 ══ connection
 *                 NLWP 5, no child                         NLWP 1 each, of one parent
 */
export function toldUnit(clues: Clues): WorkerUnit | undefined {
  const tellers: readonly Teller[] = [
    byHolders,
    byListeners,
    byStarts,
    byThreads,
    byFamily,
    byCount,
    bySettings,
    byProgram,
  ];
  const told = new Set([unitByOwnWord(clues.timeline), ...tellers.map((teller) => teller(clues))]);
  told.delete(undefined);
  return told.size === 1 ? [...told][0] : undefined;
}

/** Who serves one after another in a process holds one connection. */
function byHolders({ timeline, behind }: Clues): WorkerUnit | undefined {
  const { pids, most } = held(timeline);
  if (behind || pids.size === 0) return undefined;
  if (most > 1) return 'thread';
  return pids.size > 1 ? 'process' : undefined;
}

/** Processes that accept for themselves all hold the listening socket; where they are fewer than workers, some have several. */
function byListeners({ timeline, slots, behind }: Clues): WorkerUnit | undefined {
  const most = Math.max(0, ...listenersOf(timeline).map(({ pids }) => new Set(pids).size));
  // One alone may hand connections on.
  if (behind || slots < 2 || most < 2) return undefined;
  if (most < slots) return 'thread';
  return most <= slots + MASTER ? 'process' : undefined;
}

/** The server's own lines of starting its processes. */
function byStarts({ timeline, slots }: Clues): WorkerUnit | undefined {
  const started = startedPids(timeline).size;
  if (started === 0 || slots < 2) return undefined;
  if (started < slots) return 'thread';
  return started === slots ? 'process' : undefined;
}

/** As many threads as workers in the one process of the server; engines that run code on one thread have others besides. */
function byThreads({ timeline, slots, behind }: Clues): WorkerUnit | undefined {
  const known = serverPids(timeline);
  if (behind || slots < 2) return undefined;
  for (const { processes } of timeline.processes) {
    const own = processes.filter(({ pid }) => known.has(pid));
    const [first] = own;
    if (own.length !== 1 || first?.threads === undefined || hasChildren(first, processes)) continue;
    if (ONE_THREAD.test(programOf(first.command))) continue;
    if (first.threads >= slots + FIRST_THREAD) return 'thread';
  }
  return undefined;
}

const hasChildren = ({ pid }: Process, processes: readonly Process[]): boolean =>
  processes.some(({ ppid }) => ppid === undefined || ppid === pid);

/** As many children of one parent as there are workers, each with a single thread, all of the parent's program. */
function byFamily({ timeline, slots }: Clues): WorkerUnit | undefined {
  if (slots < 2) return undefined;
  for (const { processes } of timeline.processes) {
    for (const parent of processes) {
      const children = processes.filter(({ ppid, command }) => ppid === parent.pid && command === parent.command);
      if (children.length === slots && children.every(({ threads }) => (threads ?? 1) === 1)) return 'process';
    }
  }
  return undefined;
}

/** One count of requests that all workers share is that of one process. */
const byCount = ({ timeline: { served }, slots }: Clues): WorkerUnit | undefined =>
  served && slots > 1 && hasOneCount(served) ? 'thread' : undefined;

/** What is stated of processes and threads, where it fits the number of workers. */
function bySettings({ timeline, slots }: Clues): WorkerUnit | undefined {
  const told = statedSettings(timeline).flatMap(({ processes = 1, threads = 1 }) => {
    if (slots < 2 || processes * threads !== slots) return [];
    return threads > 1 ? ['thread' as const] : ['process' as const];
  });
  return told.every((unit) => unit === told[0]) ? told[0] : undefined;
}

/** A virtual machine that never forks: whatever serves in it are threads. */
export function byProgram({ timeline, behind }: Clues): WorkerUnit | undefined {
  const { runFile, processes } = timeline;
  const known = serverPids(timeline);
  const programs = [
    ...(runFile.command === undefined ? [] : [programOf(runFile.command)]),
    ...(behind ? [] : processes.flatMap((list) => list.processes.filter(({ pid }) => known.has(pid)))).map(
      ({ command }) => programOf(command),
    ),
    ...(behind ? [] : listenersOf(timeline)).flatMap(({ program }) => program ?? []),
  ];
  return programs.length > 0 && programs.every((program) => NEVER_FORKS.test(program)) ? 'thread' : undefined;
}

/** Processes that hold the server's connections, listen at its port, or were started by it; or the only one that lists show. */
function serverPids(timeline: Timeline): ReadonlySet<number> {
  const listed = new Map(
    timeline.processes.flatMap((list) => list.processes.map(({ pid, command }) => [pid, command])),
  );
  const [only] = listed;
  const alone = listed.size === 1 && only && !CLIENT.test(only[1]) ? [only[0]] : [];
  const listening = listenersOf(timeline).flatMap(({ pids }) => pids ?? []);
  return new Set([...alone, ...held(timeline).pids, ...listening, ...startedPids(timeline)]);
}
