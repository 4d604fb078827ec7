import type { Evidence, MaxConcurrency, Method } from '../../../model/finding.js';
import type { Message } from '../../../model/message.js';
import { END_KIND } from '../../../model/timeline.js';
import { say } from '../../../words/ids.js';
import type { Capacity } from '../../capacity.js';
import { cite } from '../../cite.js';
import type { Saturation } from '../../saturation/saturation.js';
import { peak } from '../../stats/steps.js';
import type { View } from '../../view.js';
import type { Inference } from '../inference.js';
import { acceptedOf } from './from-sockets.js';
import { methodsOf } from './methods.js';
import {
  answeredWithoutLine,
  isCutShort,
  isSeconded,
  isSettled,
  isUnproven,
  surenessOfLimit,
  surenessOfPeak,
} from './sureness.js';
import { unknown, withoutLog } from './without-log.js';

/** The most requests in service at one instant. */
export const maxConcurrency = {
  id: 'maxConcurrency',
  infer: ({ view, capacity, saturation }) =>
    capacity && saturation ? fromLog(view, capacity, saturation) : withoutLog(view),
  failed: (reason) => unknown(say('note.inferenceFailed', { inference: 'maxConcurrency', reason }), []),
} satisfies Inference<'maxConcurrency'>;

function fromLog(view: View, capacity: Capacity, saturation: Saturation): MaxConcurrency {
  const methods = methodsOf(view, capacity, saturation);
  const unproven = isUnproven(view, capacity);
  const unlined = answeredWithoutLine(view, capacity.at);
  const certain = capacity.low === capacity.high && !view.service!.lossy && unlined === 0;
  // What the log lacks all its counts lack.
  const agreed = unlined > 0 ? isSeconded(view, methods, capacity.value) : isSettled(view, methods, capacity);
  const settled = !unproven && (certain || agreed);
  // Lines written at the end alone say nothing of requests that a dying server never ended.
  const unseen = view.timeline.served!.beginsDerived && view.outage !== undefined;
  const missed = unseen || isCutShort(view, capacity);
  const bound = !saturation.saturated || missed ? 'at-least' : settled ? 'exact' : 'estimate';
  const value = bound === 'at-least' ? lowest(capacity) : capacity.value;
  // Of an incomplete log every other method's count is possible too; of any estimate those that are said to agree with it.
  const open = view.service!.lossy || unproven;
  const counts = methods.flatMap(({ value: n, agrees }) =>
    typeof n === 'number' && (open || (bound === 'estimate' && agrees)) ? [n] : [],
  );
  const told = open ? [...counts, acceptedOf(view)?.value ?? value] : counts;
  const low = Math.min(Math.max(1, capacity.low), value, ...told);
  const possible = Math.max(capacity.high, value + (settled ? 0 : unlined), ...told);
  // As many as the client had under way, if the log leaves the count open.
  const underWay = unseen && low < possible && view.inFlight ? peak(view.inFlight).value : 0;
  const high = Math.max(possible, underWay);
  return {
    bound,
    confidence:
      bound === 'exact' ? surenessOfLimit(view, capacity, saturation, methods) : surenessOfPeak(view, capacity, bound),
    value,
    ...(low === high || bound === 'exact' ? {} : { range: { low, high } }),
    statement: {
      exact: say('max.exact', { n: value }),
      'at-least': say('max.atLeast', { n: value }),
      estimate: say('max.range', { n: value, low, high }),
    }[bound],
    evidence: [...reached(view, capacity, value), ...saturation.signals.flatMap(({ evidence }) => evidence)],
    methods,
    caveats: caveatsOf(view, capacity, saturation, methods),
    recordNext: nextOf(view, capacity, bound),
  };
}

/** What can be promised as "at least": of an uncertain count what is sure, but never less than one request. */
const lowest = ({ low, high, value }: Capacity): number => (low === high ? value : Math.max(1, low));

/** The line with which the count was reached, and the first end. */
function reached({ timeline, service }: View, { at }: Capacity, n: number): readonly Evidence[] {
  const evidence: Evidence[] = [];
  const i = service!.begin.findIndex((begin, k) => begin === at && service!.beginLine[k]! > 0);
  const place = (k: number, line: number) => ({ source: service!.source[k]!, line });
  if (i >= 0)
    evidence.push(cite(timeline, place(i, service!.beginLine[i]!), say('max.says.reached', { n, id: undefined })));
  let first = -1;
  for (let k = 0; k < service!.count; k++) {
    if (service!.endLine[k]! > 0 && service!.end[k]! >= at && (first < 0 || service!.end[k]! < service!.end[first]!))
      first = k;
  }
  if (first >= 0) evidence.push(cite(timeline, place(first, service!.endLine[first]!), say('max.says.firstEnd', {})));
  return evidence;
}

function caveatsOf(
  view: View,
  capacity: Capacity,
  { saturated }: Saturation,
  methods: readonly Method[],
): readonly Message[] {
  const { service, timeline, inFlight, outage } = view;
  const caveats: Message[] = [];
  if (!saturated) {
    caveats.push(say('max.caveat.notSaturated', { inFlight: inFlight ? peak(inFlight).value : undefined }));
  }
  const inferred = timeline.served!.endKind.some((kind) => kind === END_KIND.inferred);
  if (service!.mended.begins + service!.mended.ends > 0 && (service!.lossy || inferred || service!.mended.ends > 0)) {
    caveats.push(say('max.caveat.mended', { ...service!.mended }));
  }
  if (timeline.served!.beginsDerived && capacity.low !== capacity.high) {
    caveats.push(say('max.caveat.coarse', { resolutionMs: timeline.served!.resolutionMs }));
  }
  if (timeline.served!.learned) caveats.push(say('max.caveat.learned', {}));
  if (outage) caveats.push(say('max.caveat.outage', {}));
  for (const { name, value, agrees } of methods) {
    if (!agrees && typeof value === 'number') {
      caveats.push(say('max.caveat.disagree', { method: name, value, n: capacity.value }));
    }
  }
  return caveats;
}

function nextOf(view: View, capacity: Capacity, bound: MaxConcurrency['bound']): readonly Message[] {
  if (bound === 'at-least') {
    return [view.timeline.samples ? say('max.next.more', { n: 2 * capacity.value }) : say('next.client', {})];
  }
  return bound === 'estimate' ? [say('max.next.ms', {})] : [];
}
