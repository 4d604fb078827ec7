import { dotEndpoint, type Endpoint } from '../text/addresses.js';
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
 * macOS, FreeBSD, OpenBSD: the last dot parts the port, the header says `(state)` or `TCP-State`.
 *
 *     tcp4       0      0 127.0.0.1.8080         127.0.0.1.53753        ESTABLISHED
 *     7fb03cb94d505aed cedd0cbf tcp4       0      0  192.168.1.22.54860 10.11.11.26.443    ESTABLISHED     (-A)
 *     tcp46 0 0 *.8082 *.* LISTEN 131072 131072 70902 0 0x0100 0x00000006                                (-v up to macOS 13)
 *     tcp4 0 0 *.8082 *.* LISTEN 0 0 131072 131072 Brave Browser He:855 00100 00000006 ...               (-v from macOS 14)
 */
const ROW =
  /^(?:[0-9a-f]{6,16}\s+(?:[0-9a-f]{1,8}\s+)?)?tcp(?:4|6|46)?\s+(\d+)\s+(\d+)\s+(\S+)\s+(\S+)\s+([A-Z]\S*)(.*)$/;
const OTHER_ROW =
  /^(?:[0-9a-f]{6,16}\s+(?:[0-9a-f]{1,8}\s+)?)?(?:udp|udplite|icm|icmp|ip|raw|rip|sctp|div|unix|stream|dgram|seqpac\w*|kctl|kevt|mptcp|vsock|vstr)[46]*\b/;
const HEADER = /^(?:(?:Socket|Tcpcb|PCB)\s+(?:Flowhash\s+)?)?Proto(?:\/ID)?\s/;
/** Titles, and headers of the tables below the one of internet sockets. */
const OTHER_TABLE =
  /^(?:Active [A-Za-z() ]{3,80}|Registered kernel |kctlref\s|Address\s+Type\s|Proto\s|Type\s+Recv|PCB\s|id\s|Socket\s|pcb\s|recv\s|[\w-]+\s+\w+\s+Recv-Q)/;
/** Rows below the titles of kernel modules and kernel sockets. */
const KERNEL_ROW = /^\s*(?:pcb\s|[0-9a-f]{4,16}(?:\s+\S+){4})/;
const INTERNET = /^Active Internet connections/;
/** With `-A` addresses are cut here, the port included. */
const CUT_WITH_A = 18;

class BsdNetstat implements SectionReader {
  readonly lists: Lists | undefined;
  /** Numbers between the state and the pid; `named` where the pid stands behind the process name. */
  #pid: number | 'named' | undefined;
  #begun = false;
  #cut = Number.POSITIVE_INFINITY;

  constructor(typed: string | undefined) {
    this.lists = listsOf(typed);
  }

  row(line: string): CommandRow | undefined {
    const m = rowOf(line);
    if (m) {
      this.#begun = true;
      return this.#connection(m);
    }
    if (isHeader(line, '') || INTERNET.test(line)) {
      if (this.#begun) return undefined;
      this.#learn(line);
      return IGNORED;
    }
    return OTHER_ROW.test(line) || OTHER_TABLE.test(line) || KERNEL_ROW.test(line) ? IGNORED : undefined;
  }

  #learn(header: string): void {
    if (!/\(state\)|TCP-State/.test(header)) return;
    this.#begun = true;
    if (/^(?:Socket|Tcpcb|PCB)/.test(header)) this.#cut = CUT_WITH_A;
    const after = (header.split(/\(state\)|TCP-State/)[1] ?? '').trim().split(/\s+/);
    const pid = after.indexOf('pid');
    this.#pid = after.includes('process:pid') ? 'named' : pid >= 0 ? pid : undefined;
  }

  #connection(m: RegExpExecArray): CommandRow {
    const word = m[5] as string;
    const state = tcpState(word);
    if (state === undefined) return { kind: 'unusable', why: 'state', what: word };
    const local = this.#endpoint(m[3] as string);
    const owner = this.#owner(m[6] as string);
    if (state !== 'LISTEN') {
      const peer = this.#endpoint(m[4] as string);
      return { kind: 'connection', state, local, peer, recvQ: Number(m[1]), sendQ: Number(m[2]), ...owner };
    }
    if (local.port === undefined) return { kind: 'unusable', why: 'values', what: m[3] as string };
    return { kind: 'listener', listener: { address: local.address, port: local.port, ...owner } };
  }

  /** An address that fills its column may have lost digits of its port: then the port is not known. */
  #endpoint(text: string): Endpoint {
    const endpoint = dotEndpoint(text);
    return text.length >= this.#cut ? { address: endpoint.address, port: undefined } : endpoint;
  }

  #owner(rest: string): { readonly pids?: readonly number[]; readonly program?: string } {
    if (this.#pid === undefined) return {};
    if (this.#pid === 'named') {
      const m = /([^\s\d][^:]*):(\d+)\s+[0-9a-f]{4,8}\s/.exec(rest);
      return m && m[2] !== '0' ? { pids: [Number(m[2])], program: (m[1] as string).trim() } : { pids: [] };
    }
    const pid = Number(rest.trim().split(/\s+/)[this.#pid]);
    return { pids: Number.isInteger(pid) && pid > 0 ? [pid] : [] };
  }
}

/** The pattern takes net-tools' rows too; those have no dot behind the last colon. */
function rowOf(line: string): RegExpExecArray | undefined {
  const m = ROW.exec(line);
  return m && dotted(m[3] as string) && dotted(m[4] as string) ? m : undefined;
}

function dotted(address: string): boolean {
  return address.lastIndexOf('.') > address.lastIndexOf(':');
}

function isHeader(line: string, next: string): boolean {
  if (!HEADER.test(line)) return false;
  return /\(state\)|TCP-State/.test(line) || (/\sRecv-Q\s+Send-Q\s/.test(line) && rowOf(next) !== undefined);
}

export const netstatBsd = {
  id: 'netstat-bsd',
  shows: 'sockets',
  specimens: [
    'Active Internet connections (including servers)\nProto Recv-Q Send-Q  Local Address          Foreign Address        (state)\ntcp4       0      0  127.0.0.1.8080         *.*                    LISTEN',
    'Socket           Flowhash Proto Recv-Q Send-Q  Local Address      Foreign Address    (state)\n7fb03cb94d505a01 cedd0c01 tcp4       0      0  10.0.0.7.8080      10.0.0.9.49152     ESTABLISHED',
  ],
  recognise(lines) {
    const [first = '', second = '', third = ''] = lines;
    if (
      / Rexmit\s+OOORcv | R-MBUF /.test(first) ||
      (/^Active Internet/.test(first) && / Rexmit\s+OOORcv | R-MBUF /.test(second))
    ) {
      return { refused: 'netstat -T or -x, which print no states' };
    }
    if (isHeader(first, second) || (/^Active [A-Z]/.test(first) && isHeader(second, third))) return 'certain';
    const row = rowOf(first);
    return row && tcpState(row[5] as string) ? 'likely' : 'no';
  },
  open: (_lines, typed) => new BsdNetstat(typed),
} satisfies CommandOutput as CommandOutput;
