import type { Look, Seen } from '../../looks.js';
import { unreadAt } from '../../unread.js';
import type { View } from '../../view.js';
import { PASSING } from '../backlog/thresholds.js';

/** Accepted connections must be about the same in so many looks with a queue to be a limit. */
const LOOKS_WITH_QUEUE = 2;

/** Looks that must show the very same number for it to be more than chance. */
const STEADY_LOOKS = 3;

/** So much more than while others waited, as a share, is more than a limit. */
const MORE_SHARE = 0.2;

/** Share of the looks that makes a rule. */
const AS_A_RULE = 0.5;

/** A count that goes up so often, and never down, has not come to its end. */
const STEPS_UP = 2;

/** How many connections the server had accepted. */
export interface Accepted {
  readonly value: number;
  readonly low: number;
  /** Those included whose client has given up: the server may be serving them still. */
  readonly high: number;
  /** By which rows: those with an owner, or all less the accept queue; those whose request was read, beside others whose was not. */
  readonly by: 'owned' | 'less-queue' | 'read';
  /** Others were waiting to be accepted at that time: the server took no more. */
  readonly atLimit: boolean;
  /** Each process held one connection at most, in every look with a queue: it can only have been serving it. */
  readonly oneEach: boolean;
  /** Look after look showed the same number while others waited. */
  readonly steady: boolean;
  /** It grew to that number while others waited. */
  readonly grew: boolean;
  readonly place: Seen;
}

/**
 * Connections that the server has accepted: with an owner, or ESTABLISHED less Recv-Q of LISTEN. Where others wait to be
 * accepted the server takes no more, and accepted is in service, unless it keeps an inner queue that is full too.
 */
export function acceptedOf({ looks }: View): Accepted | undefined {
  const behind = acceptedBehind(looks);
  // A server in front takes all that come, and the one behind is at its limit.
  if (behind?.atLimit) return behind;
  const counted = looks.flatMap((look) => {
    const one = acceptedAt(look);
    return one
      ? [
          {
            ...one,
            queued: look.queued?.value ?? look.ownerless?.value ?? 0,
            perProcess: look.perProcess,
            lingering: look.closeWait?.value ?? 0,
          },
        ]
      : [];
  });
  return mostAccepted(counted);
}

/**
 * Connections whose request the server has read, while others that it has accepted stay unread: in service, since it reads none ahead. Told only
 * where look after look shows the same.
 */
export function readOf(view: View): Accepted | undefined {
  const counted = view.looks.flatMap((look) => {
    const one = unreadAt(look);
    return one
      ? [
          {
            value: one.read,
            by: 'read' as const,
            place: one.unread,
            queued: one.unread.value,
            perProcess: undefined,
            lingering: 0,
          },
        ]
      : [];
  });
  const read = mostAccepted(counted);
  return read?.steady ? read : undefined;
}

function acceptedBehind(looks: View['looks']): Accepted | undefined {
  const counted = looks.flatMap(({ inner }) => {
    if (!inner?.accepted) return [];
    const { value, owned, perProcess } = inner.accepted;
    const by = owned ? ('owned' as const) : ('less-queue' as const);
    return [{ value, by, place: inner.accepted, queued: inner.value, perProcess, lingering: 0 }];
  });
  return mostAccepted(counted);
}

/** One look's count. */
interface Counted {
  readonly value: number;
  readonly by: Accepted['by'];
  readonly place: Seen;
  readonly queued: number;
  readonly perProcess: number | undefined;
  readonly lingering: number;
}

