import type { Reading } from '../../../model/reading.js';
import type { Outcome } from '../../../model/samples.js';
import type { Stamp } from '../../../model/time.js';
import { say } from '../../../words/ids.js';
import type { InputFile } from '../../text/input-file.js';
import { Ledger } from '../../text/ledger.js';
import { SampleBuilder } from '../../text/sample-builder.js';
import { SampleIds } from '../../text/sample-ids.js';
import { portOfUrl } from '../../text/urls.js';
import type { RunContext } from '../format.js';
import { type ProbeLine, probeLine, type Timings, timing } from './probe-lines.js';

/** Starting a program takes up to so long on a machine that is busy, ms: a time printed beside `curl` is so far from its request. */
const START_UP_MS = 1000;

/** One probe, as far as its lines have told. */
interface Probe {
  readonly line: number;
  url: string;
  /** When it began, or for a message with a time before it, ended. */
  stamp: Stamp | undefined;
  stampIs: 'start' | 'end';
  outcome: Outcome | undefined;
  timings: Timings;
  body: boolean;
  background: boolean;
}

/** Puts the lines of a record of probes together: each probe is one sample of a client. */
export class ProbeReader {
  readonly #ledger = new Ledger();
  readonly #builder = new SampleBuilder();
  readonly #context: RunContext;
  readonly #ids: SampleIds;
  #probe: Probe | undefined;
  #stamp: Stamp | undefined;
  #format: { pattern: RegExp; names: readonly string[] } | undefined;
  #failed = 0;
  #unanswered = 0;
  #labels = new Set<string>();
  #zones = new Set<string>();
  /** Which ends of its probes the file stamps: `align` reads it the other way round where causality says so. */
  #stamps = new Set<Probe['stampIs']>();
  #stepMs = 0;

  constructor(context: RunContext) {
    this.#context = context;
    this.#ids = new SampleIds(context, this.#builder);
  }

  line(line: string, number: number): void {
    if (line.trim() === '') {
      this.#ledger.ignore();
      return;
    }
    const written = this.#written(line);
    const found = written ? ({ kind: 'timings', timings: written } as const) : probeLine(line);
    if (found) this.#take(found, number);
    else if (this.#probe) {
      this.#probe.body = true;
      this.#ledger.ignore();
    } else this.#ledger.skip(number, say('problem.notUnderstood', {}), line);
  }

  /** What `-w` of the last command line printed. */
  #written(line: string): Timings | undefined {
    const m = this.#format && line.length < 2000 ? this.#format.pattern.exec(line) : null;
    if (!m || !this.#format) return undefined;
    return Object.assign({}, ...this.#format.names.map((name, i) => timing(name, m[i + 1] ?? ''))) as Timings;
  }

  #take(found: ProbeLine, number: number): void {
    if (found.kind === 'noise') this.#ledger.ignore();
    else this.#ledger.use();
    switch (found.kind) {
      case 'command':
        this.#begin(number, found.url ?? '', found.stamp ?? this.#stamp, 'start').background = found.background;
        this.#stamp = undefined;
        if (found.format) this.#format = { pattern: found.format, names: found.names ?? [] };
        return;
      case 'time':
        this.#close();
        this.#stamp = found.stamp;
        return;
      case 'request':
        if (this.#probe && !this.#probe.url.includes('?')) this.#probe.url = found.target;
        return;
      case 'failure':
        this.#failure(found, number);
        return;
      case 'status':
        this.#answered(number, { status: found.status });
        return;
      case 'timings':
        this.#answered(number, found.timings);
    }
  }

  #begin(line: number, url: string, stamp: Stamp | undefined, stampIs: Probe['stampIs']): Probe {
    this.#close();
    this.#probe = { line, url, stamp, stampIs, outcome: undefined, timings: {}, body: false, background: false };
    return this.#probe;
  }

