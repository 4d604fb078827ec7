import { type Dots, dotPx } from './dots.js';
import { type Axes, boxPx, type Fill, type Layer, label, linePx, type Stroke } from './marks.js';
import { fitText, textWidth } from './text-width.js';
import { HEADING_PX, type Role } from './theme.js';

/** A name over a panel with what it looks like in it: the label stands beside its data, not in a legend apart. */
export interface Key {
  readonly text: string;
  readonly role?: Role;
  readonly bold?: boolean;
  readonly sample?: { readonly line: Stroke } | { readonly fill: Fill } | { readonly dots: Dots };
}

/** Height of a row of names, the width of a sample and the gaps beside it, px. */
export const KEY_ROW = 18;
const SAMPLE = 14;
const SAMPLE_GAP = 5;
const KEY_GAP = 16;

interface Placed {
  readonly key: Key;
  readonly text: string;
  readonly x: number;
  readonly row: number;
}

const lead = (key: Key) => (key.sample ? SAMPLE + SAMPLE_GAP : 0);

/** Sets the names in rows of `width` px; one that is too wide for a row is cut. */
function placed(keys: readonly Key[], width: number): readonly Placed[] {
  let x = 0;
  let row = 0;
  return keys.map((key) => {
    const text = fitText(key.text, width - lead(key), HEADING_PX, key.bold ? 600 : 400);
    const own = lead(key) + textWidth(text, HEADING_PX, key.bold ? 600 : 400);
    if (x > 0 && x + own > width) {
      x = 0;
      row++;
    }
    const at = { key, text, x, row };
    x += own + KEY_GAP;
    return at;
  });
}

export const keyRows = (keys: readonly Key[], width: number): number => (placed(keys, width).at(-1)?.row ?? -1) + 1;

/** The names over a panel, the last row just above it; `from` is their left edge, px. */
export function keyLayers(axes: Axes, keys: readonly Key[], from: number, width: number): Layer[] {
  const all = placed(keys, width);
  const rows = keyRows(keys, width);
  return all.flatMap(({ key, text, x, row }) => {
    const y = -8 - (rows - 1 - row) * KEY_ROW;
    return [
      ...sampleOf(axes, key, from + x, y - 4.5),
      ...label(axes, {
        text,
        x: from + x + lead(key),
        y,
        size: HEADING_PX,
        ...(key.role ? { role: key.role } : {}),
        ...(key.bold ? { weight: 600 } : {}),
      }),
    ];
  });
}

function sampleOf(axes: Axes, { sample }: Key, x: number, y: number): Layer[] {
  if (!sample) return [];
  if ('line' in sample) return [linePx([x, y], [x + SAMPLE, y], { ...sample.line, width: 2 })];
  if ('dots' in sample) return [dotPx(x + SAMPLE / 2, y, sample.dots)];
  return [boxPx(axes, x, y - 5, SAMPLE, 10, sample.fill)];
}