function mostAccepted(counted: readonly Counted[]): Accepted | undefined {
  if (counted.length === 0) return undefined;
  const waiting = counted.filter(({ queued }) => queued > 0);
  const atLimit = waiting.length >= LOOKS_WITH_QUEUE && !isPassing(waiting, counted);
  const clear = unleft(waiting);
  const held = grown(clear);
  const list = [...(atLimit ? held : counted)].sort((a, b) => a.value - b.value);
  const most = list.at(-1)!;
  const median = list[list.length >> 1]!;
  const growing = atLimit && held.length === clear.length && goesUp(clear);
  const chosen = atLimit && !growing ? median : most;
  return {
    value: chosen.value,
    low: list[Math.floor(list.length * 0.1)]!.value,
    high:
      Math.max(...(atLimit ? waiting : counted).map(({ value, lingering }) => value + lingering)) +
      (atLimit ? 0 : largestStep(counted)),
    by: chosen.by,
    atLimit,
    oneEach: atLimit && waiting.every(({ perProcess }) => perProcess === 1),
    steady: atLimit && !growing && list.filter(({ value }) => value === median.value).length >= STEADY_LOOKS,
    grew: held.length < clear.length,
    place: chosen.place,
  };
}

/** Whoever has left while being served is accepted still, and not counted: looks of before, if there are enough. */
function unleft<T extends { readonly lingering: number }>(waiting: readonly T[]): readonly T[] {
  const before = waiting.filter(({ lingering }) => lingering === 0);
  return before.length >= STEADY_LOOKS ? before : waiting;
}

/**
 * Nobody but a connection or two about to be accepted, by a server that is seen to hold more, or as many as a rule with nobody waiting: it had
 * room for them. So had one that held many more afterwards, however many had waited.
 */
function isPassing<T extends { readonly value: number; readonly queued: number }>(
  waiting: readonly T[],
  all: readonly T[],
): boolean {
  const most = Math.max(...waiting.map(({ value }) => value));
  if (all.some(({ value }) => value > most + Math.max(PASSING, MORE_SHARE * most))) return true;
  if (waiting.some(({ queued }) => queued > PASSING)) return false;
  const asMany = all.filter(({ value }) => value >= most - PASSING);
  const alone = asMany.filter(({ queued }) => queued === 0);
  return all.some(({ value }) => value > most + PASSING) || alone.length > AS_A_RULE * asMany.length;
}

/**
 * The looks from when a pool had all its workers: one that starts them while others wait holds more connections with each of them, and its limit is
 * where it ends.
 *
 *     accepted  4            ┌──────       accepted   ┌┐ ┌──┐┌─      no pool that grows: the count goes up and down
 *               2     ┌──────┘                     ───┘└─┘  └┘
 *               1  ───┘
 */
function grown<T extends { readonly value: number }>(inOrder: readonly T[]): readonly T[] {
  const most = Math.max(...inOrder.map(({ value }) => value));
  const first = inOrder.findIndex(({ value }) => value === most);
  const before = inOrder.slice(0, first);
  const ascends = before.every(({ value }, i) => value >= (before[i - 1]?.value ?? 0));
  const after = inOrder.slice(first);
  const holds = after.length >= STEADY_LOOKS && after.every(({ value }) => value === most);
  return ascends && holds ? after : inOrder;
}

/** A pool that was still growing when the last looked: it may have grown on. */
function goesUp(inOrder: readonly { readonly value: number }[]): boolean {
  const steps = inOrder.slice(1).map(({ value }, i) => value - inOrder[i]!.value);
  return steps.every((step) => step >= 0) && steps.filter((step) => step > 0).length >= STEPS_UP;
}

/** How much the count may have changed unseen: as much as it ever did from one look to the next. */
function largestStep(inOrder: readonly { readonly value: number }[]): number {
  return inOrder.reduce((most, { value }, i) => Math.max(most, Math.abs(value - (inOrder[i - 1]?.value ?? value))), 0);
}

/** The connections that the server had accepted at one look; `undefined` where it does not tell. */
export function acceptedAt(look: Look): { value: number; by: Accepted['by']; place: Seen } | undefined {
  if (look.owned) return { value: look.owned.value, by: 'owned', place: look.owned };
  if (!look.established || !look.queued) return undefined;
  const value = Math.max(0, look.established.value - look.queued.value);
  return { value, by: 'less-queue', place: look.established };
}
