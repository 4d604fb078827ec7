import type { Message } from '../../../model/message.js';
import { say } from '../../../words/ids.js';
import type { Ledger } from '../../text/ledger.js';
import { idVariable, isTransaction, type ResultFields, type SampleSink } from './sample-sink.js';
import type { XmlHandler } from './xml-events.js';

/** Attributes of a sample by JMeter's short names and by those of JMeter 2.0 (`timeStamp` and the like are the same). */
const ATTRIBUTES: Readonly<Record<string, keyof ResultFields | 'success' | undefined>> = {
  t: 'elapsed',
  time: 'elapsed',
  elapsed: 'elapsed',
  lt: 'Latency',
  latency: 'Latency',
  ct: 'Connect',
  connect: 'Connect',
  ts: 'timeStamp',
  timeStamp: 'timeStamp',
  s: 'success',
  success: 'success',
  lb: 'label',
  label: 'label',
  rc: 'responseCode',
  responseCode: 'responseCode',
  rm: 'responseMessage',
  responseMessage: 'responseMessage',
  tn: 'threadName',
  threadName: 'threadName',
};
/** Attributes that are known and tell nothing here; what is in neither table is a sample variable. */
const OTHER_ATTRIBUTES = new Set(['it', 'dt', 'de', 'by', 'sby', 'sc', 'ec', 'ng', 'na', 'hn', 'dataType', 'encoding']);
/** Child elements whose text is wanted: of any sample, and the fields of an object that XStream wrote as it was. */
const CHILDREN: Readonly<Record<string, keyof ResultFields | 'success' | 'samplerData' | undefined>> = {
  'java.net.URL': 'URL',
  samplerData: 'samplerData',
  property: 'samplerData',
  location: 'URL',
  timeStamp: 'timeStamp',
  startTime: 'timeStamp',
  elapsedTime: 'elapsed',
  latency: 'Latency',
  connectTime: 'Connect',
  label: 'label',
  responseCode: 'responseCode',
  responseMessage: 'responseMessage',
  threadName: 'threadName',
  success: 'success',
};
const SAMPLE_NAMES = new Set(['httpSample', 'sample', 'sampleResult', 'customSample']);
/** The URL in the text of a request as JMeter keeps it. */
const REQUEST_LINE = /^\s*[A-Z]{3,10} (\S{1,8192})/;

/** A sample that is open. */
interface Frame {
  readonly fields: ResultFields;
  success: boolean | undefined;
  readonly line: number;
  /** Elements between the root and its children. */
  readonly depth: number;
  /** Samples that are its children. */
  samplesInside: number;
}

/**
 * Makes samples of elements. What stands at the top is a sample as a row of CSV is; the samples in it are parts of one request,
 * or, in a transaction, the requests. Lines belong to the sample at the top; what is between is ignored, or skipped if it is text.
 */
export class XmlSamples implements XmlHandler {
  readonly #sink: SampleSink;
  readonly #ledger: Ledger;
  readonly #frames: Frame[] = [];
  readonly #names: string[] = [];
  /** Lines up to here are accounted for. */
  #line = 0;
  #rootOpen = false;
  /** Which names the samples' fields have. */
  style = 'none';

  constructor(sink: SampleSink, ledger: Ledger) {
    this.#sink = sink;
    this.#ledger = ledger;
  }

  get wantsText(): boolean {
    const frame = this.#frames.at(-1);
    if (frame === undefined) return true;
    return this.#field(frame) !== undefined;
  }

