import { type CommandOutput, type CommandRow, IGNORED, type SectionReader } from './command-output.js';

/**
 * iproute2's `nstat` (`-az` for totals): group and name in one word, the value, a rate.
 *
 *     TcpExtListenOverflows           12178939              0.0
 */
const ROW =
  /^((?:TcpExt|Tcp|IpExt|Ip6?|Icmp6?|IcmpMsg|Icmp6?Msg|UdpLite6?|Udp6?|MPTcpExt|Sctp)[A-Z0-9]\w*)\s+(-?\d{1,19})\s+\d+\.\d+\s*$/;

class Nstat implements SectionReader {
  readonly #seen = new Set<string>();

  row(line: string): CommandRow | undefined {
    const m = ROW.exec(line);
    const word = m?.[1] ?? (line === '#kernel' ? line : undefined);
    if (word === undefined || this.#seen.has(word)) return undefined;
    this.#seen.add(word);
    const name = m ? /^Tcp(?:Ext)?([A-Z]\w*)$/.exec(word)?.[1] : undefined;
    return name === undefined ? IGNORED : { kind: 'counter', name, value: Number(m?.[2]) };
  }
}

export const nstat = {
  id: 'nstat',
  shows: 'counters',
  specimens: [
    '#kernel\nTcpExtListenOverflows           12178939              0.0\nTcpExtListenDrops               12247395              0.0',
  ],
  recognise: ([first = '']) => (first === '#kernel' || ROW.test(first) ? 'certain' : 'no'),
  open: () => new Nstat(),
} satisfies CommandOutput as CommandOutput;
