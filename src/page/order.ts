/** How a column is sorted: by number or as text. */
export type Kind = 'number' | 'text';
export type Direction = 'ascending' | 'descending';

/**
 * The order of a column's cells as indices into `values`. Equal cells stay in the order in which they stood; what is unknown
 * (empty) comes last in both directions.
 */
export function orderOf(values: readonly string[], kind: Kind, direction: Direction): number[] {
  const sign = direction === 'ascending' ? 1 : -1;
  const isUnknown = (value: string) => value === '' || (kind === 'number' && Number.isNaN(Number(value)));
  return values
    .map((_, i) => i)
    .sort((a, b) => {
      const [x, y] = [values[a]!, values[b]!];
      if (isUnknown(x) || isUnknown(y)) return Number(isUnknown(x)) - Number(isUnknown(y)) || a - b;
      return sign * (kind === 'number' ? Number(x) - Number(y) : compareText(x, y)) || a - b;
    });
}

/** The same in every locale; numbers within names by their value: `threads-2` before `threads-10`. */
const collator = new Intl.Collator('en', { numeric: true });
const compareText = (a: string, b: string): number => collator.compare(a, b);
