import type { Findings } from '../../model/finding.js';
import type { Capacity } from '../capacity.js';
import type { Saturation } from '../saturation/saturation.js';
import type { View } from '../view.js';

/** What an inference may look at: the run's counts, its limit as the log tells it, and the findings made before it. */
export interface Facts {
  readonly view: View;
  /** Absent without a log of begins. */
  readonly capacity?: Capacity;
  readonly saturation?: Saturation;
  readonly found: Partial<Findings>;
}

/** One question asked of a run. It answers always; `unknown` with the reason is an answer. */
export interface Inference<K extends keyof Findings = keyof Findings> {
  readonly id: K;
  infer(facts: Facts): Findings[K];
  /** The answer where `infer` failed: a bug of ours must not take the report with it. */
  failed(reason: string): Findings[K];
}
