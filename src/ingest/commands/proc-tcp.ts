import { hexEndpoint } from '../text/addresses.js';
import { KERNEL_STATES } from '../text/states.js';
import { type CommandOutput, type CommandRow, IGNORED, type SectionReader } from './command-output.js';

/**
 * `/proc/net/tcp` and `tcp6`: addresses in little-endian hexadecimal, state by number. On a listener's row rx_queue is the
 * number of connections that wait to be accepted; the limit is not shown. `/proc/net/udp` looks alike and has
 * more columns (`ref pointer drops`).
 *
 *        0: 0100007F:1F90 00000000:0000 0A 00000000:00000003 00:00000000 00000000   101        0 34000 1 0000000000000000 100 0 0 10 5
 */
const ROW =
  /^\s*\d+:\s+([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4})\s+([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4})\s+([0-9A-F]{2})(?:\s+([0-9A-F]{8}):([0-9A-F]{8}))?(?:\s|$)/;
const HEADER = /^\s*sl\s+local_address\s+(?:rem(?:ote)?_address)\s+st\b/;

class ProcTcp implements SectionReader {
  readonly lists = { connections: true, listeners: true };
  #begun = false;

  row(line: string): CommandRow | undefined {
    const m = ROW.exec(line);
    const repeated = this.#begun;
    this.#begun = true;
    return m ? socket(m) : HEADER.test(line) && !repeated ? IGNORED : undefined;
  }
}

function socket(m: RegExpExecArray): CommandRow {
  const state = KERNEL_STATES[Number.parseInt(m[5] as string, 16)];
  if (state === undefined) return { kind: 'unusable', why: 'state', what: m[5] as string };
  const local = hexEndpoint(m[1] as string, m[2] as string);
  const queues =
    m[7] === undefined ? {} : { recvQ: Number.parseInt(m[7], 16), sendQ: Number.parseInt(m[6] as string, 16) };
  if (state !== 'LISTEN') {
    return { kind: 'connection', state, local, peer: hexEndpoint(m[3] as string, m[4] as string), ...queues };
  }
  const queued = queues.recvQ === undefined ? {} : { queued: queues.recvQ };
  return { kind: 'listener', listener: { address: local.address, port: local.port as number, ...queued } };
}

export const procTcp = {
  id: 'proc-tcp',
  shows: 'sockets',
  specimens: [
    '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n   0: 0100007F:1F90 00000000:0000 0A 00000000:00000003 00:00000000 00000000   101        0 34000 1 0000000000000000 100 0 0 10 5',
  ],
  recognise([first = '']) {
    if (HEADER.test(first))
      return /\bref\s+pointer\s+drops/.test(first) ? { refused: 'a list of UDP sockets (/proc/net/udp)' } : 'certain';
    return ROW.test(first) ? 'likely' : 'no';
  },
  open: () => new ProcTcp(),
} satisfies CommandOutput as CommandOutput;
