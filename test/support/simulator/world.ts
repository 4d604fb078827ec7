import type { Outcome } from '../../../src/model/samples.js';
import { Agenda } from './events.js';
import { Random } from './random.js';
import type { Setup } from './setup.js';
import { type SimWorker, WorkerPool } from './workers.js';

/** One request's life; times in ms since the first request, on the true clock. `NaN`: did not happen. */
export interface SimRequest {
  readonly id: number;
  readonly clientPort: number;
  /** As the client stamps it. */
  stampedAt: number;
  sentAt: number;
  /** The client's end of the connection is established; the server's end is. */
  clientConnectedAt: number;
  connectedAt: number;
  acceptedAt: number;
  /** A router handed it on: it waits at the inner port. */
  handedOnAt: number;
  begunAt: number;
  endedAt: number;
  /** No line tells the end. */
  cut: boolean;
  /** The client has its answer or gives up. */
  overAt: number;
  outcome: Outcome;
  /** The client closed its end before the server did. */
  closedAt: number;
  serverClosedAt: number;
  worker: SimWorker | undefined;
  /** The connection served an earlier request already. */
  reused: boolean;
}

/** What happened, all of it. */
export interface World {
  readonly requests: readonly SimRequest[];
  readonly parent: number;
  readonly router: number;
  readonly killed?: { readonly pid: number; readonly at: number };
  /** Handshakes that a full queue turned away, by time. */
  readonly overflows: readonly number[];
  readonly endsAt: number;
}

/** Linux sends SYN again after these times, ms since the first. */
const SYN_RETRIES = [1000, 3000, 7000, 15_000, 31_000];
const LOOPBACK_MS = 0.05;

/** Lets client, kernel and server act on each other until nothing more happens. */
export function simulate(setup: Setup): World {
  const world = new Simulation(setup);
  return world.run();
}

class Simulation {
  readonly #agenda = new Agenda();
  readonly #random: Random;
  readonly #pool: WorkerPool;
  readonly #requests: SimRequest[] = [];
  /** Accept queue of the port that clients connect to. */
  readonly #accept: SimRequest[] = [];
  /** Accepted and waiting in the server. */
  readonly #inside: SimRequest[] = [];
  /** Accept queue of the router's inner port. */
  readonly #innerAccept: SimRequest[] = [];
  readonly #overflows: number[] = [];
  #connections = 0;
  #dead = false;
  #stopped = false;
  #killed: World['killed'];
  #nextPort = 32_768;
  #endsAt = 0;

  constructor(readonly setup: Setup) {
    this.#random = new Random(setup.seed ^ 0x5eed);
    this.#pool = new WorkerPool(setup.server, this.#random);
  }

  run(): World {
    const { load, server } = this.setup;
    if (load.keepAlive > 0) this.#closedLoop();
    else for (let round = 0; round < load.rounds; round++) this.#openLoop(round);
    if (server.killAt !== undefined) this.#agenda.at(server.killAt, () => this.#kill());
    if (server.diesAt !== undefined) this.#agenda.at(server.diesAt, () => this.#die());
    if (load.stopAt !== undefined) this.#agenda.at(load.stopAt, () => this.#stop());
    this.#agenda.run();
    return {
      requests: this.#requests,
      parent: this.#pool.parent,
      router: this.#pool.parent - 1,
      ...(this.#killed ? { killed: this.#killed } : {}),
      overflows: this.#overflows,
      endsAt: this.#endsAt,
    };
  }

  #openLoop(round: number): void {
    const { requests, every, late, lateAfterMs, warmUpMs, serviceMs } = this.setup.load;
    const start = round * (requests * every + 3 * serviceMs + lateAfterMs + 20_000);
    for (let i = 0; i < requests + late; i++) {
      const isLate = i >= requests;
      const planned = isLate
        ? start + requests * every + lateAfterMs + (i - requests) * Math.max(every, 50)
        : start + i * every * this.#random.between(0.97, 1.03);
      // The clock of the sample starts when the thread does; the request goes out when the classes are loaded.
      const warm = round === 0 && planned < warmUpMs ? (warmUpMs - planned) * this.#random.between(0.6, 1) : 0;
      const request = this.#newRequest(i + 1, planned);
      this.#agenda.at(planned + warm + this.#random.between(0.1, 0.8), () => this.#send(request));
    }
  }

