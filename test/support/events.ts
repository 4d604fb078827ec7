import { EVENT, type ServerEvents, type Worker } from '../../src/model/events.js';
import { NONE_U32 } from '../../src/model/samples.js';

/** One line of a server log, as a test writes it: `at` in ms. */
export interface TestEvent {
  readonly at: number;
  readonly kind: keyof typeof EVENT;
  readonly id?: number;
  readonly worker?: string;
  readonly pattern?: string;
  readonly duration?: number;
  readonly resolution?: number;
  readonly source?: number;
  readonly serial?: number;
  readonly status?: number;
}

/** Columns from lines; line numbers count from 1 in the order given. Workers are numbered threads of process 1. */
export function eventsOf(lines: readonly TestEvent[]): ServerEvents {
  const names = [...new Set(lines.flatMap(({ worker }) => (worker === undefined ? [] : [worker])))];
  const patterns = [...new Set(lines.map(({ pattern }) => pattern ?? 'handler'))];
  const workers: Worker[] = names.map((thread) => ({ pid: 1, thread, identity: 'numbered' }));
  return {
    count: lines.length,
    source: Uint16Array.from(lines, ({ source }) => source ?? 0),
    line: Uint32Array.from(lines, (_, i) => i + 1),
    time: Float64Array.from(lines, ({ at }) => at),
    zoned: new Uint8Array(lines.length).fill(1),
    resolution: Float32Array.from(lines, ({ resolution }) => resolution ?? 1),
    kind: Uint8Array.from(lines, ({ kind }) => EVENT[kind]),
    duration: Float32Array.from(lines, ({ duration }) => duration ?? Number.NaN),
    durationResolution: Float32Array.from(lines, ({ duration }) => (duration === undefined ? Number.NaN : 1)),
    id: Float64Array.from(lines, ({ id }) => id ?? Number.NaN),
    worker: Uint32Array.from(lines, ({ worker }) => (worker === undefined ? NONE_U32 : names.indexOf(worker))),
    status: Uint16Array.from(lines, ({ status }) => status ?? 0),
    serial: Uint32Array.from(lines, ({ serial }) => serial ?? 0),
    pattern: Uint8Array.from(lines, ({ pattern }) => patterns.indexOf(pattern ?? 'handler')),
    workers,
    patterns,
  };
}
