import type { ServerEvents, Worker } from '../../model/events.js';
import { type ClientSamples, NONE_U32 } from '../../model/samples.js';

type Numbers = Float64Array | Float32Array | Uint32Array | Uint16Array | Uint8Array;

/** Several files' client samples as one client's, in the order of the files. */
export function concatSamples(parts: readonly ClientSamples[]): ClientSamples | undefined {
  const [first] = parts;
  if (first === undefined || parts.length === 1) return first;
  const labels: string[] = [];
  const codes = new Map<string, number>();
  const labelOf = parts.map((part) => part.labels.map((label) => codeOf(label, codes, labels)));
  const ports = new Map<number, number>();
  for (const part of parts) for (const [port, n] of part.ports) ports.set(port, (ports.get(port) ?? 0) + n);
  const untold = parts.flatMap((part) => (part.untold === undefined ? [] : [part.untold]));
  return {
    count: parts.reduce((sum, { count }) => sum + count, 0),
    source: joined(parts.map((p) => p.source)),
    line: joined(parts.map((p) => p.line)),
    start: joined(parts.map((p) => p.start)),
    elapsed: joined(parts.map((p) => p.elapsed)),
    latency: joined(parts.map((p) => p.latency)),
    connect: joined(parts.map((p) => p.connect)),
    outcome: joined(parts.map((p) => p.outcome)),
    status: joined(parts.map((p) => p.status)),
    id: joined(parts.map((p) => p.id)),
    label: joined(parts.map((p, i) => recoded(p.label, labelOf[i]!))),
    labels,
    ports,
    ...(untold.length > 0 ? { untold: untold.reduce((sum, n) => sum + n) } : {}),
  };
}

/** Several logs' events as one list, in the order of the files; workers that are the same are one. */
export function concatEvents(parts: readonly ServerEvents[]): ServerEvents | undefined {
  const [first] = parts;
  if (first === undefined || parts.length === 1) return first;
  const workers: Worker[] = [];
  const workerCodes = new Map<string, number>();
  const patterns: string[] = [];
  const patternCodes = new Map<string, number>();
  const workerOf = parts.map((part) => part.workers.map((worker) => codeOf(worker, workerCodes, workers, workerKey)));
  const patternOf = parts.map((part) => part.patterns.map((id) => codeOf(id, patternCodes, patterns)));
  return {
    count: parts.reduce((sum, { count }) => sum + count, 0),
    source: joined(parts.map((p) => p.source)),
    line: joined(parts.map((p) => p.line)),
    time: joined(parts.map((p) => p.time)),
    zoned: joined(parts.map((p) => p.zoned)),
    resolution: joined(parts.map((p) => p.resolution)),
    kind: joined(parts.map((p) => p.kind)),
    duration: joined(parts.map((p) => p.duration)),
    durationResolution: joined(parts.map((p) => p.durationResolution)),
    id: joined(parts.map((p) => p.id)),
    worker: joined(parts.map((p, i) => recoded(p.worker, workerOf[i]!))),
    status: joined(parts.map((p) => p.status)),
    serial: joined(parts.map((p) => p.serial)),
    pattern: joined(parts.map((p, i) => recoded(p.pattern, patternOf[i]!))),
    workers,
    patterns,
  };
}

function joined<T extends Numbers>(parts: readonly T[]): T {
  const make = parts[0]!.constructor as new (length: number) => T;
  const all = new make(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part as never, at);
    at += part.length;
  }
  return all;
}

function recoded<T extends Uint32Array | Uint8Array>(column: T, codes: readonly number[]): T {
  return column.map((code) => codes[code] ?? NONE_U32) as T;
}

function codeOf<T>(value: T, codes: Map<string, number>, list: T[], key: (value: T) => string = String): number {
  const text = key(value);
  const known = codes.get(text);
  if (known !== undefined) return known;
  codes.set(text, list.length);
  list.push(value);
  return list.length - 1;
}

function workerKey({ pid, thread, nativeId, identity }: Worker): string {
  return JSON.stringify([pid, thread, nativeId, identity]);
}
