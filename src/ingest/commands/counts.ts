import { tcpState } from '../text/states.js';
import { type CommandOutput, type CommandRow, IGNORED, type SectionReader } from './command-output.js';

/**
 * What is left when a listing went through `wc -l`, `grep -c`, or `sort | uniq -c`: a number, a number with a label, numbers by
 * state.
 *
 *     251
 *     established: 251
 *         251 ESTABLISHED
 */
const NUMBER = /^\s*(\d{1,9})\s*$/;
const LABELLED = /^\s*([\p{L}][\p{L}\d _/().*-]{0,40}?)\s*[:=]\s*(\d{1,9})\s*$/u;
const ABOUT_SOCKETS =
  /estab|connection|\bconns?\b|sockets?\b|tcp|listen|syn|time.?wait|close.?wait|fin.?wait|netstat|\bss\b|queue|backlog|waiting|accept/i;
const BY_STATE = /^\s*(\d{1,9})\s+([A-Z][A-Z0-9_-]{3,16})\s*$/;
const STATE_FIRST = /^\s*([A-Z][A-Z0-9_-]{3,16})[\s:=]+(\d{1,9})\s*$/;
/** Words of the header and title that `awk '{print $6}'` lets through: `1 established)`, `1 Foreign`, `1 State`. */
const LEFTOVER = /^\s*\d{1,9}\s+(?:established\)|servers\)|Foreign|State|Address|Local|\(state\))?\s*$/;

class Counts implements SectionReader {
  readonly lists = { connections: false, listeners: false };
  readonly #what: string;
  readonly #seen = new Set<string>();

  constructor(typed: string | undefined) {
    this.#what = typed === undefined || typed === '' ? 'lines' : typed.slice(0, 120);
  }

  row(line: string): CommandRow | undefined {
    const bare = NUMBER.exec(line);
    const total: CommandRow | undefined = bare
      ? { kind: 'total', what: this.#what, value: Number(bare[1]), main: true }
      : (byState(line) ?? labelled(line));
    if (total?.kind !== 'total') return LEFTOVER.test(line) ? IGNORED : undefined;
    if (this.#seen.has(total.what)) return undefined;
    this.#seen.add(total.what);
    return total;
  }
}

function byState(line: string): CommandRow | undefined {
  const m = BY_STATE.exec(line);
  const turned = m ? undefined : STATE_FIRST.exec(line);
  const state = tcpState((m?.[2] ?? turned?.[1]) as string);
  if (state === undefined) return undefined;
  return {
    kind: 'total',
    what: state,
    value: Number(m?.[1] ?? turned?.[2]),
    ...(state === 'ESTABLISHED' ? { main: true } : {}),
  };
}

function labelled(line: string): CommandRow | undefined {
  const m = LABELLED.exec(line);
  if (!m || !ABOUT_SOCKETS.test(m[1] as string)) return undefined;
  return { kind: 'total', what: (m[1] as string).trim(), value: Number(m[2]) };
}

export const counts = {
  id: 'counts',
  shows: 'totals',
  specimens: ['251', 'established: 251', '    251 ESTABLISHED\n     12 LISTEN', 'ESTABLISHED 251\nLISTEN 12'],
  recognise([first = '']) {
    return NUMBER.test(first) || byState(first) || labelled(first) ? 'likely' : 'no';
  },
  open: (_lines, typed) => new Counts(typed),
} satisfies CommandOutput as CommandOutput;
