import type { View } from '../../view.js';

/** Counters of connections that a full listen queue had no room for. */
const OVERFLOWS = ['ListenOverflows', 'TcpExtListenOverflows'] as const;

/** The kernel's word that no listen queue overflowed during the run: whoever asked got a connection. */
export const noneOverflowed = (view: View): boolean => growthsOf(view, OVERFLOWS).some(({ by }) => by === 0);

/** The kernel's word that a listen queue overflowed during the run: a counter that grew, and by how much. */
export const overflowsOf = (view: View): Growth | undefined =>
  growthsOf(view, [...OVERFLOWS, 'ListenDrops', 'TcpExtListenDrops']).find(({ by }) => by > 0);

/** By how much a counter grew from the first look at it to the last, and where the last stands. */
interface Growth {
  readonly name: string;
  readonly by: number;
  readonly source: number;
  readonly line: number;
}

function growthsOf({ timeline: { counters } }: View, names: readonly string[]): readonly Growth[] {
  const first = counters[0];
  const last = counters.at(-1);
  if (!first || !last || first === last) return [];
  return names.flatMap((name) => {
    const before = first.counters[name];
    const after = last.counters[name];
    if (before === undefined || after === undefined) return [];
    return [{ name, by: after - before, source: last.source, line: last.lines?.[name] ?? last.line }];
  });
}
