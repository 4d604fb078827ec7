import type { Overload, OverloadOutcome } from '../../../model/finding.js';
import type { Message } from '../../../model/message.js';
import { type ClientSamples, OUTCOME_CODE } from '../../../model/samples.js';
import { say } from '../../../words/ids.js';
import type { View } from '../../view.js';
import type { Facts, Inference } from '../inference.js';
import { commonest } from './commonest.js';
import { outage } from './died.js';
import { fatesOf, MANY_CUT } from './fates.js';
import { hidesMuch } from './took-longer.js';
import { exceptionEvidence, isStray, turnedAway } from './turned-away.js';
import { isUneven, isUntoldOutside, noneObserved, partLacked, queued, queuedEvidence } from './waited.js';

/** In these ways a server ends requests by itself. */
const FAILED_BY_SERVER = new Set<number>(
  (['refused', 'reset', 'server-error'] as const).map((kind) => OUTCOME_CODE[kind]),
);
/** Of all requests, so many cut or refused are no accident, though no limit shows at which it was. */
const CUT_SHARE = 0.25;

/** What happened to requests beyond capacity and backlog. */
export const overload = {
  id: 'overload',
  infer: (facts) => (facts.view.timeline.samples ? fromClient(facts) : withoutClient(facts)),
  failed: (reason) => unknown(say('note.inferenceFailed', { inference: 'overload', reason })),
} satisfies Inference<'overload'>;

function fromClient(facts: Facts): Overload {
  const { view } = facts;
  const waited = queuedEvidence(facts);
  const fates = fatesOf(facts, waited !== undefined);
  const kind = commonest(fates);
  if (kind !== undefined && !(kind === 'reset' && isStray(facts, fates))) return turnedAway(facts, kind, fates);
  if (view.outage) return outage(view, fates);
  if (waited) return queued(facts, waited, fates);
  const why = untold(view);
  if (why) return { ...unknown(why), recordNext: [say('max.next.log', {})] };
  const cut = cutOff(view.timeline.samples!);
  if (cut >= MANY_CUT && cut >= CUT_SHARE * view.timeline.samples!.count) {
    return { ...unknown(say('overload.why.cut', { requests: cut })), recordNext: [say('overload.next.more', {})] };
  }
  const gaveUp = untoldTimeouts(view);
  if (gaveUp >= MANY_CUT && gaveUp >= CUT_SHARE * view.timeline.samples!.count)
    return { ...unknown(say('overload.why.unclear', { failed: gaveUp })), recordNext: [say('overload.next.more', {})] };
  const lacked = partLacked(view.timeline);
  if (lacked > 0) return unknown(say('overload.why.part', { requests: lacked }));
  return noneObserved(facts, fates);
}

/** Why the client's samples, which no log goes with, do not tell whether anybody waited. */
function untold(view: View): Message | undefined {
  const samples = view.timeline.samples!;
  const client = view.byClient();
  if (isUntoldOutside(view)) return say('overload.why.uneven', {});
  if (view.service && !view.front) return hidesMuch(view) ? say('overload.why.longer', {}) : undefined;
  if (view.inTurn() === 'at-once') return undefined;
  if (isUneven(samples) && !client?.alike) return say('overload.why.uneven', {});
  if (view.service) return undefined;
  if (client?.kind === 'open') return say('overload.why.steady', {});
  return mostlyUnanswered(samples) ? say('overload.why.unanswered', {}) : undefined;
}

/** When the test was stopped, more were still on their way than had been answered. */
function mostlyUnanswered({ outcome }: ClientSamples): boolean {
  const count = (kind: number) => outcome.reduce((n, code) => n + (code === kind ? 1 : 0), 0);
  return count(OUTCOME_CODE.abandoned) > count(OUTCOME_CODE.succeeded);
}

/** Connections that were refused or cut, and requests that the server failed. */
const cutOff = ({ outcome }: ClientSamples): number =>
  outcome.reduce((n, code) => n + (FAILED_BY_SERVER.has(code) ? 1 : 0), 0);

/** Clients that gave up reading, where no request of the log is known to be one of theirs: whether these were begun at once nothing tells. */
const untoldTimeouts = ({ timeline: { samples }, begunAt, service }: View): number =>
  service && begunAt === undefined
    ? samples!.outcome.reduce((n, code) => n + (code === OUTCOME_CODE['read-timeout'] ? 1 : 0), 0)
    : 0;

/**
 * The log's word counts only for requests of which the client says nothing: here, all. Where looks show more whom their clients had left before
 * the server closed, giving up may have been commoner.
 */
function withoutClient({ view }: Facts): Overload {
  const exhausted = view.timeline.notices.filter(
    ({ notice }) => notice.kind === 'exception' && notice.resource !== undefined,
  );
  const left = Math.max(0, ...view.looks.map(({ closeWait }) => closeWait?.value ?? 0));
  if (exhausted.length === 0 || left > exhausted.length) return unknown(say('overload.why.noClient', {}));
  return {
    ...unknown(say('overload.why.noClient', {})),
    bound: 'estimate',
    outcome: 'server-error',
    statement: say('overload.kind', { outcome: 'server-error', requests: 1, failed: 1 }),
    evidence: exceptionEvidence(view, 'server-error'),
    methods: [{ name: say('overload.method.log', {}), value: 1, agrees: true }],
  };
}

function unknown(why: Message): Overload & { outcome: OverloadOutcome } {
  return {
    bound: 'unknown',
    confidence: 'low',
    outcome: 'unknown',
    statement: say('overload.unknown', { why }),
    evidence: [],
    methods: [],
    caveats: [],
    recordNext: [say('next.client', {})],
  };
}
