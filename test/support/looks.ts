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
}

/** `ss -lnt`, or `netstat -ant`, which tells no limit: the listening socket, and connections of which no owner is told. */
export const queueLook = (at: number, { queued = 0, established, limit, left = 0 }: Shown): SocketSnapshot => ({
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
      : (['ESTABLISHED', 'CLOSE_WAIT'] as const).map((state, i) => ({
          port: PORT,
          side: 'server',
          state,
          owner: 'unknown',
          withData: 0,
          count: i === 0 ? established : left,
          line: 3 + i,
        })),
});
