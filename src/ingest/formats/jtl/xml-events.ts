import { SaxesParser } from 'saxes';

/** What stands in the file, in order; `line` is the physical line. */
export interface XmlHandler {
  open(name: string, attributes: Readonly<Record<string, string>>, line: number): void;
  close(line: number): void;
  /** Text between tags, where the handler wanted it; `line` is that of the tag behind it. */
  text(text: string, line: number): void;
  /** Markup that ends on `line` can't be read; reading goes on behind it. */
  damage(line: number): void;
  /** Whether the text that comes next is of use; asked after each tag. */
  readonly wantsText: boolean;
}

/** Damaged places after which a file is given up: each costs a new parser. */
const MAX_DAMAGES = 10_000;
/** Faults that are read over; each costs an error object. */
const MAX_FAULTS = 200_000;
/** A comment or tag that is open for so many characters was never closed; text may be longer, and is read on. */
const MAX_CONSTRUCT = 1_048_576;
/** Longest text that is handed on. */
const MAX_TEXT = 65_536;
/** JMeter nests some four samples; what is deeper is not followed. */
const MAX_DEPTH = 256;
/** Longer names of elements belong to no result file. */
const MAX_NAME = 200;

/** What XML 1.0 forbids: JMeter writes bodies as they came, so control characters occur. */
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
/** An ampersand that begins no usable reference, `&#x6;` included: it stands for itself. */
const STRAY_AMPERSAND =
  /&(?!(?:lt|gt|amp|quot|apos|#(?:9|10|13|[3-9]\d|\d{3,7})|#x(?:9|a|d|[2-9a-f][\da-f]|[\da-f]{3,6}));)/gi;
/** A `<` that begins no markup; of instructions only XML's own occur. */
const STRAY_LESS = /<(?![\w:/\u0080-\uffff]|\?xml|!--|!\[CDATA\[|!DOCTYPE)/g;
/** A reference or the begin of a tag at the end of a chunk: what it is shows in the next one. */
const UNDECIDED = /(?:&[#\w]{0,9}|<(?:[?!][\w[-]{0,8})?)$/;

/** Thrown out of the parser to leave it. */
class Restart {}

/**
 * Reads XML as killed test runs and their bodies leave it: never stops. saxes does the reading; where it meets a `<` inside a tag (a
 * quote was lost) or a comment without end, a new parser goes on from there, told which elements are open.
 */
export class XmlEvents {
  readonly #handler: XmlHandler;
  readonly #open: string[] = [];
  #deeper = 0;
  #parser: SaxesParser<{ xmlns: false }> = new SaxesParser({ xmlns: false });
  #pending = '';
  /** Lines before the current parser's first. */
  #baseLine = 0;
  /** Characters since the last tag or text. */
  #quiet = 0;
  #damages = 0;
  #faults = 0;
  #chunk = '';
  /** Where in the parser's input the chunk begins; the parser's own position is right only while it writes. */
  #chunkAt = 0;
  /** Where in the parser's input the last tag ended. */
  #behindTag = 0;
  #restartAt = 0;
  readonly #onText = (text: string): void => this.#handler.text(text.slice(0, MAX_TEXT), this.#line);

  constructor(handler: XmlHandler) {
    this.#handler = handler;
    this.#begin(0);
  }

  /** The file was so damaged that the rest of it is not read. */
  get givenUp(): boolean {
    return this.#damages > MAX_DAMAGES || this.#faults > MAX_FAULTS;
  }

  push(text: string): void {
    if (this.givenUp) return;
    const raw = this.#pending + text;
    const cut = UNDECIDED.exec(raw.slice(-11));
    const end = cut ? raw.length - cut[0].length : raw.length;
    this.#pending = raw.slice(end);
    this.#feed(clean(raw.slice(0, end)));
  }

  /** No more text comes. Gives back what stands behind the last tag: blanks, if the file is whole. */
  end(): string {
    if (this.givenUp) return '';
    this.#feed(clean(this.#pending));
    this.#pending = '';
    return this.#chunk.slice(Math.max(0, this.#behindTag - this.#chunkAt));
  }

  #feed(text: string): void {
    let at = 0;
    while (at < text.length && !this.givenUp) {
      if (this.#quiet > MAX_CONSTRUCT) this.#breakOut(text.charCodeAt(at) === 60);
      // Up to the next tag only, if the last one is far: there a new parser may take over.
      const next = this.#quiet > MAX_CONSTRUCT / 2 ? text.indexOf('<', at + 1) : -1;
      at = this.#write(text, at, next < 0 ? text.length : next);
    }
  }

  /** Feeds `text` from `from` to `to`; gives back where to go on. */
  #write(text: string, from: number, to: number): number {
    this.#chunkAt += this.#chunk.length;
    this.#chunk = text.slice(from, to);
    this.#quiet += to - from;
    try {
      this.#parser.write(this.#chunk);
      return to;
    } catch (error) {
      if (!(error instanceof Restart)) throw error;
      this.#damages++;
      const line = this.#line;
      const before = this.#chunk.slice(Math.max(0, this.#restartAt - 80), this.#restartAt);
      this.#handler.damage(/\n[ \t]*$/.test(before) ? line - 1 : line);
      this.#begin(line - 1);
      return from + this.#restartAt;
    }
  }

  /** Text longer than all markup, or markup that never ends: a new parser goes on as if it were text. */
  #breakOut(atTag: boolean): void {
    if (!atTag && this.#quiet < MAX_CONSTRUCT * 2) return;
    if (this.#handler.wantsText) this.#handler.damage(this.#line);
    this.#begin(this.#line - 1);
  }

  get #line(): number {
    return this.#baseLine + this.#parser.line;
  }

  #begin(baseLine: number): void {
    const parser = new SaxesParser({ xmlns: false, fragment: true, forceXMLVersion: true, defaultXMLVersion: '1.0' });
    parser.on('error', () => {});
    this.#chunk = this.#open.map((name) => `<${name}>`).join('');
    parser.write(this.#chunk);
    this.#chunkAt = 0;
    this.#parser = parser;
    this.#baseLine = baseLine;
    this.#behindTag = this.#chunk.length;
    this.#deeper = 0;
    this.#quiet = 0;
    parser.on('error', (error) => this.#error(error.message));
    parser.on('opentag', ({ name, attributes }) => this.#opened(name, attributes));
    parser.on('closetag', () => this.#closed());
    this.#watchText();
  }

  /** Most faults are read over; a `<` inside a tag and an end of nothing are not, since saxes would lose the next tag. */
  #error(message: string): void {
    const at = this.#parser.position - this.#chunkAt;
    const isTag = this.#chunk.charCodeAt(at - 1) === 60;
    const isStrayEnd = message.includes('unmatched closing tag') || message.includes('weird empty close tag');
    this.#faults++;
    if (!isTag && !isStrayEnd && !this.givenUp) return;
    this.#restartAt = isTag ? at - 1 : at;
    throw new Restart();
  }

  #opened(name: string, attributes: Record<string, string>): void {
    this.#tagEnded();
    if (this.#open.length >= MAX_DEPTH) this.#deeper++;
    else {
      this.#open.push(name.length > MAX_NAME ? '_' : name);
      this.#handler.open(name, attributes, this.#line);
    }
    this.#watchText();
  }

  #closed(): void {
    this.#tagEnded();
    if (this.#deeper > 0) this.#deeper--;
    else if (this.#open.pop() !== undefined) this.#handler.close(this.#line);
    this.#watchText();
  }

  #tagEnded(): void {
    this.#quiet = 0;
    this.#behindTag = this.#parser.position;
  }

  #watchText(): void {
    if (this.#handler.wantsText) this.#parser.on('text', this.#onText);
    else this.#parser.off('text');
  }
}

/** Without what no parser takes: same lines, and every `<` and `&` that is left is markup. */
function clean(text: string): string {
  return text
    .replace(/\r/g, '')
    .replace(FORBIDDEN, '\ufffd')
    .replace(STRAY_AMPERSAND, '&amp;')
    .replace(STRAY_LESS, '&lt;');
}
