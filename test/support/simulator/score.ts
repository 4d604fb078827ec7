import type { Bound, Confidence } from '../../../src/model/finding.js';
import type { RunAnalysis } from '../../../src/model/run-analysis.js';
import { eitherWay } from './either-way.js';
import type { Setup } from './setup.js';
import type { Truth } from './truth.js';
import type { World } from './world.js';

/**
 * How good an answer is: `right` as sharp as the data allow; `honest` a bound or interval that holds; `weak` true, but less than the
 * data tell; `wrong`; `WRONG` with `exact` and `high`.
 */
export type Grade = 'right' | 'honest' | 'weak' | 'wrong' | 'WRONG';
export type Question = 'maxConcurrency' | 'backlog' | 'reuse' | 'overload' | 'clock';
export interface Graded {
  readonly grade: Grade;
  readonly why: string;
}
export type Score = Readonly<Record<Question, Graded>>;

/** Time at the limit with others waiting from which nobody may doubt the limit, and below which nobody need see it, ms. */
const CLEARLY_SATURATED_MS = 2500;
const HARDLY_SATURATED_MS = 50;
/** Looks that must have had the chance to see the queue full. */
const LOOKS_AT_FULL = 3;
/** A count of connections may be off by one: two handshakes race, a look is not taken in an instant. */
const ONE_OFF = 1;
/** Requests of workers that had served before, from which everybody sees that these are used again. */
const FEW_AGAIN = 3;

/** Grades every finding of an analysis against the truth. */
export function scoreOf(setup: Setup, world: World, truth: Truth, run: RunAnalysis): Score {
  return {
    maxConcurrency: gradeMax(setup, truth, run),
    backlog: gradeBacklog(setup, truth, run),
    reuse: gradeReuse(setup, truth, run),
    overload: gradeOverload(setup, world, truth, run),
    clock: gradeClock(setup, truth, run),
  };
}

const wrong = (bound: Bound, confidence: Confidence, why: string): Graded => ({
  grade: bound === 'exact' && confidence === 'high' ? 'WRONG' : 'wrong',
  why,
});
const right: Graded = { grade: 'right', why: '' };

/** The log shows begins to the millisecond and nothing of it is lost. */
const fullLog = ({ recording, damage, clock }: Setup): boolean =>
  !['none', 'access-ends', 'access-duration', 'uwsgi', 'unknown-form'].includes(recording.log) &&
  recording.resolution < 1000 &&
  damage.lostLines === 0 &&
  (!recording.dateless || clock.offsetMs === 0);

const fullSources = (setup: Setup): boolean =>
  fullLog(setup) &&
  setup.recording.jtl !== 'none' &&
  (setup.recording.snapshots === 'ss' || setup.recording.snapshots === 'netstat') &&
  setup.recording.everyMs <= 2000;

/** The server died before any request ended: nothing tells its log from one that lost lines, unless looks do. */
const diedEarly = ({ server }: Setup, run: RunAnalysis): boolean =>
  server.diesAt !== undefined && (run.requests.finished ?? 0) === 0;

/** Looks show others wait to be accepted by a server that holds as many as it serves. */
const looksTell = (setup: Setup, { maxConcurrency, backlog }: Truth): boolean =>
  setup.recording.snapshots !== 'none' &&
  setup.server.admission.kind === 'accept-when-free' &&
  backlog.kernel > 0 &&
  maxConcurrency.saturatedMs > LOOKS_AT_FULL * setup.recording.everyMs;

function gradeMax(setup: Setup, truth: Truth, run: RunAnalysis): Graded {
  const { value, range, bound, confidence } = run.findings.maxConcurrency;
  const { value: true_, saturatedMs, turnedAway } = truth.maxConcurrency;
  const told = `${bound} ${value} (${range?.low}–${range?.high}) ${confidence}, truth ${true_} saturated ${Math.round(saturatedMs)} ms, away ${turnedAway}`;
  if (bound === 'unknown') return { grade: fullLog(setup) ? 'weak' : 'honest', why: told };
  if (bound === 'exact') {
    if (value !== true_) return wrong(bound, confidence, told);
    if (saturatedMs < HARDLY_SATURATED_MS && turnedAway === 0) return wrong(bound, confidence, told);
    // Records that run into each other hide who was served meanwhile.
    const sure = fullSources(setup) && setup.damage.mergedLines === 0 && !diedEarly(setup, run);
    if (confidence !== 'high' && sure && saturatedMs > CLEARLY_SATURATED_MS) return { grade: 'weak', why: told };
    return right;
  }
  if (bound === 'at-least') {
    if (value! > true_) return wrong(bound, confidence, told);
    if (diedEarly(setup, run) && !looksTell(setup, truth)) return { grade: 'honest', why: told };
    if (saturatedMs > CLEARLY_SATURATED_MS && setup.recording.jtl !== 'none')
      return { grade: fullLog(setup) ? 'weak' : 'honest', why: told };
    if (value !== true_) return { grade: fullLog(setup) ? 'weak' : 'honest', why: told };
    return right;
  }
  const holds = range ? range.low <= true_ && true_ <= range.high : value === true_;
  if (!holds) return wrong(bound, confidence, told);
  return { grade: fullLog(setup) ? 'weak' : 'honest', why: told };
}

