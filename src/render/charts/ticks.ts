import { textWidth } from './text-width.js';
import { TEXT_PX } from './theme.js';

/** A linear axis: what it spans, where it has labels, and how those are written. */
export interface Scale {
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
  readonly decimals: number;
  /** The unit, where it stands behind each number. */
  readonly suffix?: string;
}

/** A label of the time axis and the space around it, px. */
const TICK_GAP = 18;
/** Labels may stick out over the plot's end by so much, px. */
const MARGIN = 16;
/** Room above the highest count for the label of a line, as a part of the axis. */
const HEADROOM = 0.24;

/** The next of 1, 2, 5 times a power of ten that is at least `least`. */
export function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 5, 10].map((n) => n * power).find((step) => step >= least * (1 - 1e-9)) ?? 10 * power;
}

const decimalsOf = (step: number) => Math.max(0, -Math.floor(Math.log10(step) + 1e-9));

function ticksOf(from: number, to: number, step: number): number[] {
  const decimals = decimalsOf(step);
  const ticks: number[] = [];
  for (let i = Math.ceil(from / step - 1e-9); i * step <= to * (1 + 1e-12) + 1e-12; i++) {
    ticks.push(Number((i * step).toFixed(decimals)) + 0);
  }
  return ticks;
}

/** A count axis from 0: whole numbers, with room for a label above the highest unless `tight`. */
export function countScale(max: number, { tight = false, ticks = 3 } = {}): Scale {
  const highest = Math.max(1, max);
  let step = Math.max(1, niceStep(highest / ticks));
  // At least one label above 0.
  while (step > highest) step = Math.max(1, niceStep(step / 2.6));
  return {
    domain: [0, highest * (tight ? 1.04 : 1 + HEADROOM)],
    ticks: ticksOf(0, highest, step),
    decimals: 0,
  };
}

/** An axis of any quantity from 0. */
export function quantityScale(max: number, ticks = 4): Scale {
  const highest = max > 0 ? max : 1;
  const step = niceStep(highest / ticks);
  return { domain: [0, highest * 1.05], ticks: ticksOf(0, highest * 1.05, step), decimals: decimalsOf(step) };
}

/** An axis along the width whose labels never touch. */
export function lengthScale(from: number, to: number, width: number, suffix = ''): Scale {
  const span = to > from ? to - from : 1;
  const end = from + span;
  for (let wanted = 10; wanted >= 1; wanted--) {
    const step = niceStep(span / wanted);
    const decimals = decimalsOf(step);
    const ticks = ticksOf(from, end, step);
    const widest = ticks.reduce((most, t) => Math.max(most, textWidth(tickText(t, decimals) + suffix, TEXT_PX)), 0);
    if ((step / span) * width < widest + TICK_GAP && wanted > 1) continue;
    // The last label must not stick out over the right margin.
    const inside = ticks.filter((t) => {
      const half = textWidth(tickText(t, decimals) + suffix, TEXT_PX) / 2;
      return ((t - from) / span) * width + half <= width + MARGIN;
    });
    return { domain: [from, end], ticks: inside, decimals, ...(suffix ? { suffix } : {}) };
  }
  return { domain: [from, end], ticks: [], decimals: 0 };
}

/** A label of an axis as Vega writes it with `tickFormat`. */
export function tickText(value: number, decimals: number): string {
  const [whole = '', fraction] = Math.abs(value).toFixed(decimals).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${value < 0 ? '−' : ''}${grouped}${fraction ? `.${fraction}` : ''}`;
}

export const tickFormat = (decimals: number): string => `,.${decimals}f`;

/** Width of the widest label of a vertical axis, px. */
export const widestTick = ({ ticks, decimals }: Scale): number =>
  ticks.reduce((most, t) => Math.max(most, textWidth(tickText(t, decimals), TEXT_PX)), 0);
