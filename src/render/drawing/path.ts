/** Two decimals are a hundredth of a pixel; written without needless zeros. */
export function shortNumber(value: number): string {
  const text = String(Math.round(value * 100) / 100 + 0);
  return text.replace(/^(-?)0\./, '$1.');
}

type Command = readonly [letter: string, ...numbers: number[]];

const PART = /([MLHVZACQhvlmzacq])([^MLHVZACQhvlmzacq]*)/g;
const NUMBER = /-?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/g;

const commands = (d: string): Command[] =>
  Array.from(d.matchAll(PART), ([, letter, rest]) => [letter!, ...(rest!.match(NUMBER) ?? []).map(Number)]);

const put = (letter: string, ...numbers: number[]) => letter + numbers.map(shortNumber).join(',');

/** The same path in fewer bytes: two decimals, lines along an axis as such, lines of no length left out. */
export function shortenPath(d: string): string {
  let [x, y] = ['', ''];
  let out = '';
  for (const [letter, ...n] of commands(d)) {
    if (letter !== 'M' && letter !== 'L') {
      out += put(letter, ...n);
      if (!/[Zhv]/.test(letter)) [x, y] = ['', ''];
      continue;
    }
    const [toX, toY] = [shortNumber(n[0]!), shortNumber(n[1]!)];
    if (letter === 'M') out += `M${toX},${toY}`;
    else if (toX === x && toY !== y) out += `V${toY}`;
    else if (toY === y && toX !== x) out += `H${toX}`;
    else if (toX !== x) out += `L${toX},${toY}`;
    [x, y] = [toX, toY];
  }
  return out;
}

/** How a path around (0, 0) continues after `M x,y` was written for its first point: with relative commands only. */
export interface Stamp {
  /** Of the first point. */
  readonly dx: number;
  readonly dy: number;
  readonly rest: string;
}

/** Turns a path into one that can be written at any place. Paths hold M, L, C, A and Z. */
export function stampOf(d: string): Stamp {
  const [[, dx = 0, dy = 0] = ['M', 0, 0], ...others] = commands(d);
  let [x, y] = [dx, dy];
  let [startX, startY] = [dx, dy];
  let rest = '';
  for (const [letter, ...n] of others) {
    if (letter === 'Z') {
      rest += 'Z';
      [x, y] = [startX, startY];
      continue;
    }
    const [toX = 0, toY = 0] = n.slice(-2);
    // Of an arc only the end is a place; of the others all pairs are.
    const moved = n.map((value, i) =>
      letter === 'A' && i < 5 ? value : value - ((letter === 'A' ? i + 1 : i) % 2 ? y : x),
    );
    rest += put(letter.toLowerCase(), ...moved);
    [x, y] = [toX, toY];
    if (letter === 'M') [startX, startY] = [x, y];
  }
  return { dx, dy, rest };
}

/** The radius of a path that is a circle around (0, 0). */
export function circleRadius(d: string): number | undefined {
  const found = /^M([\d.]+),0A\1,\1,0,1,1,-\1,0A\1,\1,0,1,1,\1,0Z?$/.exec(d);
  return found ? Number(found[1]) : undefined;
}
