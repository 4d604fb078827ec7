import { type CommandOutput, type CommandRow, IGNORED, type SectionReader } from './command-output.js';

/**
 * `/proc/net/sockstat` and `sockstat6`: sockets in use (listeners included) and, kept apart, those in TIME_WAIT.
 *
 *     TCP: inuse 1365 orphan 17 tw 2030 alloc 2788 mem 4109
 */
const TCP = /^TCP6?: inuse (\d+)(?: orphan (\d+) tw (\d+))?/;
const OTHER = /^(?:sockets: used \d+|(?:UDP|UDPLITE|RAW|FRAG)6?: inuse \d+)/;

class ProcSockstat implements SectionReader {
  readonly lists = { connections: false, listeners: false };
  readonly #seen = new Set<string>();

  row(line: string): CommandRow | undefined {
    const m = TCP.exec(line);
    if (!m && !OTHER.test(line)) return undefined;
    const what = line.slice(0, line.indexOf(':'));
    if (this.#seen.has(what)) return undefined;
    this.#seen.add(what);
    if (!m) return IGNORED;
    const inUse = { what: 'in use', value: Number(m[1]) };
    return {
      kind: 'totals',
      totals: m[3] === undefined ? [inUse] : [inUse, { what: 'TIME_WAIT', value: Number(m[3]) }],
    };
  }
}

export const procSockstat = {
  id: 'proc-sockstat',
  shows: 'totals',
  specimens: [
    'sockets: used 229\nTCP: inuse 4 orphan 0 tw 9 alloc 17 mem 1\nUDP: inuse 0 mem 0',
    'TCP6: inuse 17\nUDP6: inuse 9',
  ],
  recognise: ([first = '']) => (/^sockets: used \d+/.test(first) || TCP.test(first) ? 'certain' : 'no'),
  open: () => new ProcSockstat(),
} satisfies CommandOutput as CommandOutput;
