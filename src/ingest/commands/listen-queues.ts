import { dotEndpoint } from '../text/addresses.js';
import { type CommandOutput, type CommandRow, IGNORED, type SectionReader } from './command-output.js';

/**
 * `netstat -L`, `-Lan` on macOS and FreeBSD: waiting/half-open/limit of each listener. A queue is full when more wait than
 * the limit (FreeBSD admits half as many again).
 *
 *     tcp4  192/0/128      *.80
 */
const ROW = /^(?:(tcp|sctp|unix)\S*\s+)?(\d{1,9})\/(\d{1,9})\/(\d{1,9})\s+(\S+)\s*$/;
const TITLE = /^Current listen queue sizes/;
const HEADER = /^(?:Proto\s+)?Listen\s+Local Address/;
const NOTE = /^Some \S+ sockets may have been /;

class ListenQueues implements SectionReader {
  readonly lists = { connections: false, listeners: true };
  readonly #seen = new Set<string>();

  row(line: string): CommandRow | undefined {
    const m = ROW.exec(line);
    if (m) return queue(m);
    if (NOTE.test(line)) return IGNORED;
    const kind = TITLE.test(line) ? 'title' : HEADER.test(line) ? 'header' : undefined;
    if (kind === undefined || this.#seen.has(kind)) return undefined;
    this.#seen.add(kind);
    return IGNORED;
  }
}

function queue(m: RegExpExecArray): CommandRow {
  const { address, port } = dotEndpoint(m[5] as string);
  const isTcp = m[1] === undefined || m[1] === 'tcp';
  if (!isTcp || (m[5] as string).startsWith('/') || port === undefined) return IGNORED;
  return { kind: 'listen-queue', listener: { address, port, queued: Number(m[2]), limit: Number(m[4]) } };
}

export const listenQueues = {
  id: 'netstat-listen-queues',
  shows: 'listeners',
  specimens: [
    'Current listen queue sizes (qlen/incqlen/maxqlen)\nListen         Local Address\n129/0/128      *.8080',
    'Proto Listen         Local Address\ntcp4  192/0/128      *.8080',
  ],
  recognise(lines) {
    const first = lines[0] ?? '';
    if (TITLE.test(first) || HEADER.test(first)) return 'certain';
    const m = ROW.exec(first);
    return m && queue(m).kind === 'listen-queue' ? 'likely' : 'no';
  },
  open: () => new ListenQueues(),
} satisfies CommandOutput as CommandOutput;
