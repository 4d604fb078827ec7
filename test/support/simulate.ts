import { analyseRun } from '../../src/analyse/analyse.js';
import type { RunAnalysis } from '../../src/model/run-analysis.js';
import type { Outcome } from '../../src/model/samples.js';
import type { ConnectionTally, SocketSnapshot } from '../../src/model/snapshot.js';
import type { TestSample } from './samples.js';
import { handled, timelineOf } from './timeline.js';

/** A server under a steady load: `capacity` at once, `queue` more wait, the rest can't connect. Times in ms. */
export interface Simulated {
  readonly requests: number;
  readonly everyMs: number;
  readonly capacity: number;
  readonly serviceMs: number;
  /** Where those wait who are connected, and how many of them at most. */
  readonly queue: { readonly where: 'kernel' | 'server'; readonly most: number };
  readonly workers: 'per-request' | 'pool' | 'loop';
  /** How long a client tries to connect, and what it then reports. */
  readonly giveUp?: { readonly afterMs: number; readonly outcome: Outcome };
  readonly lookEveryMs?: number;
  readonly sources?: readonly ('client' | 'log' | 'sockets')[];
  /** More requests after these times, to show whether workers serve again. */
  readonly late?: readonly number[];
  readonly name?: (n: number) => string;
}

interface Life {
  readonly id: number;
  readonly sent: number;
  connected?: number;
  begun?: number;
  ended?: number;
  worker?: number;
}

const START = Date.UTC(2023, 1, 10, 10, 30, 16, 222);
export const PORT = 8080;

/** Same numbers for the same seed, on every machine. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function live(options: Simulated): Life[] {
  const { requests, everyMs, capacity, serviceMs, queue, giveUp } = options;
  const next = random(7);
  const sent = [...Array.from({ length: requests }, (_, i) => i * everyMs), ...(options.late ?? [])];
  const lives: Life[] = sent.map((at, i) => ({ id: i + 1, sent: at }));
  const serving: Life[] = [];
  const waiting: Life[] = [];
  const trying: Life[] = [];
  const free = Array.from({ length: options.workers === 'pool' ? capacity : 0 }, (_, i) => i);
  let born = 0;
  const admit = (now: number) => {
    for (;;) {
      const room = serving.length < capacity;
      const one = room ? (waiting.shift() ?? trying.shift()) : waiting.length < queue.most ? trying.shift() : undefined;
      if (!one) return;
      one.connected ??= now;
      if (!room) {
        waiting.push(one);
        continue;
      }
      one.begun = now + 1;
      one.ended = one.begun + Math.round(serviceMs * (0.95 + 0.1 * next()));
      one.worker = options.workers === 'pool' ? free.shift()! : options.workers === 'loop' ? 0 : born++;
      serving.push(one);
    }
  };
  let at = 0;
  let index = 0;
  for (;;) {
    const nextEnd = serving.reduce((least, { ended }) => Math.min(least, ended!), Number.POSITIVE_INFINITY);
    const nextGiveUp = giveUp && trying[0] ? trying[0].sent + giveUp.afterMs : Number.POSITIVE_INFINITY;
    at = Math.min(lives[index]?.sent ?? Number.POSITIVE_INFINITY, nextEnd, nextGiveUp);
    if (at === Number.POSITIVE_INFINITY) return lives;
    for (let i = serving.length - 1; i >= 0; i--) {
      if (serving[i]!.ended! > at) continue;
      if (options.workers === 'pool') free.push(serving[i]!.worker!);
      serving.splice(i, 1);
    }
    while (giveUp && trying[0] && trying[0].sent + giveUp.afterMs <= at) trying.shift();
    while (lives[index]?.sent === at) trying.push(lives[index++]!);
    admit(at);
  }
}

/** The run as it would be analysed from its recordings. */
export function simulate(id: string, options: Simulated): RunAnalysis {
  const lives = live(options);
  const { giveUp, serviceMs, sources = ['client', 'log', 'sockets'] } = options;
  const name = options.name ?? ((n: number) => `Thread-${n + 1} (process_request_thread)`);
  const samples = lives.map((life): TestSample => {
    const { sent, ended, connected } = life;
    if (ended !== undefined) return { id: life.id, start: START + sent, elapsed: ended + 1 - sent };
    if (connected !== undefined || !giveUp)
      return { id: life.id, start: START + sent, elapsed: serviceMs, outcome: 'other' };
    return { id: life.id, start: START + sent, elapsed: giveUp.afterMs, outcome: giveUp.outcome };
  });
  const log = handled(
    lives
      .filter(({ begun }) => begun !== undefined)
      .map(({ id: n, begun, ended, worker }) => ({
        id: n,
        from: START + begun!,
        to: START + ended!,
        worker: name(worker!),
      })),
  );
  const has = (source: 'client' | 'log' | 'sockets') => sources.includes(source);
  const timeline = timelineOf(has('client') ? samples : undefined, has('log') ? log : undefined);
  const from = START;
  const to = START + Math.max(...lives.map(({ sent, ended }) => ended ?? sent + (giveUp?.afterMs ?? 0)));
  return analyseRun({
    ...timeline,
    id,
    ...(has('client') || has('log') ? {} : { from, to }),
    port: { value: PORT, from: 'option' },
    sockets: has('sockets') ? looks(lives, options, to) : [],
  });
}

function looks(lives: readonly Life[], { lookEveryMs = 1000, queue, giveUp }: Simulated, to: number): SocketSnapshot[] {
  const found: SocketSnapshot[] = [];
  for (let at = 350; START + at <= to; at += lookEveryMs) {
    const now = (from: number | undefined, until: number | undefined) =>
      from !== undefined && from <= at && at < (until ?? Infinity);
    const serving = lives.filter(({ begun, ended }) => now(begun, ended)).length;
    const waiting = lives.filter(({ connected, begun }) => now(connected, begun)).length;
    const trying = lives.filter((life) =>
      now(life.sent, life.connected ?? life.sent + (giveUp?.afterMs ?? Infinity)),
    ).length;
    const inKernel = queue.where === 'kernel' ? waiting : 0;
    const row = (
      side: 'server' | 'client',
      state: ConnectionTally['state'],
      owner: ConnectionTally['owner'],
      count: number,
    ) => (count === 0 ? [] : [{ port: PORT, side, state, owner, withData: 0, count, line: 2 }]);
    found.push({
      source: 0,
      line: found.length * 10 + 1,
      time: START + at,
      zoned: true,
      command: 'ss',
      shows: { connections: true, listeners: true, owners: true },
      listeners: [{ address: '*', port: PORT, queued: inKernel, limit: Math.max(1, queue.most - 1), line: 2 }],
      connections: [
        ...row('server', 'ESTABLISHED', 'some', serving + waiting - inKernel),
        ...row('server', 'ESTABLISHED', 'none', inKernel),
        ...row('client', 'SYN_SENT', 'some', trying),
      ],
    });
  }
  return found;
}
