import { type CommandOutput, type CommandRow, IGNORED, type SectionReader } from './command-output.js';
import { counterName } from './counter-names.js';

/**
 * `netstat -s` of net-tools, BSD and Windows: groups of counters in words. Only TCP's are kept. net-tools leaves out what is
 * zero in `TcpExt`, so the counters of the listen queue are implied where that group stands.
 *
 *     TcpExt:
 *         9107 times the listen queue of a socket overflowed
 *         TCPTimeouts: 668
 */
const GROUP = /^(\p{L}[\w-]{1,20})(?:\s*\([^)]{0,40}\))?:\s*$/u;
const WINDOWS_GROUP = /^\s*(?:(TCP|UDP|ICMP)(?:v4|v6)? Statistics for IPv[46]|(IP|ICMP)v[46] Statistics)\s*$/;
const IN_WORDS = /^\s+(\d{1,18})\s+(\S.{0,200})$/;
const BY_NAME = /^\s+(\w{2,60}):\s*(-?\d{1,18})\s*$/;
const WINDOWS_ROW = /^\s+(\p{L}[\p{L} ]{3,60}?)\s*=\s*(\d{1,18})\s*$/u;
const DETAIL = /^\s+\S/;
const ERROR = /^error parsing \/proc\/net\/(?:netstat|snmp)/;
const KNOWN_GROUPS =
  /^(?:Ip|Icmp|IcmpMsg|Tcp|Udp|UdpLite|TcpExt|IpExt|MPTcpExt|Sctp|ip|icmp|igmp|tcp|udp|ip6|icmp6|ipsec|pfsync|carp|arp|mptcp):\s*$/;

class NetstatStatistics implements SectionReader {
  implied: Readonly<Record<string, number>> | undefined;
  #tcp = false;
  readonly #seen = new Set<string>();

  row(line: string): CommandRow | undefined {
    const group = GROUP.exec(line) ?? WINDOWS_GROUP.exec(line);
    if (group) {
      if (this.#seen.has(group[0])) return undefined;
      this.#seen.add(group[0]);
      this.#tcp = /^tcp(?:ext)?$/i.test(group[1] ?? '');
      if (group[1] === 'TcpExt') this.implied = { ListenOverflows: 0, ListenDrops: 0 };
      return IGNORED;
    }
    if (ERROR.test(line)) return IGNORED;
    if (!this.#tcp) return DETAIL.test(line) ? IGNORED : undefined;
    const named = BY_NAME.exec(line);
    if (named) return { kind: 'counter', name: named[1] as string, value: Number(named[2]) };
    const m = IN_WORDS.exec(line);
    const windows = m ? undefined : WINDOWS_ROW.exec(line);
    const name = counterName(((m?.[2] ?? windows?.[1]) as string | undefined)?.trim() ?? '');
    if (name !== undefined) return { kind: 'counter', name, value: Number(m?.[1] ?? windows?.[2]) };
    return DETAIL.test(line) ? IGNORED : undefined;
  }
}

export const netstatStatistics = {
  id: 'netstat-statistics',
  shows: 'counters',
  specimens: [
    'Tcp:\n    54035 active connection openings\nTcpExt:\n    9107 times the listen queue of a socket overflowed\n    9108 SYNs to LISTEN sockets dropped',
    'tcp:\n\t12 packets sent\n\t4 listen queue overflows',
  ],
  recognise([first = '', second = '', third = '']) {
    const group = (line: string, next: string) =>
      KNOWN_GROUPS.test(line) && (DETAIL.test(next) || KNOWN_GROUPS.test(next));
    if (group(first, second) || (WINDOWS_GROUP.test(first) && WINDOWS_ROW.test(second))) return 'certain';
    if (ERROR.test(first)) return group(second, third) ? 'certain' : { refused: 'an error message of netstat' };
    return 'no';
  },
  open: () => new NetstatStatistics(),
} satisfies CommandOutput as CommandOutput;
