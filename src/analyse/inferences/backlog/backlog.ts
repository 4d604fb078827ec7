import type { Backlog, Confidence, Evidence, MaxConcurrency, Method, Where } from '../../../model/finding.js';
import type { Message } from '../../../model/message.js';
import { OUTCOME_CODE } from '../../../model/samples.js';
import { say } from '../../../words/ids.js';
import { cite, placeOfSample } from '../../cite.js';
import { coverageOf } from '../../service/coverage.js';
import { spansAtLeast, touches } from '../../stats/spans.js';
import { peak, timeWhile } from '../../stats/steps.js';
import type { View } from '../../view.js';
import type { Facts, Inference } from '../inference.js';
import { type Connected, connectedOf, overflowsOf } from './connected.js';
import { type Queue, queuesOf } from './queues.js';

/** A part of the queue this small beside the other does not make it stand in both places. */
const SMALL_SHARE = 0.05;
const SMALL_PART = 3;
/** The fullest value must be seen in so many looks to be a queue's end where its limit is not known. */
const LOOKS_AT_FULL = 2;
/** Two counts of one queue agree within so much: snapshots lag behind events. */
const SAME_SHARE = 0.1;
const SAME = 2;
/** So much of the longest queue must have been seen in one look for its place to be that of the whole. */
const PLACED_SHARE = 0.5;
/** Snapshots further apart than this can miss the highest queue, ms. */
const SPARSE_MS = 3000;
/** The limit holds where so much of it is reached: between two requests a worker is free for a moment. */
const AT_LIMIT_SHARE = 0.8;
/** Clients that could not connect in time, from which a queue had no room for them: one alone may have had another reason. */
const MANY_UNCONNECTED = 3;
/** Commands run for some time after the stamp before them, ms. */
const LOOK_TAKES_MS = 500;
/** Stamps this coarse let several requests begin and end at what looks like one instant, ms. */
const COARSE_MS = 1000;
/** A log's clock of larger steps leaves open who was in service at a look, ms. */
const FINE_MS = 100;
/** A queue this short that one look shows is a connection about to be accepted. */
const PASSING = 2;

/** The most requests connected and not yet in service at one instant. */
export const backlog = {
  id: 'backlog',
  infer: (facts) => {
    const { view } = facts;
    const connected = connectedOf(view);
    const queues = queuesOf(view, connected, facts.capacity?.value);
    if (queues.length > 0) return fromLooks(facts, queues, connected);
    // What a server in front has begun may wait behind it.
    if (connected && !view.front) return fromClient(facts, connected);
    return unknown(say('backlog.why.noSource', {}), view);
  },
  failed: (reason) => ({ ...unknown(say('note.inferenceFailed', { inference: 'backlog', reason }), undefined) }),
} satisfies Inference<'backlog'>;

function fromLooks(facts: Facts, all: readonly Queue[], connected: Connected | undefined): Backlog {
  const { view, found } = facts;
  const queues = atLimit(facts, all);
  const top = queues.reduce((a, b) => (b.total > a.total ? b : a));
  const events = connected && !connected.mayBeUnconnected ? connected : undefined;
  if (!view.service && top.server === undefined && top.kernel <= PASSING) return withoutBegins(facts, queues);
  if (nobodyWaited(facts, queues, top, connected)) return none(view, queues, connected);
  const full = fullness(facts, queues, top);
  const open = isBlurred(view, queues, top, events);
  const parts = partsOf(facts, top, connected, full !== undefined && !open);
  const { kernel, server, where, value } = besidesFull(facts, queues, parts);
  const router = queues.some(({ look }) => (look.inner?.value ?? 0) > 0);
  // Who is accepted and waits inside must be known too, else only the kernel's part is.
  const inside =
    (server !== undefined && !perhapsMore(view, connected)) ||
    (found.maxConcurrency?.bound === 'exact' && kernelHoldsAll(view, top, connected));
  // Without a client only shapes put looks and log on one clock: the kernel's part is certain then, not who is inside.
  const paired = view.timeline.samples !== undefined || (server ?? 0) === 0;
  const exact = full !== undefined && !open && !router && inside && paired;
  const n = value;
  return {
    bound: exact ? 'exact' : 'at-least',
    confidence: confidenceOf(view, top, value, connected, exact, full),
    value,
    where,
    ...(kernel === undefined ? {} : { kernel }),
    ...(server === undefined ? {} : { server }),
    statement: exact
      ? say('backlog.exact', { n, where, kernel, server })
      : say('backlog.atLeast', { n, where, kernel, server }),
    evidence: [...lookEvidence(view, top), ...(full?.evidence ?? []), ...waitEvidence(view, connected)].slice(0, 6),
    methods: methodsOf(queues, top, connected, value),
    caveats: caveatsOf(queues, top, server === undefined, router),
    recordNext: exact ? [] : [say('backlog.next.more', {})],
  };
}

