import { colonEndpoint } from '../text/addresses.js';
import { tcpState } from '../text/states.js';
import {
  type CommandOutput,
  type CommandRow,
  hasFlag,
  IGNORED,
  type Lists,
  type SectionReader,
} from './command-output.js';

/**
 * Windows, `-a`, `-n`, `-o` (pid last), `-b` (programs on lines of their own), `-t` (offload state). Titles, headers and
 * states are translated: whoever has a foreign port 0 listens, whatever the word.
 *
 *       TCP    0.0.0.0:135            0.0.0.0:0              LISTENING       1712
 *      [svchost.exe]
 */
const ROW = /^\s*TCP(?:v6)?\s+(\S+)\s+(\S+)\s+(\S.*)$/;
const UDP_ROW = /^\s*UDP(?:v6)?\s+\S+\s+\*:\*/;
/** `-b`: a module or service name, a program in brackets, or the sentence that neither could be found. */
const PROGRAM = /^\s?\s?(?:\[[^\]]{1,120}\]|[\w.$-]{1,80}|\p{L}[\p{L} ']{5,120})\s*$/u;
/** The title in the languages that are met most; in others a second listing needs a time line or an echo before it. */
const TITLES =
  /^\s*(?:Active Connections|Aktive Verbindungen|Connexions actives|Conexiones activas|Conex[õo]es [Aa]tivas|Connessioni attive|Actieve verbindingen|Активные подключения|Aktywne połączenia|Aktiva anslutningar|Etkin Bağlantılar|活动连接|使用中連線|アクティブな接続|활성 연결)\s*$/;
const HEADER = /^\s*\p{L}+\s{2,}\p{L}[\p{L} ]*\s{3,}\p{L}/u;
const LONGEST_PROGRAM = 160;
const NO_PEER = /^(?:0\.0\.0\.0:0|\[::\]:0|\*:\*|\S+:0)$/;

class WindowsNetstat implements SectionReader {
  readonly lists: Lists | undefined;
  #rows = 0;

  constructor(typed: string | undefined) {
    this.lists = typed ? { connections: true, listeners: hasFlag(typed, 'a') } : undefined;
  }

  row(line: string): CommandRow | undefined {
    const m = rowOf(line);
    if (m) {
      this.#rows++;
      return connection(m);
    }
    if (UDP_ROW.test(line)) return IGNORED;
    if (this.#rows > 0 && (TITLES.test(line) || HEADER.test(line.slice(0, LONGEST_PROGRAM)))) return undefined;
    return (this.#rows === 0 ? isTitle(line) : line.length < LONGEST_PROGRAM && PROGRAM.test(line))
      ? IGNORED
      : undefined;
  }
}

function rowOf(line: string): RegExpExecArray | undefined {
  const m = ROW.exec(line);
  return m?.[1]?.includes(':') && m[2]?.includes(':') ? m : undefined;
}

function connection(m: RegExpExecArray): CommandRow {
  const words = (m[3] as string).trim().split(/\s+/);
  const at = words.findIndex((word) => /^\d+$/.test(word));
  const pid = at > 0 ? Number(words[at]) : undefined;
  const word = words.slice(0, at > 0 ? at : 1).join(' ');
  const state = NO_PEER.test(m[2] as string)
    ? 'LISTEN'
    : (tcpState(word) ?? tcpState(word.toUpperCase().replace(/ /g, '_')));
  if (word === 'BOUND' || word === 'DELETE_TCB') return IGNORED;
  if (state === undefined) return { kind: 'unusable', why: 'state', what: word };
  const local = colonEndpoint(m[1] as string);
  const owner = pid === undefined ? {} : { pids: pid === 0 ? [] : [pid] };
  if (state !== 'LISTEN') return { kind: 'connection', state, local, peer: colonEndpoint(m[2] as string), ...owner };
  if (local.port === undefined) return { kind: 'unusable', why: 'values', what: m[1] as string };
  return { kind: 'listener', listener: { address: local.address, port: local.port, ...owner } };
}

/** `Active Connections`, `  Proto  Local Address …`, or their translations: words without digits or colons. */
function isTitle(line: string): boolean {
  return line.length < 160 && /^\s*\p{L}[^\d:]+$/u.test(line);
}

export const netstatWindows = {
  id: 'netstat-windows',
  shows: 'sockets',
  specimens: [
    'Active Connections\n  Proto  Local Address          Foreign Address        State           PID\n  TCP    0.0.0.0:8080           0.0.0.0:0              LISTENING       1712',
    'Aktive Verbindungen\n  Proto  Lokale Adresse         Remoteadresse          Status           PID\n  TCP    [::]:8080              [::]:0                 ABHÖREN         1712',
  ],
  recognise(lines) {
    const [first = '', second = '', third = ''] = lines;
    if (/^\s*Proto\s+Local Address\s+Foreign Address\s+State/.test(first)) return 'certain';
    if (/^\s*Active Connections\s*$/.test(first) && /^\s*Proto\s/.test(second)) return 'certain';
    const row = (line: string) => /^\s+TCP/.test(line) && rowOf(line) !== undefined;
    if (isTitle(first) && (row(second) || (isTitle(second) && row(third)))) return 'certain';
    return row(first) || (/^TCP\s/.test(first) && rowOf(first)) ? 'likely' : 'no';
  },
  open: (_lines, typed) => new WindowsNetstat(typed),
} satisfies CommandOutput as CommandOutput;
