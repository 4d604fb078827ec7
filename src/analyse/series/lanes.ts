import type { Lanes } from '../../model/run-analysis.js';
import { NONE_U32 } from '../../model/samples.js';
import { workerLabel } from '../inferences/reuse/names.js';
import type { View } from '../view.js';

/** Lanes drawn; beyond that some at equal distances, the first and the last among them, stand for all. */
const MAX_LANES = 300;
/** Spans kept in all lanes together. */
const MAX_SPANS = 20_000;

/** Requests on the lanes of their workers, by the worker's first request; ms since `from`. */
export function lanesOf({ service, timeline }: View, from: number): Lanes | undefined {
  const { served, to } = timeline;
  if (!service || !served) return undefined;
  const lanes = new Map<number, { label: string; spans: number[] }>();
  const order = Uint32Array.from(service.begin, (_, i) => i).sort(
    (a, b) => service.begin[a]! - service.begin[b]! || a - b,
  );
  let spans = 0;
  for (const i of order) {
    const code = service.worker[i]!;
    if (code === NONE_U32) continue;
    const lane = lanes.get(code) ?? { label: workerLabel(served.workers[code]!), spans: [] };
    lanes.set(code, lane);
    if (spans++ >= MAX_SPANS) continue;
    lane.spans.push(service.begin[i]! - from, Math.min(service.end[i]!, to ?? service.end[i]!) - from);
  }
  if (lanes.size === 0) return undefined;
  const all = [...lanes.values()];
  const step = (all.length - 1) / (MAX_LANES - 1);
  const shown = all.length <= MAX_LANES ? all : Array.from({ length: MAX_LANES }, (_, i) => all[Math.round(i * step)]!);
  return { workers: all.length, lanes: shown };
}
