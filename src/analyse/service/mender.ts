import { NONE_U32 } from '../../model/samples.js';
import { END_KIND, type ServedRequests, type Timeline } from '../../model/timeline.js';
import { Bounds, ENOUGH_COMPLETE } from './bounds.js';
import type { Deaths } from './deaths.js';
import { oneAfterAnother } from './one-after-another.js';
import type { Service } from './service.js';
import { hasLostBegin } from './strangers.js';
import type { Typical } from './typical.js';

/** As long as this many usual ones, a request without an id may be two. */
const TWO_IN_ONE = 1.9;

/** Completes what the log tells, request by request. */
export class Mender {
  readonly #rows: Row[] = [];
  #begins = 0;
  #ends = 0;
  readonly #bounds: Bounds;

  constructor(
    readonly timeline: Timeline,
    readonly served: ServedRequests,
    deaths: Deaths,
    readonly typical: Typical,
    readonly lossy: boolean,
  ) {
    this.#bounds = new Bounds(timeline, served, deaths, typical);
  }

  takeLogged(): void {
    const { served } = this;
    for (let i = 0; i < served.count; i++) {
      const span = this.#spanOf(i);
      // Written out: a spread would make an object more for each request.
      this.#rows.push({
        begin: span.begin,
        end: span.end,
        surelyFrom: span.surelyFrom,
        surelyTo: span.surelyTo,
        possiblyFrom: span.possiblyFrom,
        possiblyTo: span.possiblyTo,
        notBefore: this.#notBefore(i, span),
        worker: served.worker[i]!,
        sample: served.sample[i]!,
        source: served.source[i]!,
        beginLine: served.beginLine[i]!,
        endLine: served.endLine[i]!,
      });
    }
    if (served.beginsDerived && this.#bounds.oneByOne()) oneAfterAnother(this.#rows, served.resolutionMs);
  }

  /** Of a request that the client does not place among others that it does, no wait is told that the clocks may make up. */
  #notBefore(i: number, { begin }: Span): number {
    const { steps, resolutionMs } = this.served;
    return steps && steps[i]! > resolutionMs ? begin - (this.timeline.clock.uncertaintyMs ?? 0) : begin;
  }

  #spanOf(i: number): Span {
    const { served } = this;
    const begin = served.begin[i]!;
    if (served.endKind[i] === END_KIND.open) return this.#close(i, begin);
    const end = served.end[i]!;
    const lostBegin = hasLostBegin(served, i);
    if (lostBegin && this.lossy) this.#begins++;
    const coarse = lostBegin || served.beginsDerived ? (served.steps?.[i] ?? served.resolutionMs) : 0;
    const { start, answered } = this.#bounds.client(served.sample[i]!);
    // Cause comes before effect: a coarse stamp cannot put a begin before the sending, nor an end after the answer.
    const from = coarse > 0 ? Math.max(begin - coarse, Math.min(start, begin)) : begin;
    const to = coarse > 0 ? Math.min(end + coarse, Math.max(answered, end)) : served.endLatest[i]!;
    return {
      begin,
      end,
      surelyFrom: coarse > 0 ? Math.min(begin + coarse, end) : begin,
      surelyTo:
        coarse > 0 ? Math.max(end - coarse, begin) : this.#isTwoInOne(i) ? begin + this.#bounds.shortest() : end,
      possiblyFrom: from,
      possiblyTo: to,
    };
  }

  /** Where lines were lost, the begin of one request and the end of the worker's next may look like one that took as long as two. */
  #isTwoInOne(i: number): boolean {
    const { served, typical, lossy } = this;
    if (!lossy || !Number.isNaN(served.id[i]!) || typical.complete < ENOUGH_COMPLETE) return false;
    return served.end[i]! - served.begin[i]! >= TWO_IN_ONE * typical.service.median;
  }

  /** Ends a request that no line ends, by the earliest evidence that it was over. */
  #close(i: number, begin: number): Span {
    const { served, typical } = this;
    const { over } = this.#bounds.client(served.sample[i]!);
    const event = Math.min(over, this.#bounds.nextBegin(i), this.#bounds.death(i));
    // Some take longer than any that was seen to end: where the client tells when it was over, nothing else is asked.
    const long = over < Number.POSITIVE_INFINITY ? over : this.#bounds.longOver(begin);
    const latest = Math.max(begin, Math.min(event, long));
    if (latest === Number.POSITIVE_INFINITY) {
      // In a log that lost lines its end may be one of them.
      const surelyTo = this.lossy ? begin + this.#bounds.shortest() : latest;
      return { begin, end: latest, surelyFrom: begin, surelyTo, possiblyFrom: begin, possiblyTo: latest };
    }
    this.#ends++;
    const enough = typical.complete >= ENOUGH_COMPLETE;
    const byClient = over === latest;
    // Where no line is lost, whoever has no end when the worker or the server dies was in service until then.
    const died = !this.lossy && this.#bounds.death(i) === latest;
    const usual = enough && !died ? Math.min(begin + typical.service.median, latest) : latest;
    const end = Math.max(begin, Math.min(latest, byClient ? latest - typical.lag.median : usual));
    // Where no line is lost, a request without an end was in service until something ended it.
    const known = byClient || (!this.lossy && event === latest);
    // Where no line is lost it was killed, and may have been so at once.
    const least = enough && this.lossy ? begin + this.#bounds.shortest() : begin;
    const surely = known ? latest - this.#bounds.longestLag() : least;
    return {
      begin,
      end,
      surelyFrom: begin,
      surelyTo: Math.max(begin, Math.min(end, surely)),
      possiblyFrom: begin,
      possiblyTo: event < Number.POSITIVE_INFINITY || this.lossy ? latest : event,
    };
  }

  /** Ends whose begin line is missing: begun one usual service earlier, though not before what rules that out. */
  takeOrphans(): void {
    const { orphanEnds } = this.served;
    for (let i = 0; i < orphanEnds.count; i++) {
      const end = orphanEnds.time[i]!;
      const worker = orphanEnds.worker[i]!;
      const free = this.#bounds.freeSince(worker, end);
      this.#addEstimated(end, end, end, worker, orphanEnds.sample[i]!, {
        source: orphanEnds.source[i]!,
        endLine: orphanEnds.line[i]!,
        ...(free === undefined ? {} : { free }),
      });
    }
  }

  /** A success of the client without any line. */
  takeLost(sample: number): void {
    const { samples } = this.timeline;
    const { lag } = this.typical;
    const answered = samples!.start[sample]! + samples!.elapsed[sample]!;
    this.#ends++;
    this.#addEstimated(answered - lag.median, answered - this.#bounds.longestLag(), answered, NONE_U32, sample, {
      source: 0,
      endLine: 0,
    });
  }

  #addEstimated(
    end: number,
    surelyTo: number,
    possiblyTo: number,
    worker: number,
    sample: number,
    more: { source: number; endLine: number; free?: number },
  ): void {
    const { service, complete } = this.typical;
    const { start } = this.#bounds.client(sample);
    const earliest = Math.max(start, more.free ?? Number.NEGATIVE_INFINITY);
    const enough = complete >= ENOUGH_COMPLETE;
    const begin = enough ? Math.max(end - service.median, earliest) : Math.max(earliest, Number.NEGATIVE_INFINITY);
    const usable = Number.isFinite(begin) ? Math.min(begin, end) : end;
    this.#begins++;
    this.#rows.push({
      begin: usable,
      end,
      surelyFrom: enough ? Math.min(Math.max(end - this.#bounds.shortest(), earliest), end) : end,
      surelyTo,
      possiblyFrom: enough ? Math.min(Math.max(end - service.max, earliest), usable) : usable,
      possiblyTo,
      notBefore: Math.min(Number.isFinite(earliest) ? earliest : usable, end),
      worker,
      sample,
      source: more.source,
      beginLine: 0,
      endLine: more.endLine,
    });
  }

  finish(): Service {
    const rows = this.#rows;
    const column = <T extends Float64Array | Uint32Array | Uint16Array>(values: T, key: keyof Row): T => {
      for (let i = 0; i < rows.length; i++) values[i] = rows[i]![key];
      return values;
    };
    const floats = (key: keyof Row) => column(new Float64Array(rows.length), key);
    const whole = (key: keyof Row) => column(new Uint32Array(rows.length), key);
    return {
      count: rows.length,
      begin: floats('begin'),
      end: floats('end'),
      surelyFrom: floats('surelyFrom'),
      surelyTo: floats('surelyTo'),
      possiblyFrom: floats('possiblyFrom'),
      possiblyTo: floats('possiblyTo'),
      notBefore: floats('notBefore'),
      worker: whole('worker'),
      sample: whole('sample'),
      source: column(new Uint16Array(rows.length), 'source'),
      beginLine: whole('beginLine'),
      endLine: whole('endLine'),
      mended: { begins: this.#begins, ends: this.#ends },
      lossy: this.lossy,
      typical: this.typical,
    };
  }
}

/** When a request was in service: at best, surely, possibly. */
export interface Span {
  begin: number;
  readonly end: number;
  surelyFrom: number;
  readonly surelyTo: number;
  possiblyFrom: number;
  readonly possiblyTo: number;
}

interface Row extends Span {
  readonly notBefore: number;
  readonly worker: number;
  readonly sample: number;
  readonly source: number;
  readonly beginLine: number;
  readonly endLine: number;
}
