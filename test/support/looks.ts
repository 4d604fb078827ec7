import type { SocketSnapshot } from '../../src/model/snapshot.js';

/** The port of the server that looks show. */
export const PORT = 8080;

/** What a look shows: connections where they are listed, and the listening socket. */
export interface Shown {
  readonly queued?: number;
  readonly established?: number;
  readonly limit?: number;
  /** Closed by the client, not yet by the server. */
  readonly left?: number;
  /** Clients whose handshake hangs. */
  readonly outside?: number;
  /** The clients' ends of connections, where they run on the same machine. */
  readonly clients?: number;
}

const LISTED = { port: PORT, side: 'server', owner: 'unknown', withData: 0 } as const;

/** `ss -lnt`, or `netstat -ant`, which tells no limit: the listening socket, and connections of which no owner is told. */
export const queueLook = (
  at: number,
  { queued = 0, established, limit, left = 0, outside = 0, clients = 0 }: Shown,
): SocketSnapshot => ({
  source: 0,
  line: 1,
  time: at,
  zoned: true,
  command: limit === undefined ? 'netstat' : 'ss',
  shows: { connections: established !== undefined, listeners: true, owners: false },
  listeners: [{ address: '*', port: PORT, queued, ...(limit === undefined ? {} : { limit }), line: 2 }],
  connections:
    established === undefined
      ? []
      : [
          { ...LISTED, state: 'ESTABLISHED', count: established, line: 3 },
          { ...LISTED, state: 'CLOSE_WAIT', count: left, line: 4 },
          ...(clients > 0
            ? [{ ...LISTED, side: 'client', state: 'ESTABLISHED', count: clients, line: 5 } as const]
            : []),
          ...(outside > 0 ? [{ ...LISTED, side: 'client', state: 'SYN_SENT', count: outside, line: 5 } as const] : []),
        ],
});