  open(name: string, attributes: Readonly<Record<string, string>>, line: number): void {
    const depth = this.#names.length;
    this.#names.push(name);
    if (name === 'testResults') {
      this.#rootOpen = true;
      return;
    }
    const sure = SAMPLE_NAMES.has(name) || isSampleByAttributes(attributes);
    // Any child of the root may be one, since its fields may come as elements.
    if (!sure && this.#frames.length > 0) return;
    const frame = { ...read(attributes), line, depth, samplesInside: 0 };
    this.#frames.push(frame);
    if (this.style === 'none')
      this.style = !sure ? 'child elements' : 't' in attributes || 's' in attributes ? 'short' : 'long';
  }

  close(line: number): void {
    const name = this.#names.pop();
    if (name === 'testResults') this.#rootOpen = false;
    const frame = this.#frames.at(-1);
    if (frame?.depth !== this.#names.length) return;
    this.#frames.pop();
    this.#finish(frame, line);
  }

  text(text: string, line: number): void {
    const frame = this.#frames.at(-1);
    if (frame) this.#value(frame, text);
    else if (text.trim() !== '') this.#foreign(text, line);
  }

  damage(line: number): void {
    if (this.#frames.length === 0) {
      this.#account(line - 1, 'ignored');
      this.#skip(line, say('client.damaged', {}));
    } else this.#ledger.note(say('client.damaged', {}), line);
  }

  /**
   * The file is at its end.
   * @param rest what stands behind the last tag. @param lines how many the file has. @param givenUp reading stopped before.
   */
  end(rest: string, lines: number, givenUp: boolean): void {
    const cut = this.#frames[0];
    if (cut) this.#ledger.note(say('client.notClosed', {}), cut.line);
    while (this.#frames.length > 0) this.#finish(this.#frames.pop()!, lines);
    if (givenUp) this.#skip(Math.min(this.#line + 1, lines), say('client.givenUp', {}), lines);
    else if (!cut && rest.trim() !== '') {
      const last = lines - (rest.endsWith('\n') ? 0 : 1);
      this.#account(last - newlines(rest.trimStart()), 'ignored');
      this.#skip(Math.min(this.#line + 1, lines), say('client.notClosed', {}), lines, rest.trim());
    } else if (this.#rootOpen && !cut) this.#ledger.note(say('client.noEndTag', {}), lines);
    this.#account(lines, 'ignored');
  }

  /** The element that is open as a field of the sample round it. */
  #field(frame: Frame): keyof ResultFields | 'success' | 'samplerData' | undefined {
    const inside = this.#names.length - frame.depth - 1;
    const name = this.#names.at(-1) as string;
    if (inside === 1) return CHILDREN[name];
    return inside === 2 && name === 'failureMessage' ? 'failureMessage' : undefined;
  }

  #value(frame: Frame, text: string): void {
    const field = this.#field(frame);
    if (field === undefined) return;
    const value = text.trim();
    if (field === 'success') frame.success ??= truth(value);
    else if (field === 'samplerData') frame.fields.URL ??= REQUEST_LINE.exec(value)?.[1] ?? '';
    // An object's time stamp is 0 if the sample was never finished.
    else if (field === 'timeStamp') frame.fields.timeStamp = above0(frame.fields.timeStamp) ?? value;
    else if (field === 'URL') frame.fields.URL = value;
    else frame.fields[field] ??= value;
  }

  #finish(frame: Frame, line: number): void {
    const { fields, success } = frame;
    const parent = this.#frames.at(-1);
    if (success === undefined) {
      if (!parent) {
        this.#account(frame.line - 1, 'ignored');
        this.#skip(frame.line, say('client.noSuccess', {}), line);
      }
      return;
    }
    if (parent) {
      this.#sink.subSamples++;
      parent.samplesInside++;
    } else {
      this.#sink.count(fields, success);
      this.#account(frame.line - 1, 'ignored');
      this.#account(line, 'used');
    }
    if (this.#frames.every((outer) => isTransaction(outer.fields))) this.#request(frame, success);
  }

  #request({ fields, line, samplesInside }: Frame, success: boolean): void {
    if (!isTransaction(fields)) this.#sink.request(fields, success, line);
    else if (samplesInside === 0) this.#sink.transaction(fields, success, line);
  }

  /** Text where none belongs. Its last line may have a sample behind it. */
  #foreign(text: string, line: number): void {
    const lines = text.split('\n');
    const first = line - lines.length + 1;
    for (const [i, content] of lines.entries()) {
      if (content.trim() === '' || first + i >= line) continue;
      this.#account(first + i - 1, 'ignored');
      this.#skip(first + i, say('problem.notUnderstood', {}), first + i, content);
    }
  }

  #account(line: number, as: 'used' | 'ignored'): void {
    const lines = line - this.#line;
    if (lines <= 0) return;
    if (as === 'used') this.#ledger.use(lines);
    else this.#ledger.ignore(lines);
    this.#line = line;
  }

  #skip(first: number, why: Message, last = first, text = ''): void {
    const lines = last - this.#line;
    if (lines > 0) this.#ledger.skip(first, why, text, lines);
    else this.#ledger.note(why, first, text);
    this.#line = Math.max(last, this.#line);
  }
}

function isSampleByAttributes(attributes: Readonly<Record<string, string>>): boolean {
  const has = (name: string) => attributes[name] !== undefined;
  return (has('s') || has('success')) && (has('lb') || has('label') || has('t') || has('ts'));
}

function read(attributes: Readonly<Record<string, string>>): { fields: ResultFields; success: boolean | undefined } {
  const fields: ResultFields = {};
  let success: boolean | undefined;
  const variables: string[] = [];
  for (const name in attributes) {
    const value = attributes[name]!;
    const field = ATTRIBUTES[name];
    if (field === 'success') success = truth(value);
    else if (field !== undefined) fields[field] = value;
    else if (!OTHER_ATTRIBUTES.has(name)) variables.push(name);
  }
  const variable = variables.length === 0 ? undefined : idVariable(variables);
  if (variable !== undefined) fields.variable = attributes[variable]!;
  return { fields, success };
}

function truth(text: string): boolean | undefined {
  const word = text.trim().toLowerCase();
  return word === 'true' ? true : word === 'false' ? false : undefined;
}

function above0(text: string | undefined): string | undefined {
  return text === undefined || text === '0' ? undefined : text;
}

function newlines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