  #closedLoop(): void {
    const { requests, keepAlive, every } = this.setup.load;
    const each = Math.ceil(requests / keepAlive);
    for (let thread = 0; thread < keepAlive; thread++) {
      this.#agenda.at(thread * every, () => this.#nextOnConnection(thread, 0, each, undefined));
    }
  }

  #nextOnConnection(thread: number, k: number, each: number, before: SimRequest | undefined): void {
    if (k >= each || this.#stopped) {
      if (before?.outcome === 'succeeded') this.#leave(before);
      return;
    }
    const request = this.#newRequest(thread * each + k + 1, this.#agenda.now, before?.clientPort);
    const next = () =>
      this.#agenda.after(this.#random.between(0.5, 3), () => this.#nextOnConnection(thread, k + 1, each, request));
    this.#onOver.set(request, next);
    if (before?.outcome !== 'succeeded') {
      this.#agenda.after(0.2, () => this.#send(request));
      return;
    }
    before.serverClosedAt = this.#agenda.now;
    request.reused = true;
    request.sentAt = this.#agenda.now + 0.1;
    request.clientConnectedAt = request.connectedAt = request.acceptedAt = request.sentAt;
    this.#watchReadTimeout(request);
    this.#agenda.after(0.2, () => this.#admit(request));
  }
  readonly #onOver = new Map<SimRequest, () => void>();

  /** The client has no more to send on a connection that the server keeps. */
  #leave(request: SimRequest): void {
    request.serverClosedAt = this.#agenda.now + 1;
    this.#connections--;
    this.#work();
  }

  #newRequest(id: number, stampedAt: number, port?: number): SimRequest {
    const none = Number.NaN;
    const request: SimRequest = {
      id,
      clientPort: port ?? this.#nextPort++,
      stampedAt,
      sentAt: none,
      clientConnectedAt: none,
      connectedAt: none,
      acceptedAt: none,
      handedOnAt: none,
      begunAt: none,
      endedAt: none,
      cut: false,
      overAt: none,
      outcome: 'succeeded',
      closedAt: none,
      serverClosedAt: none,
      worker: undefined,
      reused: false,
    };
    this.#requests.push(request);
    return request;
  }

  #send(request: SimRequest): void {
    if (this.#stopped) {
      this.#requests.splice(this.#requests.indexOf(request), 1);
      return;
    }
    request.sentAt = this.#agenda.now;
    const { connectTimeoutMs } = this.setup.load;
    this.#agenda.after(connectTimeoutMs, () => {
      if (Number.isNaN(request.clientConnectedAt) && Number.isNaN(request.overAt))
        this.#fail(request, 'connect-timeout');
    });
    this.#syn(request, 0);
  }

  #syn(request: SimRequest, attempt: number): void {
    if (!Number.isNaN(request.overAt)) return;
    const { server } = this.setup;
    if (this.#dead) {
      this.#fail(request, 'refused');
      return;
    }
    if (this.#accept.length <= server.backlog) {
      this.#connect(request);
      return;
    }
    this.#overflows.push(this.#agenda.now);
    if (server.overflow === 'refuse') {
      this.#fail(request, 'refused');
      return;
    }
    if (server.overflow === 'reset') {
      this.#fail(request, 'reset');
      return;
    }
    const retry = SYN_RETRIES[attempt];
    if (retry !== undefined) this.#agenda.at(request.sentAt + retry, () => this.#syn(request, attempt + 1));
  }

  #connect(request: SimRequest): void {
    const { now } = this.#agenda;
    request.connectedAt = now;
    request.clientConnectedAt = now + LOOPBACK_MS;
    this.#accept.push(request);
    this.#watchReadTimeout(request);
    this.#work();
  }

  #watchReadTimeout(request: SimRequest): void {
    this.#agenda.after(this.setup.load.readTimeoutMs, () => {
      if (Number.isNaN(request.overAt)) this.#fail(request, 'read-timeout');
    });
  }

  /** Moves whoever can move. */
  #work(): void {
    if (this.#dead) return;
    const { admission } = this.setup.server;
    if (admission.kind === 'accept-when-free') this.#acceptWhenFree();
    else if (admission.kind === 'accept-all') {
      while (this.#accept.length > 0 && this.#connections < admission.connections) this.#admit(this.#taken());
      this.#serveInside();
    } else this.#route(admission.innerBacklog);
  }

  #taken(): SimRequest {
    const request = this.#accept.shift()!;
    request.acceptedAt = this.#agenda.now;
    this.#connections++;
    return request;
  }

  #acceptWhenFree(): void {
    while (this.#accept.length > 0) {
      const worker = this.#pool.take();
      if (!worker) return;
      this.#begin(this.#taken(), worker);
    }
  }

  #admit(request: SimRequest): void {
    const { admission, core, capacity } = this.setup.server;
    if (this.#dead) {
      this.#fail(request, 'reset');
      return;
    }
    if (admission.kind !== 'accept-all') return;
    const worker =
      this.#pool.take(core ?? capacity) ?? (this.#inside.length >= admission.queue ? this.#pool.take() : undefined);
    if (worker) this.#begin(request, worker);
    else if (this.#inside.length < admission.queue || admission.beyond === 'wait') this.#inside.push(request);
    else {
      this.#connections--;
      request.serverClosedAt = this.#agenda.now;
      this.#fail(request, admission.beyond);
    }
  }

  #serveInside(): void {
    while (this.#inside.length > 0) {
      const worker = this.#pool.take(this.setup.server.core === undefined ? undefined : this.setup.server.core);
      if (!worker) return;
      this.#begin(this.#inside.shift()!, worker);
    }
  }

  #route(innerBacklog: number): void {
    while (this.#accept.length > 0) this.#inside.push(this.#taken());
    for (;;) {
      while (this.#inside.length > 0 && this.#innerAccept.length <= innerBacklog) {
        const request = this.#inside.shift()!;
        request.handedOnAt = this.#agenda.now;
        this.#innerAccept.push(request);
      }
      const worker = this.#innerAccept.length > 0 ? this.#pool.take() : undefined;
      if (!worker) return;
      this.#begin(this.#innerAccept.shift()!, worker);
    }
  }

  #begin(request: SimRequest, worker: SimWorker): void {
    const { serviceMs, spread } = this.setup.load;
    request.worker = worker;
    request.begunAt = this.#agenda.now + this.#random.between(0.05, 0.4);
    const ms = serviceMs * (1 + spread * this.#random.between(-1, 1));
    this.#agenda.at(request.begunAt + ms, () => this.#end(request));
  }

  #end(request: SimRequest): void {
    if (request.cut || this.#dead) return;
    const { now } = this.#agenda;
    request.endedAt = now;
    if (request.worker) this.#pool.release(request.worker);
    if (this.setup.load.keepAlive === 0) {
      request.serverClosedAt = now + 0.1;
      this.#connections--;
    }
    if (Number.isNaN(request.overAt)) this.#over(request, now + this.#random.between(0.2, 1.2));
    this.#work();
    this.#endsAt = Math.max(this.#endsAt, now);
  }

  #over(request: SimRequest, at: number): void {
    request.overAt = at;
    this.#endsAt = Math.max(this.#endsAt, at);
    this.#onOver.get(request)?.();
  }

  #fail(request: SimRequest, outcome: Outcome): void {
    request.outcome = outcome;
    if (outcome === 'read-timeout' || outcome === 'abandoned') request.closedAt = this.#agenda.now;
    this.#over(request, this.#agenda.now + (outcome === 'connect-timeout' ? 0.5 : 0.3));
  }

  #kill(): void {
    const busy = this.#requests.filter((one) => !Number.isNaN(one.begunAt) && Number.isNaN(one.endedAt));
    if (busy.length === 0) return;
    const pid = this.#pool.kill();
    this.#killed = { pid, at: this.#agenda.now };
    for (const request of busy.filter(({ worker }) => worker?.pid === pid)) {
      this.#cut(request);
      this.#pool.lose(request.worker!);
      this.#connections--;
    }
    this.#work();
  }

  #cut(request: SimRequest): void {
    request.cut = true;
    request.endedAt = this.#agenda.now;
    request.serverClosedAt = this.#agenda.now;
    if (Number.isNaN(request.overAt)) this.#fail(request, 'reset');
  }

  #die(): void {
    this.#dead = true;
    for (const request of this.#requests) {
      if (!Number.isNaN(request.begunAt) && Number.isNaN(request.endedAt)) this.#cut(request);
      else if (!Number.isNaN(request.connectedAt) && Number.isNaN(request.overAt)) this.#fail(request, 'reset');
    }
    this.#accept.length = this.#inside.length = this.#innerAccept.length = 0;
  }

  #stop(): void {
    this.#stopped = true;
    for (const request of this.#requests) {
      if (!Number.isNaN(request.sentAt) && Number.isNaN(request.overAt)) this.#fail(request, 'abandoned');
    }
  }
}
