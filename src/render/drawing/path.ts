/** Two decimals are a hundredth of a pixel; written without needless zeros. */
export function shortNumber(value: number): string {
  const text = String(Math.round(value * 100) / 100 + 0);
  if (text.charCodeAt(1) !== POINT && text.charCodeAt(2) !== POINT) return text;
  if (text.startsWith('0.')) return text.slice(1);
  return text.startsWith('-0.') ? `-${text.slice(2)}` : text;
}

const POINT = 46;

interface Command {
  readonly letter: string;
  readonly n: readonly number[];
}

const PART = /([MLHVZACQ])([^MLHVZACQ]*)/gi;
const NUMBER = /-?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/g;

function commands(d: string): readonly Command[] {
  const list: Command[] = [];
  for (const [, letter, rest] of d.matchAll(PART)) list.push({ letter: letter!, n: numbersIn(rest!) });
  return list;
}

/** Nearly all commands have a number or two without an exponent, which a comma parts. */
function numbersIn(text: string): number[] {
  if (text === '') return [];
  const comma = text.indexOf(',');
  const few = comma < 0 ? [Number(text)] : [Number(text.slice(0, comma)), Number(text.slice(comma + 1))];
  return few.some(Number.isNaN) ? (text.match(NUMBER) ?? []).map(Number) : few;
}

/** Numbers one after the other; a minus, or a second point, says where the next one begins. */
function joined(numbers: readonly number[]): string {
  let text = '';
  let previous = '';
  for (const next of numbers.map(shortNumber)) {
    const glued = text === '' || next.startsWith('-') || (next.startsWith('.') && previous.includes('.'));
    text += glued ? next : `,${next}`;
    previous = next;
  }
  return text;
}

const hundredths = (value: number) => Math.round(value * 100);

/** Of an arc only the end is a place; of the other commands all pairs are. */
const FIRST_PLACE: Readonly<Record<string, number>> = { A: 5 };

/** A pen that writes moves relative to where it stands, on a grid of hundredths: no error adds up. */
class Pen {
  #x = 0;
  #y = 0;
  #startX = 0;
  #startY = 0;
  /** Nothing was drawn since the pen was put down. */
  #fresh = false;
  text = '';

  draw({ letter, n }: Command): void {
    const kind = letter.toUpperCase();
    const relative = letter !== kind;
    if (kind === 'Z') {
      this.text += 'Z';
      [this.#x, this.#y] = [this.#startX, this.#startY];
      return;
    }
    if (kind === 'H' || kind === 'V') {
      const here = kind === 'H' ? this.#x : this.#y;
      const there = hundredths(n[0]!) + (relative ? here : 0);
      this.#line(kind === 'H' ? there : this.#x, kind === 'V' ? there : this.#y);
      return;
    }
    if (kind === 'L' || (kind === 'M' && n.length === 2)) {
      const x = hundredths(n[0]!) + (relative ? this.#x : 0);
      const y = hundredths(n[1]!) + (relative ? this.#y : 0);
      if (kind === 'L') this.#line(x, y);
      else this.#move(x, y);
      return;
    }
    const first = FIRST_PLACE[kind] ?? 0;
    const places = n.slice(first).map((value, i) => hundredths(value) + (relative ? (i % 2 ? this.#y : this.#x) : 0));
    const [x, y] = places.slice(-2) as [number, number];
    const moves = places.map((value, i) => (value - (i % 2 ? this.#y : this.#x)) / 100);
    this.text += (this.text === '' ? 'M' : kind.toLowerCase()) + joined([...n.slice(0, first), ...moves]);
    [this.#x, this.#y] = [x, y];
    this.#fresh = kind === 'M';
    if (this.#fresh) [this.#startX, this.#startY] = [x, y];
  }

  #move(x: number, y: number): void {
    this.text += (this.text === '' ? 'M' : 'm') + joined([(x - this.#x) / 100, (y - this.#y) / 100]);
    [this.#x, this.#y, this.#startX, this.#startY] = [x, y, x, y];
    this.#fresh = true;
  }

  #line(x: number, y: number): void {
    const [dx, dy] = [(x - this.#x) / 100, (y - this.#y) / 100];
    // A line of no length is a dot where it is the whole of a subpath, else nothing.
    if (dx === 0 && dy === 0 && !this.#fresh) return;
    this.#fresh = false;
    this.text += dy === 0 ? `h${shortNumber(dx)}` : dx === 0 ? `v${shortNumber(dy)}` : `l${joined([dx, dy])}`;
    [this.#x, this.#y] = [x, y];
  }
}

/** The same path in fewer bytes: two decimals, relative moves, lines along an axis as such. */
export function shortenPath(d: string): string {
  const pen = new Pen();
  for (const command of commands(d)) pen.draw(command);
  return pen.text;
}

/** A path of absolute commands, moved. */
export function movedPath(d: string, dx: number, dy: number): string {
  return commands(d)
    .map(({ letter, n }) => {
      const relative = letter !== letter.toUpperCase();
      const first = FIRST_PLACE[letter] ?? 0;
      if (letter === 'H' || letter === 'V') return `${letter}${n[0]! + (letter === 'H' ? dx : dy)}`;
      const numbers = relative ? n : n.map((value, i) => (i < first ? value : value + ((i - first) % 2 ? dy : dx)));
      return letter + numbers.join(',');
    })
    .join('');
}

/** The radius of a path that is a circle around (0, 0). */
export function circleRadius(d: string): number | undefined {
  const found = /^M([\d.]+),0A\1,\1,0,1,1,-\1,0A\1,\1,0,1,1,\1,0Z?$/.exec(d);
  return found ? Number(found[1]) : undefined;
}
