import type { Look, Seen } from '../../looks.js';
import { type Steps, valueAt } from '../../stats/steps.js';
import type { View } from '../../view.js';
import type { Connected } from './connected.js';

/** Commands run for some time after the stamp before them: counts within this time of it are compared, ms. */
const LOOK_TAKES_MS = 500;
/** An inner queue smaller than this may be the look's own blur. */
const SMALLEST_INNER = 2;

/** What one look shows of those who wait. */
export interface Queue {
  readonly look: Look;
  /** In accept queues of the kernel, a router's inner one included. */
  readonly kernel: number;
  /** Accepted and not begun; `undefined` where nothing tells who is in service. */
  readonly server: number | undefined;
  readonly total: number;
  readonly place: Seen;
}

/** Who waits where at each look. */
export function queuesOf(view: View, connected: Connected | undefined): readonly Queue[] {
  const idle = idleLimit(view, connected);
  return view.looks.flatMap((look) => {
    const outer = look.queued ?? look.ownerless;
    if (!outer && !look.established) return [];
    const inner = look.inner?.value ?? 0;
    const kernel = (outer?.value ?? 0) + inner;
    const server = insideOf(view, look, kernel, idle);
    const place = (look.inner && inner > (outer?.value ?? 0) ? look.inner : outer) ?? look.established!;
    return [{ look, kernel, server, total: kernel + (server ?? 0), place }];
  });
}

/** ESTABLISHED less accept queue less in service; idle kept-alive connections are no more than the clients' own count allows. */
function insideOf(
  view: View,
  look: Look,
  kernel: number,
  idle: (from: number, to: number) => number,
): number | undefined {
  const { inService } = view;
  if (!inService || !look.established || look.at === undefined) return undefined;
  const to = look.at + LOOK_TAKES_MS;
  const service = mostBetween(inService, look.at, to);
  const inside = look.established.value - kernel - service;
  const limited = Math.min(inside, idle(look.at, to) - kernel);
  return limited >= SMALLEST_INNER ? limited : 0;
}

/** How many clients can be waiting at all; without client samples there is no telling, and no limit. */
function idleLimit(view: View, connected: Connected | undefined): (from: number, to: number) => number {
  if (connected) return (from, to) => mostBetween(connected.steps, from, to);
  const { inFlight, inService } = view;
  if (!inFlight || !inService) return () => Number.POSITIVE_INFINITY;
  return (from, to) => mostBetween(inFlight, from, to) - valueAt(inService, from);
}

/** The highest count within a time. */
export function mostBetween(steps: Steps, from: number, to: number): number {
  let most = valueAt(steps, from);
  let low = 0;
  let high = steps.t.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (steps.t[middle]! <= from) low = middle + 1;
    else high = middle;
  }
  for (let i = low; i < steps.t.length && steps.t[i]! <= to; i++) most = Math.max(most, steps.v[i]!);
  return most;
}
