import { colonEndpoint } from '../text/addresses.js';
import { tcpState } from '../text/states.js';
import {
  type CommandOutput,
  type CommandRow,
  hasFlag,
  IGNORED,
  type Lists,
  listsOf,
  type SectionReader,
} from './command-output.js';

/**
 * iproute2's `ss`. `Netid` stands only where several families are asked for, `State` not where a filter leaves a single one
 * (then the echoed command line names it, or what its first rows have that no other state has); header words and columns may run
 * together.
 *
 *     LISTEN     129    128    *:80     *:*     users:(("nginx",pid=12,fd=6),("nginx",pid=11,fd=6))
 *     tcp   ESTAB 0 0 192.168.31.148:38746 104.74.50.85:443 users:(("firefox",12645,213))
 *
 * On a LISTEN row Recv-Q waits to be accepted and Send-Q is the limit; elsewhere both are bytes.
 */
const STATES =
  'ESTAB|SYN-SENT|SYN-RECV|FIN-WAIT-[12]|TIME-WAIT|UNCONN|CLOSE-WAIT|LAST-ACK|LISTEN|CLOSING|CLOSED|CLOSE|UNKNOWN|BOUND-INACTIVE|NEW-SYN-RECV';
const NETIDS =
  'tcp|udp|mptcp|sctp|dccp|raw|icmp6|icmp|nl|p_raw|p_dgr|u_str|u_dgr|u_seq|v_str|v_dgr|tipc|ti_rd|ti_sq|ti_st|ti_dg|xdp|\\?\\?\\?';
const ROW = new RegExp(`^(${NETIDS})?\\s*(${STATES})\\s*(\\d+)\\s+(\\d+)\\s+(\\S.*)$`);
const STATELESS_ROW = new RegExp(`^(?:(${NETIDS})\\s+)?(\\d+)\\s+(\\d+)\\s+(\\S+\\s+\\S.*)$`);
/** `State Recv-Q Send-Q Local Address:Port …` with any of its blanks lost. */
const HEADER = /^(?:Netid\s*)?(?:State\s*)?Recv-Q\s*Send-Q\s*(?:Local\s*)?Address/;
/** `-i`, `-m`, `-e` without `-O`: details on indented lines. */
const DETAIL = /^\s+\S/;
const OWNER = /\("((?:[^"\\]|\\.){0,64})",(?:pid=)?(\d+),/g;
const FILTER_NAMES: Readonly<Record<string, string>> = { established: 'ESTAB', closed: 'CLOSE', listening: 'LISTEN' };

class Ss implements SectionReader {
  readonly lists: Lists | undefined;
  /** The state of all rows where the command line names it. */
  #only: string | undefined;
  /** The command line asks for UDP and the like and not for TCP. */
  #foreign: boolean;
  #begun = false;
  #rows = false;

