import { type CommandOutput, type CommandRow, IGNORED, type SectionReader } from './command-output.js';

/**
 * `ss -s`. The table below the second line counts other things.
 *
 *     TCP:   41 (estab 22, closed 4, orphaned 0, timewait 4)
 *     TCP:   75700 (estab 123, closed 75524, orphaned 0, synrecv 0, timewait 173/0), ports 104
 */
const TOTAL = /^Total:\s*\d+(?:\s*\(kernel\s+\d+\))?/;
const TCP = /^TCP:\s*(\d+)\s*\(([^)]{0,200})\)/;
const TABLE = /^(?:Transport\s+Total\s|(?:\*|RAW|UDP|TCP|INET|FRAG|MPTCP|SCTP)\s+\d)/;

/** Words in the brackets, the one that stands for the section first. */
const NAMED = [
  ['estab', 'ESTABLISHED'],
  ['synrecv', 'SYN_RECV'],
  ['timewait', 'TIME_WAIT'],
  ['closed', 'closed'],
  ['orphaned', 'orphaned'],
] as const;

class SsSummary implements SectionReader {
  readonly lists = { connections: false, listeners: false };
  readonly #seen = new Set<string>();

  row(line: string): CommandRow | undefined {
    const m = TCP.exec(line);
    if (TOTAL.test(line) || m) {
      const kind = m ? 'tcp' : 'total';
      if (this.#seen.has(kind)) return undefined;
      this.#seen.add(kind);
    }
    if (!m) return TOTAL.test(line) || TABLE.test(line) ? IGNORED : undefined;
    const totals = NAMED.flatMap(([name, what]) => {
      const value = new RegExp(`\\b${name} (\\d+)`).exec(m[2] as string)?.[1];
      return value === undefined ? [] : [{ what, value: Number(value) }];
    });
    return totals.length > 0 ? { kind: 'totals', totals } : { kind: 'unusable', why: 'values', what: m[2] as string };
  }
}

export const ssSummary = {
  id: 'ss-summary',
  shows: 'totals',
  specimens: [
    'Total: 470\nTCP:   220 (estab 47, closed 150, orphaned 0, timewait 71)\nTransport Total     IP        IPv6',
    'Total: 1500 (kernel 1732)\nTCP:   75700 (estab 123, closed 75524, orphaned 0, synrecv 0, timewait 173/0), ports 104',
  ],
  recognise([first = '', second = '']) {
    if (TCP.test(first) || (TOTAL.test(first) && /^TCP:\s*\d/.test(second))) return 'certain';
    return 'no';
  },
  open: () => new SsSummary(),
} satisfies CommandOutput as CommandOutput;
