import type { Random } from './random.js';
import type { ServerSetup } from './setup.js';

/** Who serves a request: as the server's log could name it. */
export interface SimWorker {
  readonly pid: number;
  readonly thread: string;
  /** Place in its process. */
  readonly slot: number;
  requests: number;
  busy: number;
}

const MAIN = 'MainThread';

/** The server's workers: gives each request one, and replaces those that are worn out or killed. */
export class WorkerPool {
  readonly parent: number;
  readonly #slots: SimWorker[] = [];
  #nextPid: number;
  #made = 0;
  #turn = 0;
  #busy = 0;
  readonly #style: string;

  constructor(
    readonly setup: ServerSetup,
    readonly random: Random,
  ) {
    this.parent = random.int(2000, 9000);
    this.#nextPid = this.parent + 1;
    this.#style = random.pick(['http-nio-8080-exec-', 'pool-1-thread-', 'waitress-', 'ThreadPoolExecutor-0_']);
    const pooled = setup.workers === 'thread-pool' || setup.workers === 'process-pool';
    if (setup.workers === 'single') this.#slots.push(this.#process(0));
    if (setup.workers === 'event-loop') {
      for (let i = 0; i < setup.processes; i++) this.#slots.push(this.#process(i));
    }
    if (pooled) this.#fill();
  }

  #fill(): void {
    const { processes, capacity, workers } = this.setup;
    for (let p = 0; p < processes; p++) {
      if (workers === 'process-pool') this.#slots.push(this.#process(0));
      else {
        const pid = processes > 1 ? this.#newPid() : this.parent;
        for (let k = 0; k < capacity / processes; k++) this.#slots.push(this.#thread(pid, k, p));
      }
    }
  }

  #thread(pid: number, slot: number, process: number): SimWorker {
    const first = /[-_]exec-|thread-/.test(this.#style) ? 1 : 0;
    const thread = this.setup.processes > 1 ? `uWSGIWorker${process + 1}Core${slot}` : `${this.#style}${slot + first}`;
    return { pid, thread, slot, requests: 0, busy: 0 };
  }

  #process(slot: number): SimWorker {
    const alone =
      this.setup.workers === 'single' || (this.setup.workers === 'event-loop' && this.setup.processes === 1);
    return { pid: alone ? this.parent : this.#newPid(), thread: MAIN, slot, requests: 0, busy: 0 };
  }

  #newPid(): number {
    const pid = this.#nextPid;
    this.#nextPid += this.random.int(1, 3);
    return pid;
  }

  get busy(): number {
    return this.#busy;
  }

  /** A worker for the next request, or `undefined` if all are busy. */
  take(limit = this.setup.capacity): SimWorker | undefined {
    if (this.#busy >= limit) return undefined;
    const worker = this.#choose();
    if (!worker) return undefined;
    worker.busy++;
    worker.requests++;
    this.#busy++;
    return worker;
  }

  #choose(): SimWorker | undefined {
    const { workers, picks } = this.setup;
    switch (workers) {
      case 'thread-per-request':
        return this.#fresh(this.parent, `Thread-${++this.#made} (process_request_thread)`);
      case 'process-per-request':
        return this.#fresh(this.#newPid(), MAIN);
      case 'shared-name':
        return this.#fresh(this.parent, 'AnyIO worker thread');
      case 'recycled-ident':
        return this.#fresh(this.parent, `${139_800_000_000_000 + 8192 * this.random.int(1, 30)}`);
      case 'event-loop':
        return this.#slots.reduce((a, b) => (b.busy < a.busy ? b : a));
      default: {
        const free = this.#slots.filter(({ busy }) => busy === 0);
        if (picks === 'first') return free[0];
        if (picks === 'last') return free.at(-1);
        if (picks === 'random') return free.length > 0 ? this.random.pick(free) : undefined;
        return free[this.#turn++ % Math.max(1, free.length)];
      }
    }
  }

  #fresh(pid: number, thread: string): SimWorker {
    return { pid, thread, slot: 0, requests: 0, busy: 0 };
  }

  release(worker: SimWorker): void {
    worker.busy--;
    this.#busy--;
    const { recycleAfter } = this.setup;
    if (recycleAfter !== undefined && worker.requests >= recycleAfter) this.#replace(worker.pid);
  }

  /** The process that serves most dies with all of its requests; another takes its place. */
  kill(): number {
    const busiest = this.#slots.reduce((a, b) => (b.busy > a.busy ? b : a));
    this.#replace(busiest.pid);
    return busiest.pid;
  }

  /** A request of a killed process is no longer in service. */
  lose(worker: SimWorker): void {
    worker.busy--;
    this.#busy--;
  }

  #replace(old: number): void {
    const pid = this.#newPid();
    for (const [i, worker] of this.#slots.entries()) {
      if (worker.pid === old) this.#slots[i] = { ...worker, pid, requests: 0, busy: 0 };
    }
  }
}
