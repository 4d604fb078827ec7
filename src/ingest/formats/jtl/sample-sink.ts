import type { Outcome } from '../../../model/samples.js';
import type { Counts } from '../../../model/source.js';
import { outcomeOf } from '../../text/failure-kind.js';
import { isIdName } from '../../text/request-id.js';
import { type FoundSample, MAX_LABELS, SampleBuilder } from '../../text/sample-builder.js';
import { SampleIds } from '../../text/sample-ids.js';
import { parseStamp } from '../../text/timestamps.js';
import { portOfUrl } from '../../text/urls.js';
import type { RunContext } from '../format.js';
import { isBareCut, tellCuts } from './bare-exceptions.js';
import { duration, number, statusOf, unitOf } from './numbers.js';

/** One result as CSV and XML write it; absent where the file has no such column or attribute. */
export interface ResultFields {
  timeStamp?: string | undefined;
  elapsed?: string | undefined;
  Latency?: string | undefined;
  Connect?: string | undefined;
  label?: string | undefined;
  responseCode?: string | undefined;
  responseMessage?: string | undefined;
  threadName?: string | undefined;
  failureMessage?: string | undefined;
  URL?: string | undefined;
  /** The value of a sample variable that is named like an id. */
  variable?: string | undefined;
}

/** JMeter writes this as the message of a Transaction Controller's own row. */
export const TRANSACTION = 'Number of samples in transaction';
const EMPTY_TRANSACTION = /^Number of samples in transaction : 0\b/;
/** Threads of the client that are remembered; a test plan has thousands at most. */
const MAX_THREADS = 100_000;
/** Transactions that are kept until it shows whether their samples are in the file. */
const MAX_UNDECIDED = 200_000;
/** Longest URL or label in which an id is looked for. */
const MAX_TARGET = 8192;

/** Whether a result is a Transaction Controller's: it describes the time of the samples in it. */
export function isTransaction({ responseMessage }: ResultFields): boolean {
  return responseMessage?.startsWith(TRANSACTION) ?? false;
}

/** A failure that says nothing of itself. */
const NO_FAILURE = { success: false, code: '', message: '', failureMessage: '' };

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** Numbers that are no integers, so that the columns' kinds never change. */
const NOTHING_FOUND: FoundSample = {
  line: 0,
  stamp: Number.NaN,
  elapsed: Number.NaN,
  latency: Number.NaN,
  connect: Number.NaN,
  outcome: 'succeeded',
  status: 0,
  id: Number.NaN,
  label: '',
};

interface Undecided {
  readonly fields: ResultFields;
  readonly success: boolean;
  readonly line: number;
  readonly stamp: number;
  /** Stamp of the last request of the same client thread. */
  readonly last: number | undefined;
}

/** Takes results of either form and counts each request once. */
export class SampleSink {
  readonly builder: SampleBuilder;
  samples = 0;
  failed = 0;
  subSamples = 0;
  transactions = 0;
  /** Transactions that stand for requests which the file does not have. */
  alone = 0;
  /** Stamps that are dates, and those that can't be read. */
  dates = 0;
  badStamps = 0;
  /** Dates that state their zone, and times of day without a date. */
  zoned = 0;
  dateless = 0;
  /** Of each client thread: when its last request was stamped, and whether one came since its last transaction. */
  readonly #threads = new Map<string, { stamp: number; since: boolean }>();
  readonly #undecided: Undecided[] = [];
  readonly #labels = new Set<string>();
  readonly #context: RunContext;
  readonly #ids: SampleIds;
  /** Of the last URL: its beginning up to the path, with the slash, and its port; and how many named that port one after another. */
  #origin = '';
  #port: number | undefined;
  #portSeen = 0;
  #lastLabel: string | undefined;
  /** The last failure and how it was understood: most are like the one before. */
  #failure = { code: '', message: '', text: '', outcome: outcomeOf(NO_FAILURE), bare: false };
  /** Samples whose connection broke without a word of who broke it. */
  readonly #bare: number[] = [];

  /** The sample that is being added, the same object each time: a million of them would be garbage by the gigabyte. */
  readonly #found: Writable<FoundSample> = { ...NOTHING_FOUND };

  /**
   * @param watchThreads remember what each client thread did last, without which transactions can't be decided about. It costs a
   *   third of the reading, so a reader that met no transaction yet does without and begins anew where one comes.
   * @param samples how many are to be expected.
   */
  constructor(
    context: RunContext,
    readonly watchThreads = true,
    samples?: number,
  ) {
    this.#context = context;
    this.builder = new SampleBuilder(samples);
    this.#ids = new SampleIds(context, this.builder);
  }

