import { NOTO_SANS_WIDTHS } from './noto-sans-widths.js';

/** Widths in thousandths of an em of what the table does not hold. */
const WIDE = 1000;
const OTHER = 640;
const EMOJI = 1300;
/** A semibold text is at most so much wider than a regular one. */
const SEMIBOLD = 1.07;

const widths = new Map(
  NOTO_SANS_WIDTHS.flatMap(([first, list]) => list.map((width, i) => [first + i, width] as const)),
);

/** Width of a text in the embedded font, in px at `size` px. The same on every machine, whatever fonts it has. */
export function textWidth(text: string, size: number, weight: 400 | 600 = 400): number {
  let sum = 0;
  for (const char of text) sum += charWidth(char.codePointAt(0)!);
  return (sum / 1000) * size * (weight === 600 ? SEMIBOLD : 1);
}

function charWidth(code: number): number {
  const known = widths.get(code);
  if (known !== undefined) return known;
  if (isCombining(code)) return 0;
  if (isWide(code)) return WIDE;
  return code >= 0x1f000 && code < 0x20000 ? EMOJI : OTHER;
}

const isCombining = (code: number) =>
  (code >= 0x300 && code <= 0x36f) || (code >= 0x200b && code <= 0x200f) || (code >= 0xfe00 && code <= 0xfe0f);

/** Chinese, Japanese and Korean characters and their punctuation fill an em square. */
const isWide = (code: number) =>
  (code >= 0x1100 && code <= 0x115f) ||
  (code >= 0x2e80 && code <= 0xd7a3) ||
  (code >= 0xf900 && code <= 0xfaff) ||
  (code >= 0xff00 && code <= 0xff60) ||
  (code >= 0x20000 && code <= 0x3ffff);

/** The text, or as much of its ends as fits into `width` px with an ellipsis between: names differ at their ends. */
export function fitText(text: string, width: number, size: number, weight: 400 | 600 = 400): string {
  if (textWidth(text, size, weight) <= width) return text;
  const chars = [...text];
  for (let keep = chars.length - 1; keep > 0; keep--) {
    const tail = Math.floor(keep / 2);
    const cut = `${chars.slice(0, keep - tail).join('')}…${tail > 0 ? chars.slice(-tail).join('') : ''}`;
    if (textWidth(cut, size, weight) <= width) return cut;
  }
  return '…';
}
