import type { Findings } from '../model/finding.js';
import type { Message } from '../model/message.js';
import { type LoadShape, type Mark, RUN_ANALYSIS_VERSION, type RunAnalysis } from '../model/run-analysis.js';
import type { Clock, Timeline } from '../model/timeline.js';
import { say } from '../words/ids.js';
import { capacityOf } from './capacity.js';
import { inferences } from './inferences/index.js';
import type { Facts, Inference } from './inferences/inference.js';
import { countRequests, summariseLatency } from './requests.js';
import { type Saturation, saturationOf } from './saturation/saturation.js';
import { activityOf } from './series/activity.js';
import { lanesOf } from './series/lanes.js';
import { distributionOf, responsesOf } from './series/responses.js';
import { seriesOf } from './series/series.js';
import { firstAtLeast } from './stats/order.js';
import { summaryOf } from './summary.js';
import { type View, viewOf } from './view.js';

/** Answers every question about a run. Pure: the same timeline gives the same analysis, anywhere and at any time. */
export function analyseRun(timeline: Timeline): RunAnalysis {
  const view = viewOf(timeline);
  const capacity = capacityOf(view);
  const saturation = capacity && saturationOf(view, capacity);
  const { findings, failures } = ask({
    view,
    found: {},
    ...(capacity ? { capacity } : {}),
    ...(saturation ? { saturation } : {}),
  });
  const from = timeline.from ?? 0;
  const latency = summariseLatency(timeline.samples);
  const lanes = lanesOf(view, from);
  const activity = activityOf(timeline.samples, from);
  const responses = responsesOf(timeline.samples, from);
  const distribution = distributionOf(timeline.samples);
  return {
    version: RUN_ANALYSIS_VERSION,
    id: timeline.id,
    title: timeline.runFile.title ?? timeline.id,
    setup: timeline.runFile,
    sources: timeline.sources,
    clock: reported(timeline.clock),
    ...(timeline.from === undefined ? {} : { from: timeline.from }),
    ...(timeline.to === undefined ? {} : { to: timeline.to }),
    ...(timeline.port ? { port: timeline.port } : {}),
    requests: countRequests(timeline),
    ...(latency ? { latency } : {}),
    findings,
    load: loadOf(view),
    series: timeline.from === undefined ? [] : seriesOf(view, from),
    marks: marksOf(view, findings, saturation),
    ...(lanes ? { lanes } : {}),
    ...(activity ? { activity } : {}),
    ...(responses ? { responses } : {}),
    ...(distribution ? { distribution } : {}),
    summary: summaryOf(findings),
    notes: [...timeline.caveats, ...notesOf(timeline), ...failures],
  };
}

/** What is told of the clocks: where two readings of the log's stamps, or two tests, are open, an interval that holds both. */
function reported({ orAheadMs, ...clock }: Clock): Clock {
  if (orAheadMs === undefined || clock.offsetMs === undefined) return clock;
  const half = orAheadMs / 2;
  return { ...clock, offsetMs: clock.offsetMs + half, uncertaintyMs: (clock.uncertaintyMs ?? 0) + Math.abs(half) };
}

/** Asks in order, each inference with the answers before it; one that fails is a bug of ours and takes nothing else with it. */
function ask(facts: Facts): { findings: Findings; failures: readonly Message[] } {
  const found: { -readonly [K in keyof Findings]?: Findings[K] } = {};
  const failures: Message[] = [];
  for (const inference of inferences) {
    const { answer, failure } = fenced(inference, { ...facts, found });
    Object.assign(found, { [inference.id]: answer });
    if (failure) failures.push(failure);
  }
  return { findings: found as Findings, failures };
}

function fenced(inference: Inference, facts: Facts): { answer: unknown; failure?: Message } {
  try {
    return { answer: inference.infer(facts) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      answer: inference.failed(reason),
      failure: say('note.inferenceFailed', { inference: inference.id, reason }),
    };
  }
}

function notesOf({ served }: Timeline): readonly Message[] {
  return served && served.repeatedIds > 0 ? [say('note.repeatedIds', { n: served.repeatedIds })] : [];
}

/** Pace by the middle half of the sending times, so that late single requests do not hide it. */
function loadOf({ timeline, service, arrivals }: View): LoadShape {
  const { samples } = timeline;
  const serviceMs = service?.typical && service.typical.complete > 0 ? service.typical.service.median : undefined;
  if (!samples || samples.count === 0) return serviceMs === undefined ? {} : { serviceMs };
  const { t, v } = arrivals!;
  const n = v.at(-1) ?? 0;
  const sentBy = (count: number) => t[firstAtLeast(v, count)]!;
  const [early, late] = [Math.floor(0.25 * n), Math.floor(0.75 * n)];
  const middle = n >= 4 ? sentBy(late + 1) - sentBy(early + 1) : 0;
  return {
    requests: samples.count,
    ...(middle > 0 ? { perSecond: (late - early) / (middle / 1000) } : {}),
    ...(serviceMs === undefined ? {} : { serviceMs }),
    ...(n > 0 ? { durationMs: t.at(-1)! - t[0]! } : {}),
  };
}

function marksOf(view: View, { overload }: Findings, saturation: Saturation | undefined): readonly Mark[] {
  const { timeline, outage } = view;
  const { from, to, logEnd } = timeline;
  if (from === undefined) return [];
  const marks: Mark[] = [];
  if (saturation?.saturated && saturation.from !== undefined) {
    marks.push({ id: 'saturated', at: saturation.from - from, until: saturatedUntil(view, saturation) - from });
  }
  if (overload.onsetAt !== undefined && overload.outcome !== 'queued' && overload.outcome !== 'outage') {
    marks.push({ id: 'overload-onset', at: overload.onsetAt - from });
  }
  if (outage) marks.push({ id: 'server-died', at: outage.at - from });
  if (logEnd !== undefined && to !== undefined && logEnd < to && timeline.served && timeline.served.open > 0) {
    marks.push({ id: 'log-ends', at: Math.max(0, logEnd - from) });
  }
  return marks;
}

/** The last instant at the limit, but not beyond the moment when the last of those who waited was begun: later peaks are load. */
function saturatedUntil({ waiting }: View, { from, to, signals }: Saturation): number {
  const waited = waiting !== undefined && signals.some(({ id, holds }) => id === 'waiting' && holds);
  const last = waited ? waiting.v.findLastIndex((n) => n > 0) : -1;
  const drained = last < 0 ? Number.POSITIVE_INFINITY : (waiting!.t[last + 1] ?? Number.POSITIVE_INFINITY);
  return drained > from! ? Math.min(to!, drained) : to!;
}
