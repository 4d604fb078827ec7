import { type ClientSamples, NONE_U32, OUTCOME_CODE, type Outcome } from '../../model/samples.js';
import { Column, Dictionary } from './columns.js';

/** Distinct labels that are kept; a test plan has dozens, a million come from a label with a counter in it. */
export const MAX_LABELS = 10_000;

/** One sample as a reader found it. Times in ms, `NaN` where not recorded. */
export interface FoundSample {
  readonly line: number;
  /** The row's time stamp, of whichever end. */
  readonly stamp: number;
  readonly elapsed: number;
  readonly latency: number;
  readonly connect: number;
  readonly outcome: Outcome;
  readonly status: number;
  readonly id: number;
  readonly label: string;
}

/** Fills the columns of `ClientSamples` and finds out which end of the sample the stamps mark. */
export class SampleBuilder {
  readonly #line = new Column(Uint32Array);
  readonly #stamp = new Column(Float64Array);
  readonly #elapsed = new Column(Float32Array);
  readonly #latency = new Column(Float32Array);
  readonly #connect = new Column(Float32Array);
  readonly #outcome = new Column(Uint8Array);
  readonly #status = new Column(Uint16Array);
  readonly #id = new Column(Float64Array);
  readonly #label = new Column(Uint32Array);
  readonly #labels = new Dictionary(MAX_LABELS);
  readonly #ports = new Map<number, number>();
  #lastStamp = Number.NEGATIVE_INFINITY;
  #lastEnd = Number.NEGATIVE_INFINITY;
  #stampsBack = 0;
  #endsBack = 0;

  get count(): number {
    return this.#line.count;
  }

  get labels(): number {
    return this.#labels.texts.length;
  }

  /** Samples whose label was one too many. */
  get labelsOverflowed(): number {
    return this.#labels.overflowed;
  }

  /** @param inOrder the sample stands where it was written; else it was held back. */
  add(sample: FoundSample, inOrder = true): void {
    this.#line.push(sample.line);
    this.#stamp.push(sample.stamp);
    this.#elapsed.push(sample.elapsed);
    this.#latency.push(sample.latency);
    this.#connect.push(sample.connect);
    this.#outcome.push(OUTCOME_CODE[sample.outcome]);
    this.#status.push(sample.status);
    this.#id.push(sample.id);
    this.#label.push(this.#labels.encode(sample.label, NONE_U32));
    if (inOrder) this.#watchOrder(sample.stamp, sample.stamp + sample.elapsed);
  }

  /** Notes the port that a sample's URL names. */
  port(port: number): void {
    this.#ports.set(port, (this.#ports.get(port) ?? 0) + 1);
  }

  /**
   * Rows are written when a sample is complete, so whichever of `stamp` and `stamp + elapsed` runs backwards less often is
   * the end. Steps back of a millisecond or two are rounding; a tie means start.
   */
  get stampIs(): 'start' | 'end' {
    return this.#stampsBack < this.#endsBack ? 'end' : 'start';
  }

  #watchOrder(stamp: number, end: number): void {
    if (Number.isNaN(end)) return;
    if (stamp < this.#lastStamp - ROUNDING_MS) this.#stampsBack++;
    if (end < this.#lastEnd - ROUNDING_MS) this.#endsBack++;
    this.#lastStamp = stamp;
    this.#lastEnd = end;
  }

  finish(source: number): ClientSamples {
    const start = this.#stamp.finish();
    const elapsed = this.#elapsed.finish();
    if (this.stampIs === 'end') for (const [i, ms] of elapsed.entries()) start[i]! -= Number.isNaN(ms) ? 0 : ms;
    return {
      count: this.count,
      source: new Uint16Array(this.count).fill(source),
      line: this.#line.finish(),
      start,
      elapsed,
      latency: this.#latency.finish(),
      connect: this.#connect.finish(),
      outcome: this.#outcome.finish(),
      status: this.#status.finish(),
      id: this.#id.finish(),
      label: this.#label.finish(),
      labels: this.#labels.texts,
      ports: this.#ports,
    };
  }

  /** First start and last end, EpochMs; absent if no sample has a time. */
  period(): { from?: number; to?: number } {
    let from = Number.POSITIVE_INFINITY;
    let to = Number.NEGATIVE_INFINITY;
    const back = this.stampIs === 'end';
    for (let i = 0; i < this.count; i++) {
      const elapsed = this.#elapsed.get(i) || 0;
      const start = this.#stamp.get(i) - (back ? elapsed : 0);
      if (start < from) from = start;
      if (start + elapsed > to) to = start + elapsed;
    }
    return from <= to ? { from, to } : {};
  }
}

const ROUNDING_MS = 2;
