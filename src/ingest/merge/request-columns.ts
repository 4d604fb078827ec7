import type { IdentityKind, ServerEvents } from '../../model/events.js';
import { NONE_U32 } from '../../model/samples.js';
import { END_KIND, type ServedRequests } from '../../model/timeline.js';
import { Column } from '../text/columns.js';

/** Requests as they are put together, a row each. */
export class RequestColumns {
  readonly begin = new Column(Float64Array);
  readonly end = new Column(Float64Array);
  readonly endLatest = new Column(Float64Array);
  readonly endKind = new Column(Uint8Array);
  readonly source = new Column(Uint16Array);
  readonly beginLine = new Column(Uint32Array);
  readonly endLine = new Column(Uint32Array);
  /** Place of the event that ended it. */
  readonly endEvent = new Column(Uint32Array);
  readonly id = new Column(Float64Array);
  readonly worker = new Column(Uint32Array);
  readonly sample = new Column(Uint32Array);
  readonly status = new Column(Uint16Array);
  readonly serial = new Column(Uint32Array);

  /** A row for the request that event `i` begins, its end to be told. */
  open(events: ServerEvents, i: number, at: number, sample: number): void {
    this.begin.push(at);
    this.end.push(Number.POSITIVE_INFINITY);
    this.endLatest.push(Number.POSITIVE_INFINITY);
    this.endKind.push(END_KIND.open);
    this.source.push(events.source[i]!);
    this.beginLine.push(events.line[i]!);
    this.endLine.push(0);
    this.endEvent.push(NONE_U32);
    this.id.push(events.id[i]!);
    this.worker.push(events.worker[i]!);
    this.sample.push(sample);
    this.status.push(0);
    this.serial.push(events.serial[i]!);
  }

  /** Ends a row by the line of event `i`. */
  close(n: number, events: ServerEvents, i: number, end: number): void {
    this.end.set(n, Math.max(end, this.begin.get(n)));
    this.endLatest.set(n, this.end.get(n));
    this.endKind.set(n, END_KIND.logged);
    this.endLine.set(n, events.line[i]!);
    this.endEvent.set(n, i);
    this.status.set(n, events.status[i]!);
  }

  /** Takes a row's end back. */
  reopen(n: number): void {
    this.end.set(n, Number.POSITIVE_INFINITY);
    this.endLatest.set(n, Number.POSITIVE_INFINITY);
    this.endKind.set(n, END_KIND.open);
    this.endLine.set(n, 0);
  }

  finish(): Omit<
    ServedRequests,
    'workers' | 'resolutionMs' | 'beginsDerived' | 'learned' | 'orphanEnds' | 'open' | 'repeatedIds'
  > {
    return {
      count: this.begin.count,
      begin: this.begin.finish(),
      end: this.end.finish(),
      endLatest: this.endLatest.finish(),
      endKind: this.endKind.finish(),
      source: this.source.finish(),
      beginLine: this.beginLine.finish(),
      endLine: this.endLine.finish(),
      id: this.id.finish(),
      worker: this.worker.finish(),
      sample: this.sample.finish(),
      status: this.status.finish(),
      serial: this.serial.finish(),
    };
  }
}

/** From weakest to surest, for the identity that all workers of a run share. */
const WEAKEST_FIRST: readonly IdentityKind[] = ['recycled-ident', 'shared-name', 'process', 'numbered'];
/** The weakest of the identities by which workers are told. */
export function weakest(worker: Uint32Array, events: ServerEvents): IdentityKind | undefined {
  const kinds = new Set<IdentityKind>();
  for (const code of worker) {
    const known = events.workers[code];
    if (known) kinds.add(known.identity);
  }
  return WEAKEST_FIRST.find((kind) => kinds.has(kind));
}
