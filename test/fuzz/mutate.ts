/** A generator of whole numbers below a bound: the same numbers for the same seed, everywhere. */
export type Dice = (below: number) => number;

/** mulberry32: small, and good enough to choose places with. */
export function diceOf(seed: number): Dice {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % Math.max(1, below);
  };
}

/** What damaged files and hostile ones have in them. */
const SPLINTERS = [
  '"',
  '""""',
  '<',
  '<!--',
  '<![CDATA[',
  '&#x0;',
  '&',
  "'",
  '\0',
  '\r',
  '\n',
  '\r\n\r\n',
  '\u2028',
  '\ufeff',
  '\x1b[31m',
  '[[[[[[[[',
  '((((((',
  '{"log":',
  '{}{}',
  ',,,,,,,,',
  ';',
  '\t\t',
  '-',
  ' - - [',
  '2026-13-45 99:99:99',
  '9'.repeat(400),
  ' '.repeat(2000),
  'a '.repeat(2000),
  '<a '.repeat(300),
  '=>',
  'id=',
  '%',
  '\\',
  'true',
  'false',
  '__proto__',
  'constructor',
];

type Mutation = (bytes: Buffer, dice: Dice, other: Buffer) => Buffer;

const MUTATIONS: readonly Mutation[] = [
  function flipBytes(bytes, dice) {
    const flipped = Buffer.from(bytes);
    for (let n = 1 + dice(20); n > 0 && flipped.length > 0; n--) flipped[dice(flipped.length)] = dice(256);
    return flipped;
  },
  function cut(bytes, dice) {
    return bytes.subarray(0, dice(bytes.length));
  },
  function behead(bytes, dice) {
    return bytes.subarray(dice(bytes.length));
  },
  function splice(bytes, dice, other) {
    const from = dice(other.length);
    const part = other.subarray(from, from + dice(2000));
    const at = dice(bytes.length);
    return Buffer.concat([bytes.subarray(0, at), part, bytes.subarray(at + dice(200))]);
  },
  function repeat(bytes, dice) {
    const from = dice(bytes.length);
    const part = bytes.subarray(from, from + 1 + dice(80));
    return Buffer.concat([
      bytes.subarray(0, from),
      ...Array.from({ length: dice(60) }, () => part),
      bytes.subarray(from),
    ]);
  },
  function stick(bytes, dice) {
    const at = dice(bytes.length);
    const splinter = Buffer.from(SPLINTERS[dice(SPLINTERS.length)] ?? '');
    return Buffer.concat([bytes.subarray(0, at), splinter, bytes.subarray(at)]);
  },
  function joinLines(bytes, dice) {
    const joined = Buffer.from(bytes);
    for (let at = joined.indexOf(10); at >= 0; at = joined.indexOf(10, at + 1)) if (dice(4) === 0) joined[at] = 32;
    return joined;
  },
  function widen(bytes) {
    return Buffer.from(bytes.toString('latin1'), 'utf16le');
  },
];

/** One of the files, damaged once to three times. */
export function mutated(files: readonly Buffer[], dice: Dice): Buffer {
  let bytes = files[dice(files.length)] ?? Buffer.alloc(0);
  for (let n = 1 + dice(3); n > 0; n--) {
    const mutate = MUTATIONS[dice(MUTATIONS.length)] as Mutation;
    bytes = mutate(bytes, dice, files[dice(files.length)] ?? bytes);
  }
  return bytes;
}