/** Where nothing lists connections, and the client does not say of all who were cut whether they had one. */
const perhapsMore = ({ looks }: View, connected: Connected | undefined): boolean =>
  connected !== undefined &&
  looks.every(({ established }) => established === undefined) &&
  peak(connected.atMost).value > connected.value + SAME;

/** Connections that nobody lists may stand inside as well, unless the clients that can have been connected are no more than the kernel's queue. */
function kernelHoldsAll({ looks }: View, { kernel }: Queue, connected: Connected | undefined): boolean {
  if (looks.some(({ established }) => established !== undefined)) return true;
  return connected === undefined || connected.value <= kernel + Math.max(SAME, SAME_SHARE * kernel);
}

/**
 * What waits inside is a difference of counts: stamps of whole seconds leave it open by some, where a single look shows the most, or the
 * clients count more.
 */
function isBlurred(
  { timeline, service }: View,
  queues: readonly Queue[],
  top: Queue,
  events: Connected | undefined,
): boolean {
  if ((top.server ?? 0) <= SMALL_PART) return false;
  // Of those in service some are not counted where the log lost lines.
  if (service?.lossy) return true;
  if ((timeline.served?.resolutionMs ?? 0) < COARSE_MS) return false;
  if (events && events.value !== top.total) return events.value > top.total;
  return !events && queues.filter(({ total }) => total === top.total).length < LOOKS_AT_FULL;
}

/**
 * No log tells who is in service, and the kernel's queue is empty: whoever is connected beyond what max concurrency is estimated at
 * waits inside.
 */
function withoutBegins({ view, found }: Facts, queues: readonly Queue[]): Backlog {
  const max = found.maxConcurrency;
  const most = queues.reduce((a, b) => ((b.look.established?.value ?? 0) > (a.look.established?.value ?? 0) ? b : a));
  const connected = most.look.established?.value;
  const limited = max?.methods.some(({ name }) => name.id === 'max.method.little');
  const unlimited = max?.statement.id === 'max.estimate.unlimited';
  // Looks at an idle server say nothing of the time when it was busy.
  const busiest = view.inFlight ? peak(view.inFlight).value : 0;
  if (!unlimited && (connected ?? 0) < PLACED_SHARE * busiest && !limited)
    return unknown(say('backlog.why.noBegins', {}), view);
  if (unlimited || (connected !== undefined && connected <= PASSING && busiest <= PASSING))
    return none(view, queues, undefined);
  if (!limited || max?.value === undefined || connected === undefined)
    return unknown(say('backlog.why.noBegins', {}), view);
  const low = Math.max(0, connected - (max.range?.high ?? max.value));
  // Between two looks more may have waited, up to all that were under way.
  const high = Math.max(low, (view.inFlight ? peak(view.inFlight).value : connected) - (max.range?.low ?? max.value));
  const value = Math.min(high, Math.max(low, connected - max.value));
  const where: Where = value > 0 ? 'server' : 'none';
  return {
    bound: 'estimate',
    confidence: 'low',
    value,
    range: { low, high },
    where,
    statement: say('backlog.estimate', { n: value, low, high }),
    evidence: lookEvidence(view, most),
    methods: [{ name: say('backlog.method.established', {}), value, agrees: true }],
    caveats: [say('backlog.caveat.placeUnknown', {})],
    recordNext: [say('backlog.next.log', {})],
  };
}

/**
 * Where a limit shows, the looks taken while it held: before that a server that loads its code may keep connections waiting which no
 * limit makes wait. Where none does, all looks.
 */
