import type { Evidence } from '../../model/finding.js';
import { say } from '../../words/ids.js';
import type { Capacity } from '../capacity.js';
import { cite, placeOfSample } from '../cite.js';
import { between, type Spans, touches } from '../stats/spans.js';
import { type Steps, timeWhile, valueAt } from '../stats/steps.js';
import type { View } from '../view.js';
import { NEAR, type Signal } from './signal.js';

/** Others must have waited at the limit for so long in all, ms; less is a hiccup. */
const LONG_ENOUGH_MS = 300;
/** So much of the waiting between first and last reaching the peak must be at the peak … */
const AT_PEAK_SHARE = 0.5;
/** … or so much of it near the peak … */
const NEAR_PEAK_SHARE = 0.9;
/** … or every worker of the pool must have been busy for so long in all while others waited, ms. */
const ALL_BUSY_MS = 1500;
/** … or so many that waited must each have taken the place of one that had ended, and none have been begun beyond them. */
const RETURNS = 8;

/** Requests were sent and not begun, for long, while the peak held. */
export function waitingSignal(view: View, { steps, value, slots }: Capacity, at: Spans): Signal | undefined {
  const { waiting } = view;
  if (!waiting || at.from.length === 0) return undefined;
  const from = at.from[0]!;
  const to = at.to.at(-1)!;
  const service = between(steps, from, to);
  const queue = between(waiting, from, to);
  const total = timeWhile(service, queue, (_, w) => w > 0);
  const both = timeWhile(service, queue, (n, w) => n >= value && w > 0);
  const close = timeWhile(service, queue, (n, w) => n >= NEAR * value && w > 0);
  // Processes with a queue each drain unevenly: some wait on while others are idle. All workers busy, for long, is enough.
  const allBusy = slots === value && both >= ALL_BUSY_MS;
  const long = both >= LONG_ENOUGH_MS;
  // Of a log that lost lines the count may come back to its highest for no other reason than that.
  const lossy = view.service?.lossy === true;
  const mostly = both >= AT_PEAK_SHARE * total || close >= NEAR_PEAK_SHARE * total;
  const holds = (long && (allBusy || mostly)) || (!lossy && returnsTo(service, queue, value) >= RETURNS);
  return {
    id: 'waiting',
    name: say('saturation.waiting', { ms: both, n: value }),
    value: both,
    holds,
    evidence: holds ? waitEvidence(view, at) : [],
  };
}

/** How many times a begin brought the count back to the peak while others waited: each took the place of one that had ended. */
function returnsTo({ t, v }: Steps, waiting: Steps, value: number): number {
  let n = 0;
  for (let i = 1; i < v.length; i++) {
    if (v[i]! >= value && v[i - 1]! < value && valueAt(waiting, t[i]!) > 0) n++;
  }
  return n;
}

/** The request that waited longest of those sent while the limit held. */
function waitEvidence({ timeline, begunAt }: View, at: Spans): readonly Evidence[] {
  const { samples } = timeline;
  let longest = -1;
  let ms = 0;
  for (let i = 0; samples && begunAt && i < samples.count; i++) {
    const wait = begunAt[i]! - samples.start[i]!;
    if (wait > ms && touches(at, samples.start[i]!, samples.start[i]!)) {
      ms = wait;
      longest = i;
    }
  }
  if (longest < 0) return [];
  return [cite(timeline, placeOfSample(timeline, longest), say('saturation.says.waits', { ms }))];
}
