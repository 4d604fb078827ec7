import { OUTCOMES } from '../../model/samples.js';
import { say } from '../../words/ids.js';
import { cite, placeOfSample } from '../cite.js';
import { FINE_MS } from '../fine.js';
import { type Spans, touches } from '../stats/spans.js';
import { TURNED_AWAY } from '../turned-away.js';
import type { View } from '../view.js';
import { LOOK_SLACK_MS, type Signal } from './signal.js';

/** Of the requests that were turned away, so many must have been so while the peak held. */
const TURNED_AWAY_SHARE = 0.5;

/** Failures of requests that were never begun; those of a dead server or a killed worker say nothing of a limit. */
export function turnedAwaySignal(view: View, at: Spans, near: Spans): Signal | undefined {
  const { timeline, outage } = view;
  const { samples } = timeline;
  if (!samples) return undefined;
  // Stamps as coarse as this put a begin or an end so far from its time.
  const blur = timeline.served && timeline.served.resolutionMs > FINE_MS ? timeline.served.resolutionMs : 0;
  const cut = view.cutWithWorker();
  let all = 0;
  let here = 0;
  let first = -1;
  for (let i = 0; i < samples.count; i++) {
    if (!TURNED_AWAY.has(samples.outcome[i]!) || begun(view, i) || cut.has(i)) continue;
    const start = samples.start[i]!;
    const end = start + samples.elapsed[i]!;
    if (
      outage &&
      end >= (outage.shutAt ?? outage.at) - LOOK_SLACK_MS &&
      start <= (outage.until ?? Number.POSITIVE_INFINITY)
    )
      continue;
    all++;
    if (!touches(near, start - blur, end + blur)) continue;
    here++;
    if (first < 0 && touches(at, start - blur, end + blur)) first = i;
  }
  const holds = here > 0 && here >= TURNED_AWAY_SHARE * all && first >= 0;
  const kind = OUTCOMES[samples.outcome[first] ?? 0]!;
  return {
    id: 'turned-away',
    name: say('saturation.turnedAway', { requests: here }),
    value: here,
    holds,
    evidence: holds
      ? [cite(timeline, placeOfSample(timeline, first), say('saturation.says.turnedAway', { kind }))]
      : [],
  };
}

const begun = ({ begunAt }: View, i: number): boolean => begunAt !== undefined && !Number.isNaN(begunAt[i]!);
