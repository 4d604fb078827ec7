import { type ClientSamples, NONE_U32, OUTCOME_CODE, type Outcome, type QueryKey } from '../../model/samples.js';
import { Dictionary } from './columns.js';
import { ThreadTurns } from './thread-turns.js';

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

/** Columns that grow together: memory is bytes per sample, doubled at most. */
function columnsFor(capacity: number) {
  return {
    line: new Uint32Array(capacity),
    stamp: new Float64Array(capacity),
    elapsed: new Float32Array(capacity),
    latency: new Float32Array(capacity),
    connect: new Float32Array(capacity),
    outcome: new Uint8Array(capacity),
    status: new Uint16Array(capacity),
    id: new Float64Array(capacity),
    label: new Uint32Array(capacity),
  };
}

const FIRST_CAPACITY = 1024;
/** Most samples for which room is made before they are there: a column is then 128 MB of addresses, not of memory. */
const MOST_FORESEEN = 2 ** 24;

/** Fills the columns of `ClientSamples` and finds out which end of the sample the stamps mark. */
export class SampleBuilder {
  #columns: ReturnType<typeof columnsFor>;
  #capacity: number;
  #count = 0;
  readonly #labels = new Dictionary(MAX_LABELS);
  readonly #ports = new Map<number, number>();
  /** The last label and its code: most samples have that of the one before. */
  #label: string | undefined;
  #labelCode = NONE_U32;
  #lastStamp = Number.NEGATIVE_INFINITY;
  #lastEnd = Number.NEGATIVE_INFINITY;
  /** The coarsest stamp so far, ms. */
  #resolution = 0;
  #stampsBack = 0;
  #endsBack = 0;

  readonly #turns = new ThreadTurns();

  /** @param samples how many are to be expected; what is never written takes no memory. */
  constructor(samples = 0) {
    this.#capacity = Math.max(FIRST_CAPACITY, Math.min(MOST_FORESEEN, Math.ceil(samples)));
    this.#columns = columnsFor(this.#capacity);
  }

  /** What was taken for request ids are none. */
  forgetIds(): void {
    this.#columns.id.fill(Number.NaN, 0, this.#count);
  }

  /** The ids were found in paths. */
  idsInPath = false;
  /** There are none, unless they are the values of one of these keys. */
  queryKeys: readonly QueryKey[] = [];

  /** Of so many failures nothing tells who broke the connection, if some have no message that does. */
  untold: number | undefined;

