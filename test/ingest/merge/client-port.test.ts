import { describe, expect, it } from 'vitest';
import { clientPort } from '../../../src/ingest/merge/client-port.js';
import type { ServerNotice } from '../../../src/model/events.js';
import type { Reading } from '../../../src/model/reading.js';
import type { ConnectionTally } from '../../../src/model/snapshot.js';
import { contextOf } from '../../support/context.js';

const row = (side: 'server' | 'client', port: number, pid: number, count = 10): ConnectionTally => ({
  port,
  side,
  state: 'ESTABLISHED',
  owner: 'some',
  withData: 0,
  count,
  pids: { [pid]: count },
  line: 2,
});

/** What the log says of itself, and the connections that looks list; no client. */
function portOf(notices: readonly ServerNotice['notice'][], connections: readonly ConnectionTally[]) {
  const sockets = [
    {
      source: 0,
      line: 1,
      command: 'ss',
      shows: { connections: true, listeners: true, owners: true },
      listeners: [],
      connections,
    },
  ];
  const reading = { notices: notices.map((notice) => ({ source: 0, line: 1, notice })), sockets } as unknown as Reading;
  return clientPort({ context: contextOf({}), readings: [reading] }, undefined, undefined);
}

describe('the port that clients connect to, where none of them tells it', () => {
  const listening = { kind: 'listening', port: 8001 } as const;
  const [java, nginx, app] = [30, 20, 10];
  const behind = [row('server', 8001, app), row('client', 8001, nginx)];

  it('is the one that the log says it listens on', () => {
    expect(portOf([listening], [row('server', 8001, app), row('client', 8001, java)])).toEqual({
      value: 8001,
      from: 'listening',
    });
  });

  it('is that of the server in front, if looks show one that holds connections on both sides', () => {
    const front = [row('client', 8080, java), row('server', 8080, nginx)];
    expect(portOf([listening], [...front, ...behind])).toEqual({ value: 8080, from: 'connections' });
    expect(portOf([], [...front, ...behind, row('server', 8001, app, 30)])).toEqual({
      value: 8080,
      from: 'connections',
    });
  });

  it('is not another port of a client’s own', () => {
    expect(portOf([listening], [...behind, row('client', 5432, nginx), row('server', 22, 1)])?.value).toBe(8001);
  });
});