function atLimit({ capacity, saturation, view }: Facts, all: readonly Queue[]): readonly Queue[] {
  const died = view.outage?.at ?? Number.POSITIVE_INFINITY;
  const living = all.filter(({ look }) => look.at === undefined || look.at + LOOK_TAKES_MS < died);
  const queues = living.length > 0 ? living : all;
  if (!capacity || !saturation?.saturated || saturation.from === undefined) return queues;
  const spans = spansAtLeast(capacity.steps, Math.max(1, Math.ceil(AT_LIMIT_SHARE * capacity.value)), saturation.to!);
  const held = queues.filter(({ look }) => look.at === undefined || touches(spans, look.at, look.at + LOOK_TAKES_MS));
  return held.some(({ total }) => total > 0) ? held : queues;
}

/**
 * A connection or two that one look catches on their way in are no queue; nor is a wait of which no look shows anything, where the
 * server went on to serve more at once than it did then: it had room, and something else made them wait.
 */
function nobodyWaited(
  { saturation, capacity, view }: Facts,
  queues: readonly Queue[],
  top: Queue,
  connected: Connected | undefined,
): boolean {
  if (!isPassing(queues, top) && top.total > 0 && !(saturation && !saturation.saturated && onceOnly(queues)))
    return false;
  const room =
    capacity !== undefined &&
    saturation !== undefined &&
    !saturation.saturated &&
    !saturation.crowded &&
    (!view.service?.lossy || hadRoom(view, connected));
  return (connected?.value ?? 0) === 0 || room;
}

/** Whatever lines the log lost: while anybody waited, fewer can have been in service than surely were at another time. */
function hadRoom({ surely, possibly }: View, connected: Connected | undefined): boolean {
  if (!surely || !possibly || !connected) return false;
  const most = peak(surely).value;
  return timeWhile(possibly, connected.steps, (n, waiting) => waiting > 0 && n >= most) === 0;
}

const isPassing = (queues: readonly Queue[], top: Queue): boolean =>
  top.total <= PASSING && queues.filter(({ total }) => total > 0).length < LOOKS_AT_FULL;

/** A single look shows somebody waiting: a moment at which the server was busy with itself. */
const onceOnly = (queues: readonly Queue[]): boolean => queues.filter(({ total }) => total > 0).length === 1;

interface Parts {
  readonly value: number;
  readonly where: Where;
  readonly kernel: number | undefined;
  readonly server: number | undefined;
}

/** The parts at the fullest look; where client and log saw a longer queue between two looks, that is the value. */
function partsOf({ found, view }: Facts, top: Queue, connected: Connected | undefined, full: boolean): Parts {
  const { kernel, server } = top;
  const events = connected && !connected.mayBeUnconnected ? connected : undefined;
  const place = placeOfTop(found.maxConcurrency, view, top, connected);
  // The kernel holds no more than the backlog and one or two: more were not connected, whatever the client says.
  const fits = place !== 'kernel' || top.look.limit === undefined || (events?.value ?? 0) <= top.look.limit + SAME;
  const between = !full && events !== undefined && events.value > top.total && fits;
  const value = between ? events.value : top.total;
  if (!between) return { value, where: place, kernel, server };
  // Of a queue that was much longer between two looks nobody saw where the rest stood; what overflows a router's inner queue is in the router.
  if (place !== 'both' && top.total < PLACED_SHARE * value && apart(view.looks) > SPARSE_MS)
    return { value, where: 'unknown', kernel: undefined, server: undefined };
  const innerFull = place === 'kernel' && (top.look.inner?.value ?? 0) > 0;
  if (place === 'kernel' && !innerFull) return { value, where: place, kernel: value, server: 0 };
  if (place === 'server') return { value, where: place, kernel: 0, server: value };
  if (innerFull) return { value, where: 'both', kernel, server: value - kernel };
  if (place === 'both') return { value, where: place, kernel, server: value - kernel };
  return { value, where: 'unknown', kernel: undefined, server: undefined };
}

/**
 * Parts are those of one instant. A kernel's queue that another look shows full, or that left clients unconnected between two looks, stands
 * beside the one inside the server; in the second case nobody saw how long it was.
 */
function besidesFull({ view }: Facts, queues: readonly Queue[], parts: Parts): Parts {
  if (parts.where !== 'server') return parts;
  if (queues.some(({ look }) => look.full)) return { ...parts, where: 'both' };
  const timedOut =
    view.timeline.samples?.outcome.filter((code) => code === OUTCOME_CODE['connect-timeout']).length ?? 0;
  return timedOut < MANY_UNCONNECTED ? parts : { ...parts, where: 'both', kernel: undefined, server: undefined };
}

