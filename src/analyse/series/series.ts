import type { Series, SeriesId } from '../../model/run-analysis.js';
import { OUTCOME_CODE } from '../../model/samples.js';
import { connectedOf } from '../inferences/backlog/connected.js';
import { queuesOf } from '../inferences/backlog/queues.js';
import type { Look, Seen } from '../looks.js';
import { cumulative, type Steps } from '../stats/steps.js';
import type { View } from '../view.js';
import { reduceSteps } from './reduce.js';

/** One count over time; `undefined` where the run does not tell it. */
export interface SeriesSource {
  readonly id: SeriesId;
  readonly kind: Series['kind'];
  steps(view: View): Steps | undefined;
}

const steps = (id: SeriesId, of: (view: View) => Steps | undefined): SeriesSource => ({ id, kind: 'steps', steps: of });

const points = (id: SeriesId, of: (look: Look) => Seen | undefined): SeriesSource => ({
  id,
  kind: 'points',
  steps: ({ looks }) => pointsOf(looks.map((look) => ({ at: look.at, value: of(look)?.value }))),
});

function pointsOf(list: readonly { at: number | undefined; value: number | undefined }[]): Steps | undefined {
  const told = list.filter(
    (one): one is { at: number; value: number } => one.at !== undefined && one.value !== undefined,
  );
  if (told.length === 0) return undefined;
  return { t: Float64Array.from(told, ({ at }) => at), v: Int32Array.from(told, ({ value }) => value) };
}

/** All counts over time of a run's page. */
export const series: readonly SeriesSource[] = [
  steps('in-flight', ({ inFlight }) => inFlight),
  steps('in-service', ({ inService }) => inService),
  steps('waiting', ({ waiting }) => waiting),
  {
    id: 'waiting-kernel',
    kind: 'points',
    steps: (view) =>
      pointsOf(queuesOf(view, connectedOf(view)).map(({ look, kernel }) => ({ at: look.at, value: kernel }))),
  },
  {
    id: 'waiting-server',
    kind: 'points',
    steps: (view) =>
      pointsOf(queuesOf(view, connectedOf(view)).map(({ look, server }) => ({ at: look.at, value: server }))),
  },
  points('established', ({ established }) => established),
  points('not-connected', ({ synSent, synRecv }) =>
    synSent || synRecv
      ? { ...(synSent ?? synRecv)!, value: Math.max(synSent?.value ?? 0, synRecv?.value ?? 0) }
      : undefined,
  ),
  steps(
    'turned-away',
    ({ ended, timeline: { samples } }) =>
      ended &&
      cumulative(
        ended.filter(
          (_, i) => samples!.outcome[i] !== OUTCOME_CODE.succeeded && samples!.outcome[i] !== OUTCOME_CODE.abandoned,
        ),
      ),
  ),
  steps('arrivals', ({ arrivals }) => arrivals),
  steps('starts', ({ service }) => service && cumulative(service.begin)),
  steps('completions', ({ service, ended }) => (service ? cumulative(service.end) : ended && cumulative(ended))),
];

/** The series that the run tells, reduced for drawing, in ms since `from`. */
export function seriesOf(view: View, from: number): readonly Series[] {
  return series.flatMap(({ id, kind, steps: of }) => {
    const found = of(view);
    return found && found.t.length > 0 ? [{ id, kind, ...reduceSteps(found, from) }] : [];
  });
}
