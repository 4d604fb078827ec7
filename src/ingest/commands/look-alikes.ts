import { type CommandOutput, IGNORED, type SectionReader } from './command-output.js';

/** Output that comes from the same commands or folders and tells nothing of connections, by its first line. */
const KNOWN: readonly (readonly [RegExp, string])[] = [
  [/^Kernel Interface table|^Iface\s+MTU\s|^Name\s+Mtu\s+Network\s/, 'a table of network interfaces (netstat -i)'],
  [
    /^Kernel IP(?:v6)? routing table|^Routing tables$|^Destination\s+Gateway\s|^IPv[46] Route Table/,
    'a routing table (netstat -r)',
  ],
  [/^IPv[46]\/IPv[46] Group Memberships|^Interface\s+RefCnt\s+Group/, 'group memberships (netstat -g)'],
  [/^protocol\s+size\s+sockets\s+memory\s/, 'the table of protocols (/proc/net/protocols)'],
  [/^Num\s+RefCount\s+Protocol\s+Flags\s/, 'a list of UNIX sockets (/proc/net/unix)'],
  [/^Ip6InReceives\s+\d+$/, 'counters of IPv6 (/proc/net/snmp6)'],
  [/^[0-9a-f]{8}(?: [0-9a-f]{8}){7,}\s*$/, 'counters by processor (/proc/net/softnet_stat)'],
  [/^Active (?:UNIX|LOCAL)|^Proto\s+RefCnt\s+Flags\s/, 'a list of UNIX sockets'],
  [/(?:^|: )(?:command|file) (?:or file )?not found|: not found$|: No such file or directory$/, 'an error message'],
  [/ is not recognized as an internal or external command/, 'an error message'],
  [/^lsof: (?:WARNING|can't|status error|illegal)/, 'an error message of lsof'],
];
const LONGEST = 1000;

/** Takes everything: what is below such a first line belongs to it. */
const reader: SectionReader = { row: () => IGNORED };

export const lookAlikes = {
  id: 'look-alikes',
  shows: 'nothing',
  specimens: [],
  recognise([first = '']) {
    const line = first.length > LONGEST ? first.slice(0, LONGEST) : first.trimEnd();
    const known = KNOWN.find(([pattern]) => pattern.test(line));
    return known ? { refused: known[1] } : 'no';
  },
  open: () => reader,
} satisfies CommandOutput as CommandOutput;