  constructor(lines: readonly string[], typed: string | undefined) {
    this.#only = (typed === undefined ? undefined : filteredState(typed)) ?? shownState(lines);
    this.lists = this.#only
      ? { connections: this.#only !== 'LISTEN', listeners: this.#only === 'LISTEN' }
      : listsOf(typed);
    this.#foreign = typed !== undefined && !hasFlag(typed, 't') && /\s-\w*[uxwSd]/.test(typed.split('|', 1)[0] ?? '');
  }

  row(line: string): CommandRow | undefined {
    const m = ROW.exec(line);
    if (m) this.#begun = this.#rows = true;
    if (m) return this.#socket(m[1], m[2] as string, m[3] as string, m[4] as string, m[5] as string);
    if (this.#rows && DETAIL.test(line)) return IGNORED;
    if (HEADER.test(line)) {
      if (this.#begun) return undefined;
      this.#begun = true;
      return IGNORED;
    }
    const bare = statelessRow(line);
    if (!bare) return undefined;
    if (this.#only === undefined) return { kind: 'unusable', why: 'state', what: '' };
    return this.#socket(bare[1], this.#only, bare[2] as string, bare[3] as string, bare[4] as string);
  }

  #socket(netid: string | undefined, word: string, recv: string, send: string, rest: string): CommandRow {
    if (netid === undefined ? this.#foreign || rest.startsWith('/') : netid !== 'tcp') return IGNORED;
    const state = tcpState(word);
    if (state === undefined) return IGNORED;
    const at = rest.search(/\s/);
    const local = colonEndpoint(at < 0 ? rest : rest.slice(0, at));
    const after = at < 0 ? '' : rest.slice(at).trimStart();
    const end = after.search(/\s/);
    const extras = end < 0 ? '' : after.slice(end);
    const named = extras.includes('users:') ? owners(extras) : undefined;
    const recvQ = Number(recv);
    if (state !== 'LISTEN') {
      const peer = colonEndpoint(end < 0 ? after : after.slice(0, end));
      return { kind: 'connection', state, local, peer, recvQ, sendQ: Number(send), pids: named?.pids ?? [] };
    }
    if (local.port === undefined) return { kind: 'unusable', why: 'values', what: rest.slice(0, 60) };
    return {
      kind: 'listener',
      listener: { address: local.address, port: local.port, queued: recvQ, limit: Number(send), ...named },
    };
  }
}

function statelessRow(line: string): RegExpExecArray | undefined {
  const m = STATELESS_ROW.exec(line);
  const [local = '', peer = ''] = (m?.[4] ?? '').split(/\s+/, 2);
  return m && local.includes(':') && peer.includes(':') ? m : undefined;
}

/** `users:(("a",pid=1,fd=2),("b",pid=3,fd=4))`, in old versions `users:(("a",1,2))`: each process once, lowest id first. */
function owners(extras: string): { readonly pids: readonly number[]; readonly program: string } {
  const pids = new Set<number>();
  let program = '';
  for (const m of extras.matchAll(OWNER)) {
    if (program === '') program = m[1] as string;
    pids.add(Number(m[2]));
  }
  return { pids: [...pids].sort((a, b) => a - b), program };
}

/**
 * Only a connection that is open has an owner or bytes that wait to be read; of CLOSE-WAIT, which may have both, nobody makes a list.
 *
 *     Recv-Q Send-Q Local Address:Port  Peer Address:Port Process
 *     123    0          127.0.0.1:8080     127.0.0.1:39032
 *     0      0          127.0.0.1:38968    127.0.0.1:8080  users:(("python3",pid=28,fd=7))
 */
function shownState([header = '', ...rows]: readonly string[]): string | undefined {
  if (!HEADER.test(header) || /State/.test(header)) return undefined;
  const isOpen = (row: RegExpExecArray) => Number(row[2]) > 0 || row[4]!.includes('users:(');
  for (const line of rows) {
    const row = statelessRow(line);
    if (!row) return undefined;
    if (isOpen(row)) return 'ESTAB';
  }
  return undefined;
}

function filteredState(typed: string): string | undefined {
  const named = [...typed.matchAll(/\bstate\s+([a-z0-9-]+)/g)];
  const name = named.length === 1 ? (named[0]?.[1] as string) : undefined;
  if (name === undefined) return undefined;
  const word = FILTER_NAMES[name] ?? name.toUpperCase();
  return tcpState(word) ? word : undefined;
}

export const ss = {
  id: 'ss',
  shows: 'sockets',
  specimens: [
    'State      Recv-Q Send-Q Local Address:Port               Peer Address:Port\nLISTEN     129    128                *:8080                          *:*',
    'Netid State  Recv-Q Send-Q Local Address:Port  Peer Address:PortProcess\ntcp   ESTAB  17     0      [::ffff:127.0.0.1]:8080  [::ffff:127.0.0.1]:40112 users:(("app",pid=7,fd=9))',
  ],
  recognise(lines, typed) {
    const first = lines[0] ?? '';
    if (HEADER.test(first)) return 'certain';
    if (typed !== undefined && /\bss\b/.test(typed) && statelessRow(first)) return 'likely';
    return ROW.test(first) ? 'likely' : 'no';
  },
  open: (lines, typed) => new Ss(lines, typed),
} satisfies CommandOutput as CommandOutput;