function gradeBacklog(setup: Setup, truth: Truth, run: RunAnalysis): Graded {
  const { value, range, bound, confidence, where, kernel, server } = run.findings.backlog;
  const t = truth.backlog;
  const told = `${bound} ${value} ${where} (${kernel}+${server}) ${confidence}, truth ${t.value} ${t.where} (${t.kernel}+${t.server}) full ${Math.round(t.fullMs)} ms`;
  const full = fullSources(setup);
  const open = diedEarly(setup, run) && !looksTell(setup, truth);
  if (bound === 'unknown') return { grade: full && !open ? 'weak' : 'honest', why: told };
  const slack = Math.max(ONE_OFF, 0.02 * t.value);
  if (t.value <= ONE_OFF && value! <= ONE_OFF) return right;
  if (bound === 'estimate') {
    const holds = range ? range.low <= t.value && t.value <= range.high : Math.abs(value! - t.value) <= slack;
    return holds ? { grade: full ? 'weak' : 'honest', why: told } : wrong(bound, confidence, told);
  }
  if (value! > t.value + slack + 1) return wrong(bound, confidence, told);
  // What waits in a router's inner queue is accepted, and in a queue of the kernel's: either word is true.
  const routed = setup.server.admission.kind === 'router' && (where === 'server' || where === 'both');
  const placed = where === t.where || routed || (t.value <= 3 && (where === 'none' || where === 'unknown'));
  if (bound === 'exact') {
    if (value! < t.value - slack || t.fullMs === 0) return wrong(bound, confidence, told);
    // That the place is not known is no false word.
    if (!placed)
      return where === 'unknown' ? { grade: full ? 'weak' : 'honest', why: told } : wrong(bound, confidence, told);
    return right;
  }
  if (!placed && where !== 'unknown') return wrong(bound, confidence, told);
  if (!full) return { grade: 'honest', why: told };
  if (!placed) return { grade: 'weak', why: told };
  if (t.fullMs > LOOKS_AT_FULL * setup.recording.everyMs + 1000 && setup.server.admission.kind !== 'router')
    return { grade: 'weak', why: told };
  return value! >= 0.7 * t.value - 3 ? right : { grade: 'weak', why: told };
}

function gradeReuse(setup: Setup, truth: Truth, run: RunAnalysis): Graded {
  const { pattern, unit, workers, recycledAfter, bound, confidence } = run.findings.reuse;
  const t = truth.reuse;
  const told = `${bound} ${pattern} ${unit} ${workers} after ${recycledAfter} ${confidence}, truth ${t.pattern} ${t.unit} ${t.workers} after ${t.recycledAfter}`;
  const tells = fullLog(setup);
  if (pattern === 'unknown' || pattern === 'inconclusive') {
    if (pattern === t.pattern) return right;
    if (t.pattern === 'unknown' || t.pattern === 'inconclusive')
      return pattern === 'inconclusive' && t.pattern === 'unknown' ? right : { grade: 'honest', why: told };
    // One or two that came again may have come by chance.
    return { grade: tells && t.again >= FEW_AGAIN ? 'weak' : 'honest', why: told };
  }
  if (pattern !== t.pattern && pattern !== t.also) return wrong(bound, confidence, told);
  if (t.pattern === 'unknown') return right;
  if (tells && setup.recording.log !== 'handler' && unit !== undefined && unit !== t.unit)
    return wrong(bound, confidence, told);
  if (tells && workers !== t.workers) return wrong(bound, confidence, told);
  if (pattern === 'recycled' && recycledAfter !== t.recycledAfter)
    return tells ? wrong(bound, confidence, told) : { grade: 'honest', why: told };
  return right;
}

