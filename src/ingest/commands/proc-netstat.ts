import { type CommandOutput, type CommandRow, IGNORED, type SectionReader } from './command-output.js';

/**
 * `/proc/net/netstat` and `/proc/net/snmp`: a line of names, a line of values, by position.
 *
 *     TcpExt: SyncookiesSent ListenOverflows ListenDrops
 *     TcpExt: 0 12 12
 */
const LINE = /^(TcpExt|IpExt|MPTcpExt|Ip|Icmp|IcmpMsg|Tcp|Udp|UdpLite|Sctp):\s(.*)$/;
const NAMES = /^[A-Za-z]\w*(?: [A-Za-z]\w*)*\s*$/;

class ProcNetstat implements SectionReader {
  #group = '';
  #names: readonly string[] = [];
  readonly #seen = new Set<string>();

  row(line: string): CommandRow | undefined {
    const m = LINE.exec(line);
    if (!m) return undefined;
    const [, group = '', rest = ''] = m;
    if (NAMES.test(rest)) {
      if (this.#seen.has(group)) return undefined;
      this.#seen.add(group);
      this.#group = group;
      this.#names = rest.trim().split(/\s+/);
      return IGNORED;
    }
    if (group !== this.#group) return { kind: 'unusable', why: 'values', what: group };
    return this.#values(group, rest.trim().split(/\s+/).map(Number));
  }

  /** Where names and values are not equally many, nobody can say which value has no name: none is taken. */
  #values(group: string, values: readonly number[]): CommandRow {
    const names = this.#names;
    this.#names = [];
    if (group !== 'TcpExt' && group !== 'Tcp') return IGNORED;
    if (values.length !== names.length || !values.every(Number.isFinite)) {
      return { kind: 'unusable', why: 'values', what: group };
    }
    return { kind: 'counters', values: Object.fromEntries(names.map((name, i) => [name, values[i] as number])) };
  }
}

export const procNetstat = {
  id: 'proc-netstat',
  shows: 'counters',
  specimens: ['TcpExt: SyncookiesSent ListenOverflows ListenDrops\nTcpExt: 0 12 13'],
  recognise([first = '', second = '']) {
    const m = LINE.exec(first);
    return m && NAMES.test(m[2] as string) && second.startsWith(`${m[1]}: `) ? 'certain' : 'no';
  },
  open: () => new ProcNetstat(),
} satisfies CommandOutput as CommandOutput;
