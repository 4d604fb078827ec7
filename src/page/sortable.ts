import { type Direction, type Kind, orderOf } from './order.js';

/**
 * Tables with `data-sortable` get a button in each heading with `data-sort="number"` or `"text"`. Cells say in `data-sort-by`
 * what they are sorted by. Pressed again, the button turns the order around; a third time, the rows stand as they came.
 */
export function makeSortable(table: HTMLTableElement): void {
  const body = table.tBodies[0];
  const headings = [...(table.tHead?.rows[0]?.cells ?? [])];
  if (!body || body.rows.length < 2) return;
  const original = [...body.rows];
  headings.forEach((heading, column) => {
    const kind = heading.dataset.sort as Kind | undefined;
    if (!kind) return;
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'sort';
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener('click', () => {
      const direction = next(heading.getAttribute('aria-sort'));
      for (const other of headings) other.removeAttribute('aria-sort');
      if (direction) heading.setAttribute('aria-sort', direction);
      body.append(...(direction ? sorted(original, column, kind, direction) : original));
    });
  });
}

function next(current: string | null): Direction | undefined {
  if (current === 'ascending') return 'descending';
  return current === 'descending' ? undefined : 'ascending';
}

function sorted(
  rows: readonly HTMLTableRowElement[],
  column: number,
  kind: Kind,
  direction: Direction,
): HTMLTableRowElement[] {
  const values = rows.map((row) => row.cells[column]?.dataset.sortBy ?? '');
  return orderOf(values, kind, direction).map((i) => rows[i]!);
}