function placeOfTop(max: MaxConcurrency | undefined, view: View, top: Queue, connected: Connected | undefined): Where {
  if (top.server !== undefined) return placeOf(top.kernel, top.server);
  return kernelHoldsAll(view, top, connected) ? placeWithoutLog(max, top) : 'unknown';
}

/**
 * Without a log only sockets tell. A full inner queue is beside what the router itself holds; the kernel's queue is all there is where
 * the accepted are the same number as the client's response times suggest, or one to a process.
 */
function placeWithoutLog(max: MaxConcurrency | undefined, { kernel, look }: Queue): Where {
  if (look.inner?.full) return 'both';
  if (look.inner && look.inner.value > 0) return 'server';
  // That the sockets agree with themselves says nothing of those who are accepted and wait.
  const seconded = max?.bound === 'exact' || (max?.methods.length ?? 0) > 1;
  const alone = max !== undefined && max.confidence !== 'low' && seconded && max.methods.every(({ agrees }) => agrees);
  return kernel > 0 && alone ? 'kernel' : 'unknown';
}

function placeOf(kernel: number, server: number): Where {
  const small = Math.max(SMALL_PART, SMALL_SHARE * (kernel + server));
  if (kernel > 0 && server <= small && server <= kernel) return 'kernel';
  if (server > 0 && kernel <= small && kernel <= server) return 'server';
  return kernel > 0 && server > 0 ? 'both' : 'none';
}

interface Full {
  readonly signs: number;
  /** It is a queue inside the server, which no line shows: the number is a difference of others. */
  readonly inner?: boolean;
  readonly evidence: readonly Evidence[];
}

/** Signs that the queue had no room for more. A full kernel queue means that the server took no more either. */
function fullness(facts: Facts, queues: readonly Queue[], top: Queue): Full | undefined {
  const { view } = facts;
  const { timeline } = view;
  const evidence: Evidence[] = [];
  let signs = 0;
  const above = queues.filter(({ look }) => look.full);
  if (above.length > 0) signs++;
  const kernelTop = queues.reduce((a, b) => (b.kernel > a.kernel ? b : a));
  const atTop = queues.filter(({ kernel }) => kernel > 0 && kernel >= kernelTop.kernel - 1).length;
  const stuck = queues.filter(({ look }) => (look.synSent?.value ?? 0) + (look.synRecv?.value ?? 0) > 0);
  // A queue that is known to hold more was full between two looks, and nobody saw how long it was then.
  const reached = kernelTop.look.limit === undefined || kernelTop.kernel >= kernelTop.look.limit;
  const full = kernelTop.kernel > 0 && atTop >= LOOKS_AT_FULL && (reached || above.length > 0);
  if (full && stuck.length >= LOOKS_AT_FULL) {
    signs++;
    const look = stuck.reduce((a, b) => ((b.look.synSent?.value ?? 0) > (a.look.synSent?.value ?? 0) ? b : a)).look;
    const sent = look.synSent?.value ?? 0;
    evidence.push(
      sent > 0
        ? cite(timeline, look.synSent!, say('backlog.says.synSent', { n: sent }))
        : cite(timeline, look.synRecv!, say('backlog.says.synRecv', { n: look.synRecv!.value })),
    );
  }
  const overflow = overflowsOf(view);
  if (full && overflow) {
    signs++;
    evidence.push(cite(timeline, overflow, say('backlog.says.overflow', { counter: overflow.name, by: overflow.by })));
  }
  if (signs === 0 && (top.server ?? 0) > 0) return innerLimit(facts, queues);
  // Of the longest queue only what was seen while the kernel's part had no room is the most that there can be.
  if (!top.look.full && top.kernel < kernelTop.kernel - 1) return undefined;
  return signs > 0 ? { signs, evidence } : undefined;
}