  /** A row, or an element at the top of its file. */
  count(fields: ResultFields, success: boolean): void {
    this.samples++;
    if (!success) this.failed++;
    if (isTransaction(fields)) this.transactions++;
    const { label } = fields;
    if (label === undefined || label === this.#lastLabel) return;
    this.#lastLabel = label;
    if (this.#labels.size < MAX_LABELS) this.#labels.add(label);
  }

  request(fields: ResultFields, success: boolean, line: number): void {
    const stamp = this.#stamp(fields.timeStamp);
    this.#add(fields, success, line, stamp, true);
    this.builder.turn(fields.threadName, stamp, this.#found.elapsed);
    if (!this.watchThreads) return;
    const thread = fields.threadName ?? '';
    const known = this.#threads.get(thread);
    if (known) {
      known.stamp = stamp;
      known.since = true;
    } else if (this.#threads.size < MAX_THREADS) this.#threads.set(thread, { stamp, since: true });
  }

  /**
   * A transaction without samples in it. Its requests stand before it in the file as a rule; where the Transaction Controller made
   * one sample of them ("generate parent sample", in CSV), it is all that is left of them. Which it is shows at the end.
   */
  transaction(fields: ResultFields, success: boolean, line: number): void {
    if (EMPTY_TRANSACTION.test(fields.responseMessage ?? '')) return;
    const thread = this.#threads.get(fields.threadName ?? '');
    if (thread?.since) thread.since = false;
    else if (this.#undecided.length < MAX_UNDECIDED) {
      const stamp = this.#stamp(fields.timeStamp);
      this.#undecided.push({ fields, success, line, stamp, last: thread?.stamp });
    }
  }

  /** No more results come: decides about transactions, each of which counts as one request if nothing else is left of it. */
  finish(): void {
    const isEnd = this.builder.stampIs === 'end';
    for (const { fields, success, line, stamp, last } of this.#undecided) {
      const start = isEnd ? stamp - (duration(fields.elapsed) || 0) : stamp;
      // A sample of the same client thread that began later: the transaction is one of several round the same samples.
      if (last !== undefined && !(last < start)) continue;
      this.alone++;
      this.#add(fields, success, line, stamp, false);
    }
    this.#undecided.length = 0;
    this.#countPort();
    this.#ids.finish();
    if (this.#bare.length > 0) this.builder.retell((samples) => tellCuts(samples, this.#bare));
  }

  #add(fields: ResultFields, success: boolean, line: number, stamp: number, inOrder: boolean): void {
    const { responseCode: code = '', URL: url = '' } = fields;
    this.#notePort(url);
    const found = this.#found;
    found.line = line;
    found.stamp = stamp;
    found.elapsed = duration(fields.elapsed);
    found.latency = duration(fields.Latency);
    found.connect = duration(fields.Connect);
    found.outcome = success ? 'succeeded' : this.#failed(fields);
    found.status = statusOf(code);
    found.id = this.#ids.of(this.#id(fields, url), url === '' ? (fields.label ?? '') : url);
    found.label = fields.label ?? '';
    this.builder.add(found, inOrder);
  }

  #failed({
    responseCode: code = '',
    responseMessage: message = '',
    failureMessage: text = '',
  }: ResultFields): Outcome {
    const last = this.#failure;
    if (code !== last.code || message !== last.message || text !== last.text) {
      const outcome = outcomeOf({ success: false, code, message, failureMessage: text });
      this.#failure = { code, message, text, outcome, bare: isBareCut(code, message, text) };
    }
    if (this.#failure.bare) this.#bare.push(this.builder.count);
    return this.#failure.outcome;
  }

  /** Counts in the contract's words. */
  counts(): Counts {
    const { samples, failed, subSamples, transactions } = this;
    return { samples, failed, subSamples, transactions, labels: this.#labels.size };
  }

  #id({ variable, label = '' }: ResultFields, url: string): string | undefined {
    const find = (text: string) => (text === '' ? undefined : this.#context.requestId.find(text.slice(0, MAX_TARGET)));
    return find(url) ?? (variable || undefined) ?? find(label);
  }

  /** Nearly all URLs of a file have the same origin. */
  #notePort(url: string): void {
    if (url === '' || url === 'null') return;
    if (!(url.startsWith(this.#origin) && this.#origin !== '')) {
      this.#countPort();
      this.#port = portOfUrl(url);
      this.#origin = this.#port === undefined ? '' : url.slice(0, url.indexOf('/', url.indexOf('//') + 2) + 1);
    }
    this.#portSeen++;
  }

  #countPort(): void {
    if (this.#port !== undefined && this.#portSeen > 0) this.builder.port(this.#port, this.#portSeen);
    this.#portSeen = 0;
  }

  #stamp(text: string | undefined): number {
    const epoch = number(text);
    if (epoch >= 0) return epoch * unitOf(epoch);
    if (text === undefined || text.trim() === '') return Number.NaN;
    this.dates++;
    const stamp = parseStamp(text);
    if (stamp) this.builder.resolution(stamp.resolutionMs);
    if (stamp === undefined) this.badStamps++;
    else if (stamp.zoned) this.zoned++;
    else if (stamp.dateless) this.dateless++;
    return stamp?.ms ?? Number.NaN;
  }
}

/** The sample variable among further columns or attributes that holds the request's id. */
export function idVariable(names: Iterable<string>): string | undefined {
  for (const name of names) if (isIdName(name)) return name;
  return undefined;
}
