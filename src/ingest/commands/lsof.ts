import { colonEndpoint } from '../text/addresses.js';
import { tcpState } from '../text/states.js';
import { type CommandOutput, type CommandRow, IGNORED, type SectionReader } from './command-output.js';

/**
 * `lsof -i`, and any other `lsof` of which only the TCP rows count. A row per process and descriptor: a socket that several
 * processes hold is named once for each, with the same DEVICE.
 *
 *     com.docke 70902 bingo   87u  IPv6 0xc61aec2ce64a7433      0t0  TCP *:us-cli (LISTEN)
 *     sshd       4314  root    3u  IPv4              44866      0t0  TCP 10.0.0.7:ssh->10.0.0.1:58727 (ESTABLISHED)
 */
const ROW = /^(\S+)\s+(\d+)\s.*?\sIPv[46]\s+(\S+)\s+\S+\s+TCP\s+(\S+)\s+\((\S+?)\)/;
const STATELESS_ROW = /\sIPv[46]\s.*\s(?:TCP|UDP|ICMP\w*|HOPOPT|\d+)\s/;
const HEADER = /^COMMAND\s+PID\s.*\bFD\s+TYPE\s+DEVICE\s.*\bNAME/;
const WARNING = /^(?:lsof: |\s+Output information may be incomplete|lsof: no pwd entry)/;
/** Sockets remembered to find them again under another process; beyond it each row counts for itself. */
const MAX_SOCKETS = 200_000;

class Lsof implements SectionReader {
  readonly lists = { connections: true, listeners: true };
  #begun = false;
  readonly #seen = new Set<string>();

  row(line: string): CommandRow | undefined {
    const m = ROW.exec(line);
    if (m) this.#begun = true;
    if (m) return this.#socket(m);
    if (HEADER.test(line)) {
      if (this.#begun) return undefined;
      this.#begun = true;
      return IGNORED;
    }
    if (WARNING.test(line) || STATELESS_ROW.test(line)) return IGNORED;
    return /^\S+\s+\d+\s/.test(line) ? IGNORED : undefined;
  }

  #socket(m: RegExpExecArray): CommandRow {
    const word = m[5] as string;
    const state = tcpState(word);
    if (state === undefined) return { kind: 'unusable', why: 'state', what: word };
    const [own = '', far = ''] = (m[4] as string).split('->');
    const local = colonEndpoint(own);
    const pids = [Number(m[2])];
    if (state === 'LISTEN') {
      if (local.port === undefined) return { kind: 'unusable', why: 'values', what: own };
      return {
        kind: 'listener',
        listener: { address: local.address, port: local.port, pids, program: m[1] as string },
      };
    }
    const repeated = this.#repeated(`${m[3]} ${m[4]}`);
    return { kind: 'connection', state, local, peer: colonEndpoint(far), pids, ...(repeated ? { repeated } : {}) };
  }

  #repeated(socket: string): boolean {
    if (this.#seen.has(socket)) return true;
    if (this.#seen.size < MAX_SOCKETS) this.#seen.add(socket);
    return false;
  }
}

export const lsof = {
  id: 'lsof',
  shows: 'sockets',
  specimens: [
    'COMMAND   PID USER   FD   TYPE DEVICE SIZE/OFF NODE NAME\npython3 27067 root    3u  IPv4 106018      0t0  TCP 127.0.0.1:8080 (LISTEN)',
  ],
  recognise(lines) {
    const [first = '', second = '', third = ''] = lines;
    if (HEADER.test(first)) return 'certain';
    if (WARNING.test(first) && (HEADER.test(second) || (WARNING.test(second) && HEADER.test(third)))) return 'certain';
    return ROW.test(first) ? 'likely' : 'no';
  },
  open: () => new Lsof(),
} satisfies CommandOutput as CommandOutput;
