import type { Evidence, Method } from '../../../model/finding.js';
import type { Message } from '../../../model/message.js';
import { say } from '../../../words/ids.js';
import { cite, placeOfSample } from '../../cite.js';
import type { View } from '../../view.js';
import type { Connected } from './connected.js';
import { apart } from './place.js';
import type { Queue } from './queues.js';
import { SAME, SAME_SHARE, SPARSE_MS } from './thresholds.js';

/** The lines of the fullest look: the kernel's queue, an inner port's, the connections. */
export function lookEvidence(view: View, { look, place, kernel }: Queue): readonly Evidence[] {
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
    // What a server in front has begun is not in service.
    const served = !view.front && inService && look.at !== undefined ? peakAt(inService, look.at) : undefined;
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

/** The row of the request that waited longest. */
export function waitEvidence({ timeline }: View, connected: Connected | undefined): readonly Evidence[] {
  if (!connected || connected.longest < 0) return [];
  return [
    cite(timeline, placeOfSample(timeline, connected.longest), say('backlog.says.waits', { ms: connected.longestMs })),
  ];
}

/** The ways of counting the queue that the recording allows, and which of them found the same. */
export function methodsOf(
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

/** What the looks leave open. */
export function caveatsOf(
  queues: readonly Queue[],
  top: Queue,
  insideUnknown: boolean,
  router: boolean,
): readonly Message[] {
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
