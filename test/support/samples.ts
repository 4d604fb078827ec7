import { type ClientSamples, NONE_U32, OUTCOME_CODE, type Outcome } from '../../src/model/samples.js';

/** One request of the client, as a test writes it; times in ms. */
export interface TestSample {
  readonly start: number;
  readonly elapsed: number;
  readonly id?: number;
  readonly outcome?: Outcome;
  /** Time to connect, ms; not recorded if left out. */
  readonly connect?: number;
}

/** Columns from requests; line numbers count from 2, as below a header. */
export function samplesOf(list: readonly TestSample[]): ClientSamples {
  return {
    count: list.length,
    source: new Uint16Array(list.length),
    line: Uint32Array.from(list, (_, i) => i + 2),
    start: Float64Array.from(list, ({ start }) => start),
    elapsed: Float32Array.from(list, ({ elapsed }) => elapsed),
    latency: Float32Array.from(list, ({ elapsed }) => elapsed),
    connect: Float32Array.from(list, ({ connect }) => connect ?? Number.NaN),
    outcome: Uint8Array.from(list, ({ outcome }) => OUTCOME_CODE[outcome ?? 'succeeded']),
    status: new Uint16Array(list.length),
    id: Float64Array.from(list, ({ id }) => id ?? Number.NaN),
    label: new Uint32Array(list.length).fill(NONE_U32),
    labels: [],
    ports: new Map(),
  };
}
