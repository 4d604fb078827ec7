/** First and last time in view, s. */
export type Span = readonly [from: number, to: number];

/** The closest look, s: the clocks' own step. */
const CLOSEST_S = 0.001;

/** `factor` times as long around `at`, never beyond `whole`. */
export function zoomed([from, to]: Span, whole: Span, factor: number, at: number): Span {
  const length = Math.min(whole[1] - whole[0], Math.max(CLOSEST_S, (to - from) * factor));
  const part = (at - from) / (to - from);
  return within([at - part * length, at + (1 - part) * length], whole);
}

/** Moved by a part of its length, never beyond `whole`. */
export function panned([from, to]: Span, whole: Span, part: number): Span {
  const by = (to - from) * part;
  return within([from + by, to + by], whole);
}

function within([from, to]: Span, whole: Span): Span {
  const length = to - from;
  if (from < whole[0]) return [whole[0], whole[0] + length];
  return to > whole[1] ? [whole[1] - length, whole[1]] : [from, to];
}

/** Whether two spans show the same. */
export const isSame = (a: Span, b: Span): boolean => a[0] === b[0] && a[1] === b[1];