function gradeOverload(setup: Setup, world: World, truth: Truth, run: RunAnalysis): Graded {
  const { outcome, bound, confidence, requests } = run.findings.overload;
  const t = truth.overload;
  const told = `${bound} ${outcome} ${requests} ${confidence}, truth ${t.outcome} ${t.requests}`;
  if (outcome === t.outcome) {
    const hedged = bound !== 'exact' && fullSources(setup) && !diedEarly(setup, run);
    return hedged ? { grade: 'weak', why: told } : right;
  }
  const { saturatedMs, turnedAway } = truth.maxConcurrency;
  // Stamps of whole seconds hide a single request that waits for less.
  const hidden = !fullLog(setup) && truth.backlog.value <= ONE_OFF;
  const brief = turnedAway === 0 && (saturatedMs < CLEARLY_SATURATED_MS || hidden);
  // Nor does a limit that hardly shows fail those who give up while they are served.
  const unfailed = ['queued', 'none-observed', 'read-timeout'];
  if (brief && ['queued', 'none-observed'].includes(outcome) && unfailed.includes(t.outcome)) return right;
  // Without a log no one knows that the server had room: the commonest failure, as an estimate, is what can be said.
  const commonest = Object.entries(run.requests.failuresByKind ?? {}).reduce(
    (a, b) => (b[1]! > a[1]! ? b : a),
    ['', 0],
  )[0];
  const unlogged = !run.requests.started && bound === 'estimate' && outcome === commonest;
  // Nor that it had none before it died.
  const died = outcome === 'outage' && bound === 'estimate' && setup.server.diesAt !== undefined;
  if (unlogged ? t.outcome === 'none-observed' : died && !run.requests.started) return { grade: 'honest', why: told };
  const open = setup.recording.jtl === 'none' || (!run.requests.started && mayBeEither(world, truth));
  if (outcome === 'unknown') return { grade: open ? 'honest' : 'weak', why: told };
  return wrong(bound, confidence, told);
}

/** Another truth gives the same recording: nobody failed, no queue shows in a snapshot, and the times fit either. */
function mayBeEither({ requests }: World, { overload, backlog }: Truth): boolean {
  const failed = requests.some(({ outcome }) => outcome !== 'succeeded' && outcome !== 'abandoned');
  return !failed && backlog.kernel === 0 && eitherWay(requests, overload.outcome === 'queued');
}

/** Some source says in which zone the log was written: else the multiple nearest to the difference is the zone, and true. */
function statesZone({ clock, recording }: Setup): boolean {
  if (recording.log === 'access-duration') return true;
  return clock.zoneStated && (recording.runFile !== 'none' || !['uwsgi', 'access-ends'].includes(recording.log));
}

function gradeClock(setup: Setup, truth: Truth, run: RunAnalysis): Graded {
  const { timezoneOffsetMinutes = 0, offsetMs, uncertaintyMs = 0, method } = run.clock;
  const { clock, recording } = setup;
  const told = `zone ${timezoneOffsetMinutes} offset ${offsetMs} ± ${uncertaintyMs} ${method}, truth zone ${clock.zoneMinutes} offset ${clock.offsetMs} drift ${clock.driftPpm}`;
  if (recording.log === 'none' || recording.jtl === 'none') return right;
  // Lines of ends alone say nothing of the clocks where no client waited for its answer.
  const unbounded = ['access-ends', 'access-duration', 'uwsgi'].includes(recording.log) && !run.requests.succeeded;
  if (offsetMs === undefined) return { grade: unbounded ? 'honest' : 'weak', why: told };
  const stated = statesZone(setup);
  const apartFrom = (zoneMinutes: number) =>
    Math.abs(
      stated ? offsetMs - clock.offsetMs : (timezoneOffsetMinutes - zoneMinutes) * 60_000 + offsetMs - clock.offsetMs,
    );
  // Where summer time begins or ends the log has two zones.
  const zones = [clock.zoneMinutes, clock.zoneMinutes + (clock.change?.byMinutes ?? 0)];
  const apart = Math.min(...zones.map(apartFrom));
  const day = 86_400_000;
  const near = recording.dateless ? Math.min(apart % day, day - (apart % day)) : apart;
  const drift = Math.abs(clock.driftPpm) * 1e-6 * truth.endsAt;
  return near <= uncertaintyMs + drift + 3 ? right : wrong('exact', method === 'causality' ? 'high' : 'low', told);
}