  get count(): number {
    return this.#count;
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
    if (this.#count === this.#capacity) this.#grow();
    const columns = this.#columns;
    const i = this.#count++;
    columns.line[i] = sample.line;
    columns.stamp[i] = sample.stamp;
    columns.elapsed[i] = sample.elapsed;
    columns.latency[i] = sample.latency;
    columns.connect[i] = sample.connect;
    columns.outcome[i] = OUTCOME_CODE[sample.outcome];
    columns.status[i] = sample.status;
    columns.id[i] = sample.id;
    columns.label[i] = this.#codeOf(sample.label);
    if (inOrder) this.#watchOrder(sample.stamp, sample.stamp + sample.elapsed);
  }

  #codeOf(label: string): number {
    // One that found no room is looked up each time, and counted.
    if (label === this.#label && this.#labelCode !== NONE_U32) return this.#labelCode;
    this.#labelCode = this.#labels.encode(label, NONE_U32);
    this.#label = label;
    return this.#labelCode;
  }

  #grow(): void {
    this.#capacity *= 2;
    const grown = columnsFor(this.#capacity);
    for (const name of Object.keys(grown) as (keyof typeof grown)[]) grown[name].set(this.#columns[name]);
    this.#columns = grown;
  }

  /** Notes how fine the stamps are: whole seconds may run back by one without meaning anything. */
  resolution(ms: number): void {
    this.#resolution = Math.max(this.#resolution, ms);
  }

  /** Notes the port that the URLs of some samples name. */
  port(port: number, samples = 1): void {
    this.#ports.set(port, (this.#ports.get(port) ?? 0) + samples);
  }

  /**
   * Rows are written when a sample is complete, so whichever of `stamp` and `stamp + elapsed` runs backwards less often is
   * the end. Steps back of a millisecond or two are rounding; on a tie the client's threads tell it, or it means start, and so do rows
   * that are in neither order.
   */
  get stampIs(): 'start' | 'end' {
    const ordered = this.#stampsBack <= SHUFFLED_SHARE * this.#count;
    if (ordered && this.#stampsBack === this.#endsBack) return this.#turns.stampIs ?? 'start';
    return ordered && this.#stampsBack < this.#endsBack ? 'end' : 'start';
  }

  /** Notes which of the client's threads took a sample. */
  turn(thread: string | undefined, stamp: number, elapsed: number): void {
    this.#turns.take(thread, stamp, elapsed, Math.max(ROUNDING_MS, this.#resolution));
  }

  #watchOrder(stamp: number, end: number): void {
    if (Number.isNaN(end)) return;
    const rounding = Math.max(ROUNDING_MS, this.#resolution);
    if (stamp < this.#lastStamp - rounding) this.#stampsBack++;
    if (end < this.#lastEnd - rounding) this.#endsBack++;
    this.#lastStamp = stamp;
    this.#lastEnd = end;
  }

  finish(source: number): ClientSamples {
    const n = this.#count;
    const { line, stamp, elapsed, latency, connect, outcome, status, id, label } = this.#columns;
    // Views, not copies: what lies behind the last sample was never written, so that it takes no memory.
    const start = stamp.subarray(0, n);
    if (this.stampIs === 'end') for (let i = 0; i < n; i++) start[i]! -= elapsed[i]! || 0;
    return {
      count: n,
      source: new Uint16Array(n).fill(source),
      line: line.subarray(0, n),
      start,
      elapsed: elapsed.subarray(0, n),
      latency: latency.subarray(0, n),
      connect: connect.subarray(0, n),
      outcome: outcome.subarray(0, n),
      status: status.subarray(0, n),
      id: id.subarray(0, n),
      ...(this.#turns.stampIs === this.stampIs ? { stampShown: true as const } : {}),
      ...(this.idsInPath ? { idsInPath: true as const } : {}),
      ...(this.queryKeys.length > 0 ? { queryKeys: this.queryKeys } : {}),
      ...(this.untold === undefined ? {} : { untold: this.untold }),
      label: label.subarray(0, n),
      labels: this.#labels.texts,
      ports: this.#ports,
    };
  }

  /** Lets a reader that has seen all samples tell outcomes by their times. */
  retell(tell: (samples: Pick<ClientSamples, 'start' | 'elapsed' | 'outcome'>) => number): void {
    const { stamp, elapsed, outcome } = this.#columns;
    const n = this.#count;
    const back = this.stampIs === 'end';
    const start = stamp.slice(0, n);
    if (back) for (let i = 0; i < n; i++) start[i]! -= elapsed[i]! || 0;
    this.untold = tell({ start, elapsed: elapsed.subarray(0, n), outcome: outcome.subarray(0, n) });
  }

  /** First start and last end, EpochMs; absent if no sample has a time. */
  period(): { from?: number; to?: number } {
    let from = Number.POSITIVE_INFINITY;
    let to = Number.NEGATIVE_INFINITY;
    const back = this.stampIs === 'end';
    const columns = this.#columns;
    for (let i = 0; i < this.#count; i++) {
      const elapsed = columns.elapsed[i]! || 0;
      const start = columns.stamp[i]! - (back ? elapsed : 0);
      if (start < from) from = start;
      if (start + elapsed > to) to = start + elapsed;
    }
    return from <= to ? { from, to } : {};
  }
}

const ROUNDING_MS = 2;
/** Stamps that run backwards in more rows than this were not written in their order, whichever end they mark. */
const SHUFFLED_SHARE = 0.25;
