import { append } from '../../../model/append.js';
import type { Worker } from '../../../model/events.js';
import type { ReusePattern, WorkerUnit } from '../../../model/finding.js';

/** Names of the thread that a program starts with: Python, JVM, Node and others. */
const MAIN = /^(?:MainThread|main|main-thread|Main Thread|eventloop|event-loop|asyncio)$/i;
/** Names of greenlets, and of Python's tasks, `Task-3`. */
const COROUTINE = /[Gg]reenlet|[Cc]oroutine|^(?:.*\/)?Task-\d|GreenThread|^Dummy-\d+$/;
/** Threads of the JVM's pools bear it as well, `task-3`, as far as a log prints their names. */
const TASK = /^(?:.*\/)?task-\d+$/i;

/** A word in the name that tasks of an event loop bear as well as threads. */
export const isCalledTask = ({ thread }: Worker): boolean => thread !== undefined && TASK.test(thread);

/** A slot's name that numbers its process as well: `uWSGIWorker2Core0`. */
const PROCESS_AND_SLOT = /^(\D*worker\d+)core\d+$/i;
/** A main thread that is named with its process: `w17/MainThread`. */
const PROCESS_AND_MAIN = /^([^/:]*\d)[/:](?:MainThread|main)$/;

/** A process that is called so: `Process-3`, `PoolProc-13`, and as Python names those of a pool, `ForkPoolWorker-2`. */
const PROCESS = /^(?:[A-Za-z]*Proc(?:ess)?|(?:Fork|Spawn|ForkServer)PoolWorker)[-_:# ]\d+(?::\d+)?$/;

/** The thread that a process starts with, on which event loops run. */
export const isMainThread = ({ thread }: Worker): boolean => thread !== undefined && MAIN.test(thread);

/** Words that threads are named by; other names in the same place may be those of loggers. */
const THREAD_WORD = /thread|worker|exec|pool|dispatcher|acceptor|reactor|loop|main/i;

/** The name says that it is a thread's. */
export const isCalledThread = ({ thread }: Worker): boolean => thread !== undefined && THREAD_WORD.test(thread);

/** The line itself calls the worker a process or a thread, whatever its name. */
export const isCalled = ({ pid, thread, nativeId, pidCalled, threadCalled }: Worker): boolean =>
  (pid === undefined || pidCalled === true) &&
  ((thread === undefined && nativeId === undefined) || threadCalled === true);

const numberIn = ({ thread }: Worker): number | undefined => {
  const digits = thread === undefined ? undefined : /(\d{1,9})(?!.*\d)/.exec(thread)?.[1];
  return digits === undefined ? undefined : Number(digits);
};

/** By so much of the whole, on average, a number may be out of its place: begins that were printed in another order. */
const OUT_OF_PLACE = 0.1;

/**
 * Whether the numbers in the names, or those of threads and processes, grow from worker to worker: they count requests, not slots. A pool
 * of which each has served once shows different numbers, too, but in any order.
 */
export function nameCountsRequests(inOrder: readonly Worker[]): boolean {
  const numbers = inOrder.map(countIn).filter((n) => n !== undefined);
  if (numbers.length < inOrder.length || numbers.length < 2) return false;
  if (new Set(numbers).size === numbers.length) return isInOrder(numbers);
  // Each process counts for itself, and anew after each start.
  const own = new Map<string, number[]>();
  for (const [i, worker] of inOrder.entries()) {
    append(own, `${processOf(worker)}/${worker.start ?? 0}`, numbers[i]!);
  }
  return own.size > 1 && own.size < numbers.length && [...own.values()].every(isInOrder);
}

function isInOrder(numbers: readonly number[]): boolean {
  if (new Set(numbers).size < numbers.length) return false;
  const places = new Map([...numbers].sort((a, b) => a - b).map((n, place) => [n, place]));
  const off = numbers.reduce((sum, n, i) => sum + Math.abs(places.get(n)! - i), 0);
  return off <= OUT_OF_PLACE * numbers.length ** 2;
}

/** `Thread-7 (…)`, `ThreadPoolExecutor-7_0`: the first number is the one that goes on counting; without one the system's. */
function countIn({ thread, nativeId, pid, identity }: Worker): number | undefined {
  // An ident is an address, and no count.
  const digits = thread === undefined || identity === 'recycled-ident' ? undefined : /(\d{1,9})/.exec(thread)?.[1];
  return digits === undefined ? (nativeId ?? pid) : Number(digits);
}

/** Whether the numbers in the names stay below about as many as there are workers: they count slots. */
export function nameCountsSlots(workers: readonly Worker[]): boolean {
  const numbers = workers.map(numberIn).filter((n) => n !== undefined);
  return numbers.length > 0 && Math.max(...numbers) <= 2 * workers.length + 1;
}

/** Whether each process' names count its slots from the first on, and none is missing. */
export function namesEverySlot(workers: readonly Worker[]): boolean {
  const own = new Map<string, Set<number>>();
  for (const worker of workers) {
    const number = numberIn(worker);
    if (number === undefined) return false;
    const key = `${processOf(worker)}`;
    own.set(key, (own.get(key) ?? new Set()).add(number));
  }
  // They count from 0 or from 1.
  return [...own.values()].every((numbers) => Math.max(...numbers) - Math.min(1, ...numbers) < numbers.size);
}

/** The worker's process: its id, its name, or the part of a slot's name that tells it. */
export const processOf = ({ pid, thread }: Worker): number | string | undefined =>
  pid ?? (thread === undefined ? undefined : processIn(thread));

const processIn = (name: string): string | undefined =>
  PROCESS.test(name) ? name : (PROCESS_AND_SLOT.exec(name) ?? PROCESS_AND_MAIN.exec(name))?.[1];

/** Python calls threads that another language started as gevent calls its greenlets, `Dummy-3`; only the former have ids of the system's. */
function haveThreads(workers: readonly Worker[]): boolean {
  const ids = new Set(workers.map(({ pid, nativeId }) => `${pid}/${nativeId}`));
  return ids.size === workers.length && workers.every(({ nativeId }) => nativeId !== undefined);
}

/** What the workers are. Where every process shows a single thread, the unit is the process. */
export function unitOf(workers: readonly Worker[], pattern: ReusePattern): WorkerUnit | undefined {
  if (pattern === 'event-loop') return 'coroutine';
  const light = workers.filter(({ thread }) => thread !== undefined && COROUTINE.test(thread));
  if (light.length > 0 && !haveThreads(light)) return 'coroutine';
  const threadsOf = new Map<number | string, Set<string>>();
  for (const worker of workers) {
    const process = processOf(worker);
    if (process === undefined) continue;
    const threads = threadsOf.get(process) ?? new Set();
    threads.add(`${worker.nativeId ?? ''}/${worker.thread ?? ''}`);
    threadsOf.set(process, threads);
  }
  if (threadsOf.size > 0 && [...threadsOf.values()].every((threads) => threads.size === 1)) {
    return 'process';
  }
  return workers.some(({ thread, nativeId }) => thread !== undefined || nativeId !== undefined) ? 'thread' : undefined;
}

/** As the log names it: `7095-MainThread`. */
export function workerLabel({ pid, thread, nativeId }: Worker): string {
  const name = thread ?? (nativeId === undefined ? undefined : String(nativeId));
  return [pid, name].filter((part) => part !== undefined).join('-') || '?';
}
