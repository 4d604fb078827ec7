import type { MaxConcurrency } from '../../../model/finding.js';
import type { Message } from '../../../model/message.js';
import { say } from '../../../words/ids.js';
import { cite } from '../../cite.js';
import { peak } from '../../stats/steps.js';
import type { View } from '../../view.js';
import { underWayWhenFull } from './at-the-door.js';
import type { ClientEstimate } from './from-client.js';
import { type Accepted, acceptedOf, readOf } from './from-sockets.js';
import { method, nameOf, SAME } from './methods.js';

/** The client's estimate and the sockets' count are of the same thing where they differ by no more than this share. */
const NEAR_SHARE = 0.15;

/** Sockets and the client's times tell where no log does. */
export function withoutLog(view: View): MaxConcurrency {
  const { samples } = view.timeline;
  const client = view.byClient();
  const accepted = readOf(view) ?? acceptedOf(view);
  if (accepted?.atLimit) return bySockets(view, accepted, client?.kind === 'limited' ? client : undefined);
  if (client) return byClient(client, underWayWhenFull(view), mostConnected(view, accepted));
  if (accepted && accepted.value > 0) return bySockets(view, accepted, undefined);
  const why = samples || view.looks.length > 0 ? say('max.why.noRequests', {}) : say('max.why.noLog', {});
  return unknown(why, [say('max.next.log', {})]);
}

function bySockets(view: View, accepted: Accepted, client: ClientEstimate | undefined): MaxConcurrency {
  // Accepted connections may wait inside the server: in service is between what the client suggests and all of them.
  const apart = client && Math.abs(client.value - accepted.value);
  const near = apart !== undefined && apart <= Math.max(SAME, NEAR_SHARE * accepted.value);
  // Of a pool that grew the client's times tell what it had on the average.
  const whole = accepted.grew && accepted.steady && accepted.oneEach;
  const value = client && !near && !whole && client.value < accepted.value ? client.value : accepted.value;
  const low = Math.min(value, client ? leastOf(client, accepted) : 1, accepted.low);
  // Of few, one more or less is a share that matters.
  const same = apart === undefined || apart <= NEAR_SHARE * accepted.value;
  // Between two looks more may have been accepted, up to all that were in flight; at the limit the looks show the most.
  const underWay = accepted.atLimit || !view.inFlight ? 0 : peak(view.inFlight).value;
  const highest = Math.max(accepted.high, underWay, same ? 0 : client!.value);
  const settled = whole || (accepted.steady && accepted.oneEach && same);
  const range = { low: Math.max(1, low), high: Math.max(highest, value) };
  return {
    bound: settled ? 'exact' : 'estimate',
    confidence: near || accepted.steady ? 'medium' : 'low',
    value,
    ...(settled ? {} : { range }),
    statement: settled ? say('max.exact', { n: value }) : estimateOf(value, accepted, range),
    evidence: [cite(view.timeline, accepted.place, saysOf(accepted))],
    methods: [
      method(nameOf(accepted), accepted.value, value),
      ...(client && !whole ? [{ name: say('max.method.little', {}), value: client.value, agrees: near }] : []),
    ],
    caveats: settled ? [] : [say('max.caveat.acceptedMayWait', {})],
    recordNext: [say('max.next.log', {})],
  };
}

const saysOf = ({ by, place: { value } }: Accepted): Message =>
  by === 'read'
    ? say('backlog.says.unread', { n: value })
    : say('backlog.says.established', { established: value, inService: undefined });

/** Whose number it is: more were accepted than the client's times suggest. */
const estimateOf = (n: number, accepted: Accepted, range: { readonly low: number; readonly high: number }): Message =>
  n === accepted.value ? say('max.estimate.sockets', { n }) : say('max.estimate.client', { n, ...range });

/**
 * The client's interval is wide where times in service differ. Where its estimate is the very number that look after look shows, both may
 * still err by what is called near.
 */
function leastOf({ value, low }: ClientEstimate, accepted: Accepted): number {
  const agrees = accepted.steady && Math.abs(value - accepted.value) <= SAME;
  return agrees ? Math.max(low, Math.floor(Math.min(value, accepted.value) * (1 - NEAR_SHARE)) - SAME) : low;
}

/** A look that shows more accepted than the client had under way, or has just given up, shows requests that its record lacks: they may be in service too. */
function mostConnected({ inFlight }: View, accepted: Accepted | undefined): number {
  const more = (accepted?.value ?? 0) - (inFlight ? peak(inFlight).value : 0);
  return more > SAME ? accepted!.high : 0;
}

function byClient({ kind, low, ...most }: ClientEstimate, full: number | undefined, connected: number): MaxConcurrency {
  // No more were under way whenever one was turned away for want of room.
  const value = Math.min(most.value, full ?? most.value);
  const high = Math.max(Math.min(most.high, full ?? most.high), connected);
  return {
    bound: 'estimate',
    confidence: 'low',
    value,
    range: { low, high },
    statement:
      kind === 'limited'
        ? say('max.estimate.client', { n: value, low, high })
        : say('max.estimate.unlimited', { n: value }),
    evidence: [],
    methods: [
      { name: kind === 'limited' ? say('max.method.little', {}) : say('max.method.inFlight', {}), value, agrees: true },
      ...(full === undefined ? [] : [{ name: say('max.method.whenFull', {}), value: full, agrees: full === value }]),
    ],
    caveats: [say('max.caveat.clientOnly', {})],
    recordNext: [say('max.next.log', {})],
  };
}

/** The recording does not say. */
export function unknown(why: Message, recordNext: readonly Message[]): MaxConcurrency {
  return {
    bound: 'unknown',
    confidence: 'low',
    statement: say('max.unknown', { why }),
    evidence: [],
    methods: [],
    caveats: [],
    recordNext,
  };
}