  #failure(found: Extract<ProbeLine, { kind: 'failure' }>, line: number): void {
    let probe = this.#probe;
    // Of commands in the background it can't be told whose failure this is.
    if (!probe || probe.outcome !== undefined || probe.background) {
      const stamp = found.stamp ?? this.#stamp;
      probe = this.#begin(line, found.url ?? '', stamp, found.stamp ? 'end' : 'start');
      this.#stamp = undefined;
    } else if (found.stamp && !probe.stamp) {
      probe.stamp = found.stamp;
      probe.stampIs = 'end';
    }
    if (found.url && probe.url === '') probe.url = found.url;
    probe.outcome = found.outcome;
    if (found.port !== undefined) this.#builder.port(found.port);
    const status = found.status === undefined ? {} : { status: found.status };
    probe.timings = {
      ...status,
      ...(found.elapsedMs === undefined ? {} : { total: found.elapsedMs }),
      ...probe.timings,
    };
  }

  #answered(line: number, timings: Timings): void {
    const known = this.#probe?.timings;
    const again = Object.keys(timings).some((key) => known?.[key as keyof Timings] !== undefined);
    const { status = 0 } = known ?? {};
    // The same told twice, or the answer behind a redirection; any other second status or total is another probe's.
    const isSame =
      timings.status !== undefined && (timings.status === status || status < 200 || (status >= 300 && status < 400));
    const goesOn = this.#probe !== undefined && !this.#probe.background && (!again || isSame);
    const probe = goesOn ? this.#probe! : this.#begin(line, '', this.#stamp, 'start');
    if (probe.line === line) this.#stamp = undefined;
    probe.timings = { ...probe.timings, ...timings };
  }

  #close(): void {
    const probe = this.#probe;
    this.#probe = undefined;
    if (!probe) return;
    const { timings, body } = probe;
    const status = timings.status ?? 0;
    if (probe.outcome === undefined && status === 0 && timings.total === undefined && !body) {
      this.#unanswered++;
      return;
    }
    const isAnswer = probe.outcome === undefined && (status === 0 ? timings.status === undefined : status < 400);
    const failedWith = status >= 400 ? statusOutcome(status) : 'other';
    this.#add(probe, isAnswer ? 'succeeded' : (probe.outcome ?? failedWith), status);
  }

  #add({ line, url, stamp, stampIs, timings }: Probe, outcome: Outcome, status: number): void {
    if (outcome !== 'succeeded') this.#failed++;
    const id = url === '' ? undefined : this.#context.requestId.find(url);
    const named = id !== undefined && /^[\w.-]+$/.test(id) ? id : undefined;
    const port = portOfUrl(url.includes('://') ? url : `http://${url}`);
    if (port !== undefined && url !== '' && !url.startsWith('/') && !url.startsWith('?')) this.#builder.port(port);
    if (stamp) this.#stamps.add(stampIs);
    if (stamp) this.#stepMs = Math.max(this.#stepMs, stamp.resolutionMs);
    if (stamp) this.#zones.add(stamp.zoned ? 'stated' : 'not stated, read as UTC');
    const { total = Number.NaN, connect = Number.NaN, firstByte = Number.NaN } = timings;
    const start = stamp === undefined ? Number.NaN : stampIs === 'end' && total >= 0 ? stamp.ms - total : stamp.ms;
    const label = url.replace(/[?#].*$/, '');
    if (label !== '') this.#labels.add(label);
    this.#builder.add(
      {
        line,
        stamp: start,
        elapsed: total,
        latency: firstByte,
        connect,
        outcome,
        status,
        id: this.#ids.of(named, url),
        label,
      },
      false,
    );
  }

  finish(file: InputFile): Reading {
    this.#close();
    this.#ids.finish();
    const ledger = this.#ledger;
    const builder = this.#builder;
    const seen = ledger.used + ledger.ignored + ledger.skipped;
    if (file.lines > seen) ledger.ignore(file.lines - seen);
    if (this.#unanswered > 0) ledger.note(say('client.probesUnanswered', { n: this.#unanswered }));
    return {
      source: {
        path: file.path,
        sha256: file.sha256,
        kind: 'client-samples',
        format: 'curl-probes',
        variant: {
          time: this.#zones.size > 0 ? 'lines' : 'none',
          ...(this.#stamps.size === 1 ? { stamp: builder.stampIs === 'end' ? 'end' : [...this.#stamps][0]! } : {}),
          ...(this.#zones.size > 0 ? { zone: [...this.#zones].sort().join(', ') } : {}),
        },
        lines: file.lines,
        used: ledger.used,
        ignored: ledger.ignored,
        skipped: ledger.skipped,
        records: builder.count,
        counts: {
          samples: builder.count,
          failed: this.#failed,
          subSamples: 0,
          transactions: 0,
          labels: this.#labels.size,
        },
        ...builder.period(),
        problems: ledger.problems,
        problemCount: ledger.problemCount,
      },
      samples: {
        ...builder.finish(file.index),
        ...(this.#stamps.size > 0 ? { loose: { stepMs: this.#stepMs, lagMs: START_UP_MS } } : {}),
      },
    };
  }
}

function statusOutcome(status: number): Outcome {
  return status === 429
    ? 'http-429'
    : status === 503
      ? 'http-503'
      : status >= 500 && status < 600
        ? 'server-error'
        : 'other';
}
