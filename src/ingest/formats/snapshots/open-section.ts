import type { Listener, Process, SocketSnapshot } from '../../../model/snapshot.js';
import type { CommandOutput, CommandRow, ListenerRow, SectionReader } from '../../commands/command-output.js';

export type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Rows that tell a number of the whole: a kernel's counter or a command's own total. */
type NumberRow = Extract<CommandRow, { kind: 'counter' | 'counters' | 'total' | 'totals' }>;

/** What the section of one command has told so far. */
export class OpenSection {
  readonly listeners: Listener[] = [];
  readonly processes = new Map<number, Mutable<Process>>();
  readonly counters: Record<string, number> = {};
  readonly counterLines: Record<string, number> = {};
  connections = 0;
  readonly #totals = new Map<string, number>();
  #main: string | undefined;

  constructor(
    readonly command: CommandOutput,
    readonly reader: SectionReader,
    readonly line: number,
  ) {}

  /** Adds the holders of a row to those of the same listener, if it was seen: `lsof` has a row for each process. */
  alsoHeldBy({ port, address, pids }: ListenerRow): boolean {
    const at = this.listeners.findIndex((one) => one.port === port && one.address === address);
    if (at < 0) return false;
    const known = this.listeners[at]!;
    this.listeners[at] = { ...known, pids: union(known.pids, pids) };
    return true;
  }

  number(row: NumberRow, line: number): void {
    switch (row.kind) {
      case 'counter':
        this.counters[row.name] = row.value;
        this.counterLines[row.name] = line;
        break;
      case 'counters':
        Object.assign(this.counters, row.values);
        for (const name of Object.keys(row.values)) this.counterLines[name] = line;
        break;
      case 'total':
        if (row.main) this.#main ??= row.what;
        this.#totals.set(row.what, row.value);
        break;
      case 'totals':
        for (const { what, value } of row.totals) {
          this.#main ??= what;
          this.#totals.set(what, (this.#totals.get(what) ?? 0) + value);
        }
    }
  }

  /** The command's main total, and all of them where it told several. */
  totalled(): Pick<SocketSnapshot, 'total' | 'totals'> {
    const what = this.#main ?? [...this.#totals.keys()][0];
    if (what === undefined) return {};
    const total = { what, value: this.#totals.get(what) as number };
    return { total, ...(this.#totals.size > 1 ? { totals: Object.fromEntries(this.#totals) } : {}) };
  }
}

function union(a: readonly number[] | undefined, b: readonly number[] | undefined): readonly number[] {
  return [...new Set([...(a ?? []), ...(b ?? [])])].sort((x, y) => x - y);
}