/** A queue inside the server is full where the next requests were turned away while it was at its longest. */
function innerLimit({ saturation, view }: Facts, queues: readonly Queue[]): Full | undefined {
  // The number is a difference: where lines are lost or stamps are coarse it may be off, and no limit.
  if (view.service?.lossy || (view.timeline.served?.resolutionMs ?? 0) > FINE_MS) return undefined;
  const away = saturation?.signals.find(({ id, holds }) => id === 'turned-away' && holds);
  if (!away) return undefined;
  const most = Math.max(...queues.map(({ total }) => total));
  const atTop = queues.filter(({ total }) => total >= most - Math.max(SAME, SAME_SHARE * most)).length;
  return atTop >= LOOKS_AT_FULL ? { signs: 1, inner: true, evidence: away.evidence } : undefined;
}

function confidenceOf(
  view: View,
  top: Queue,
  value: number,
  connected: Connected | undefined,
  exact: boolean,
  full: Full | undefined,
): Confidence {
  const same = (n: number) => Math.abs(n - value) <= Math.max(SAME, SAME_SHARE * value);
  const agrees = connected !== undefined && same(connected.value);
  if (exact && full!.inner) return connected?.value === value && !view.service?.lossy ? 'high' : 'medium';
  if (exact) return full!.signs >= 2 || agrees || top.look.full ? 'high' : 'medium';
  if (top.server === undefined) return 'medium';
  return agrees || (view.timeline.clock.method === 'causality' && top.total > 0) ? 'high' : 'medium';
}

function lookEvidence(view: View, { look, place, kernel }: Queue): readonly Evidence[] {
  const { timeline, inService } = view;
  const evidence: Evidence[] = [];
  if (look.queued && (kernel > 0 || look.full)) {
    evidence.push(
      cite(
        timeline,
        look.queued,
        say('backlog.says.recvQ', { queued: look.queued.value, limit: look.limit, full: look.full }),
      ),
    );
  }
  if (look.inner && look.inner.value > 0) {
    evidence.push(
      cite(timeline, look.inner, say('backlog.says.inner', { queued: look.inner.value, port: look.inner.port })),
    );
  }
  if (look.established && look.established.value > 0) {
    const served = inService && look.at !== undefined ? peakAt(inService, look.at) : undefined;
    const says = say('backlog.says.established', { established: look.established.value, inService: served });
    evidence.push(cite(timeline, look.established, says));
  }
  // A count of none has no line of its own, unless a listening socket's says so.
  return evidence.length > 0 || (place.value === 0 && place !== look.queued)
    ? evidence
    : [cite(timeline, place, say('backlog.says.recvQ', { queued: place.value, limit: undefined, full: false }))];
}

const peakAt = (steps: NonNullable<View['inService']>, at: number): number => {
  const i = steps.t.findLastIndex((t) => t <= at);
  return i < 0 ? 0 : steps.v[i]!;
};

function waitEvidence({ timeline }: View, connected: Connected | undefined): readonly Evidence[] {
  if (!connected || connected.longest < 0) return [];
  return [
    cite(timeline, placeOfSample(timeline, connected.longest), say('backlog.says.waits', { ms: connected.longestMs })),
  ];
}

function methodsOf(
  queues: readonly Queue[],
  top: Queue,
  connected: Connected | undefined,
  value: number,
): readonly Method[] {
  const same = (n: number) => Math.abs(n - value) <= Math.max(SAME, SAME_SHARE * value);
  const methods: Method[] = [];
  const put = (name: Message, n: number) => methods.push({ name, value: n, agrees: same(n) });
  const most = (of: (queue: Queue) => number | undefined) => Math.max(...queues.map((queue) => of(queue) ?? 0));
  if (queues.some(({ look }) => look.queued) && top.kernel > 0 && (top.server ?? 0) === 0) {
    put(
      say('backlog.method.recvQ', {}),
      most(({ look }) => look.queued?.value),
    );
    if (queues.some(({ look }) => look.ownerless)) {
      put(
        say('backlog.method.ownerless', {}),
        most(({ look }) => look.ownerless?.value),
      );
    }
  }
  if (queues.some(({ server }) => server !== undefined))
    put(
      say('backlog.method.established', {}),
      most(({ total }) => total),
    );
  if (connected) {
    const n = connected.value;
    methods.push({
      name: say('backlog.method.client', {}),
      value: n,
      agrees: same(n) || (connected.mayBeUnconnected && n >= value),
    });
  }
  return methods;
}

