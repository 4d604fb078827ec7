import { colonEndpoint } from '../text/addresses.js';
import { tcpState } from '../text/states.js';
import {
  type CommandOutput,
  type CommandRow,
  IGNORED,
  type Lists,
  listsOf,
  type SectionReader,
} from './command-output.js';

/**
 * Linux net-tools, any options that leave the state in: `-e` adds User and Inode before the owner, `-o` a timer behind it,
 * `-W` wide addresses. The header may be translated, so rows are read without it.
 *
 *     tcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN      1026/sshd
 *     tcp6       0      0 ::1:5432                :::*                    LISTEN      26         14071      2007/postgres  off (0.00/0/0)
 */
const ROW = /^tcp(?:6|46)?\s+(\d+)\s+(\d+)\s+(\S+)\s+(\S+)\s+([^\s\d]\S*)(.*)$/;
/** Rows of the other tables that `netstat` prints below: UDP and raw sockets, UNIX sockets, Bluetooth. */
const OTHER_ROW = /^(?:(?:udp(?:lite)?|raw|icm|sctp|igmp)6?\s+\d+|unix\s+\d+|rfcomm\s|l2cap\s|sco\s)/;
/** Titles and headers of those tables, in any language. */
const OTHER_TABLE = /^Proto\s+(?:Ref|Destination\s)|^[^\d:]{0,60}(?:UNIX|Bluetooth|X\.?25|IPX)[^\d:]{0,60}$/i;
const HEADER = /^Proto\s/;
const TITLE = /^[^\d:]{6,120}$/;
const OWNER = /\s(\d+)\/(\S*)/;

class LinuxNetstat implements SectionReader {
  lists: Lists | undefined;
  #typed: boolean;
  #begun = false;

  constructor(typed: string | undefined) {
    this.lists = listsOf(typed);
    this.#typed = this.lists !== undefined;
  }

  row(line: string): CommandRow | undefined {
    const m = rowOf(line);
    if (m) {
      this.#begun = true;
      return connection(m);
    }
    if (OTHER_ROW.test(line) || OTHER_TABLE.test(line)) return IGNORED;
    if (this.#begun) return undefined;
    this.#begun = HEADER.test(line);
    if (this.#begun) return IGNORED;
    if (!TITLE.test(line)) return undefined;
    if (!this.#typed) this.lists = listsInTitle(line) ?? this.lists;
    return IGNORED;
  }
}

/** The pattern takes BSD's rows too; those have no colon that could part a port. */
function rowOf(line: string): RegExpExecArray | undefined {
  const m = ROW.exec(line);
  return m?.[3]?.includes(':') && m[4]?.includes(':') ? m : undefined;
}

function connection(m: RegExpExecArray): CommandRow {
  const word = m[5] as string;
  const peer = colonEndpoint(m[4] as string);
  const state = tcpState(word) ?? ((m[4] as string).endsWith(':*') ? 'LISTEN' : undefined);
  if (state === undefined) return { kind: 'unusable', why: 'state', what: word };
  const local = colonEndpoint(m[3] as string);
  const owner = OWNER.exec(m[6] as string);
  const recvQ = Number(m[1]);
  if (state !== 'LISTEN') {
    const pids = owner ? [Number(owner[1])] : [];
    return { kind: 'connection', state, local, peer, recvQ, sendQ: Number(m[2]), pids };
  }
  if (local.port === undefined) return { kind: 'unusable', why: 'values', what: m[3] as string };
  const named = owner ? { pids: [Number(owner[1])], program: (owner[2] as string).replace(/:$/, '') } : {};
  return { kind: 'listener', listener: { address: local.address, port: local.port, queued: recvQ, ...named } };
}

/** English and the translations with the same Latin stems: `(only servers)`, `(w/o servers)`, `(seulement serveurs)`. */
function listsInTitle(title: string): Lists | undefined {
  if (/\(w\/o|\(sans|\(ohne|\(sin |\(sem |\(senza/i.test(title)) return { connections: true, listeners: false };
  if (/\((?:only|seulement|nur|sólo|solo|apenas|somente)/i.test(title)) return { connections: false, listeners: true };
  if (/\(.*(?:\band\b|\bet\b|\bund\b|\by\b|\be\b)/i.test(title)) return { connections: true, listeners: true };
  return undefined;
}

function isHeader(lines: readonly string[], at: number): boolean {
  const line = lines[at] ?? '';
  if (!HEADER.test(line) || /\(state\)|TCP-State|RefCnt/.test(line)) return false;
  const next = lines[at + 1] ?? '';
  return (
    /\sRecv-Q\s+Send-Q\s.*\sState\b/.test(line) ||
    rowOf(next) !== undefined ||
    (/\sRecv-Q\s+Send-Q\s/.test(line) && !next.startsWith('tcp'))
  );
}

export const netstatLinux = {
  id: 'netstat-linux',
  shows: 'sockets',
  specimens: [
    'Active Internet connections (servers and established)\nProto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name\ntcp        3      0 0.0.0.0:8080            0.0.0.0:*               LISTEN      711/python3',
    'Connexions Internet actives (seulement serveurs)\nProto Recv-Q Send-Q Adresse locale          Adresse distante        Etat\ntcp6       0      0 :::8080                 :::*                    LISTEN',
  ],
  recognise(lines) {
    const first = lines[0] ?? '';
    if (isHeader(lines, 0) || (TITLE.test(first) && !HEADER.test(first) && isHeader(lines, 1))) return 'certain';
    return rowOf(first) ? 'likely' : 'no';
  },
  open: (_lines, typed) => new LinuxNetstat(typed),
} satisfies CommandOutput as CommandOutput;