/** How far the looks are apart on average, ms. */
function apart(looks: View['looks']): number {
  const times = looks.flatMap(({ at }) => (at === undefined ? [] : [at]));
  return times.length > 1 ? (times.at(-1)! - times[0]!) / (times.length - 1) : 0;
}

function caveatsOf(queues: readonly Queue[], top: Queue, insideUnknown: boolean, router: boolean): readonly Message[] {
  const caveats: Message[] = [];
  const every = apart(queues.map(({ look }) => look));
  if (every > SPARSE_MS) caveats.push(say('backlog.caveat.snapshots', { everyMs: every }));
  if (queues.every(({ look }) => look.at === undefined)) caveats.push(say('backlog.caveat.untimed', {}));
  if (insideUnknown) caveats.push(say('backlog.caveat.placeUnknown', {}));
  if (router && top.look.inner) caveats.push(say('backlog.caveat.router', { port: top.look.inner.port }));
  const stuck = Math.max(...queues.map(({ look }) => look.synSent?.value ?? 0));
  if (stuck > 0) caveats.push(say('backlog.caveat.notConnected', { n: stuck }));
  return caveats;
}

function none(view: View, queues: readonly Queue[], connected: Connected | undefined): Backlog {
  const sure = queues.length >= LOOKS_AT_FULL && connected !== undefined;
  return {
    bound: 'at-least',
    confidence: sure ? 'high' : 'medium',
    value: 0,
    where: 'none',
    kernel: 0,
    server: 0,
    statement: say('backlog.none', {}),
    evidence: queues
      .slice(0, 1)
      .flatMap((queue) => lookEvidence(view, queue))
      .slice(0, 1),
    methods: methodsOf(queues, queues[0]!, connected, 0),
    caveats: [],
    recordNext: [],
  };
}

/** Without snapshots: who was sent and not begun; the place is not known, and perhaps not even that all were connected. */
function fromClient({ view, saturation }: Facts, connected: Connected): Backlog {
  const port = view.timeline.port?.value;
  // The server went on to serve more at once: it had room for those who seemed to wait.
  const room = saturation !== undefined && !saturation.saturated && !saturation.crowded && !view.service?.lossy;
  const value = room ? 0 : connected.value;
  const methods = [
    { name: say('backlog.method.client', {}), value: connected.value, agrees: connected.value === value },
  ];
  const recordNext = [say('backlog.next.ss', { port })];
  if (value === 0 && coverageOf(view.timeline)) return unknown(say('backlog.why.cut', {}), view);
  if (value === 0) {
    return {
      bound: 'at-least',
      confidence: saturation?.saturated ? 'medium' : 'high',
      value,
      where: 'none',
      statement: say('backlog.none', {}),
      evidence: [],
      methods,
      caveats: [],
      recordNext: [],
    };
  }
  const depth = Math.max(
    0,
    ...view.timeline.notices.map(({ notice }) => (notice.kind === 'queue-depth' ? notice.depth : 0)),
  );
  // The log counts those that wait inside; who is beyond them may stand in the kernel's queue.
  const where: Where = depth > 0 && value - depth <= Math.max(SMALL_PART, SMALL_SHARE * value) ? 'server' : 'unknown';
  const uncertain = connected.mayBeUnconnected;
  return {
    bound: uncertain ? 'estimate' : 'at-least',
    confidence: uncertain ? 'low' : 'medium',
    value,
    ...(uncertain ? { range: { low: 0, high: value } } : {}),
    where,
    statement: uncertain
      ? say('backlog.estimate', { n: value, low: 0, high: value })
      : say('backlog.atLeast', { n: value, where, kernel: undefined, server: undefined }),
    evidence: waitEvidence(view, connected),
    methods,
    caveats: [say('backlog.caveat.placeUnknown', {})],
    recordNext,
  };
}

function unknown(why: Message, view: View | undefined): Backlog {
  const port = view?.timeline.port?.value;
  const inFlight = view?.inFlight ? peak(view.inFlight).value : 0;
  return {
    bound: 'unknown',
    confidence: 'low',
    where: 'unknown',
    statement: say('backlog.unknown', { why }),
    evidence: [],
    methods: [],
    caveats: [],
    recordNext: [
      say('backlog.next.ss', { port }),
      ...(inFlight > 0 && !view?.service ? [say('backlog.next.log', {})] : []),
    ],
  };
}
