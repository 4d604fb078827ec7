import { describe, expect, it } from 'vitest';
import { withKnownPids } from '../../src/ingest/known-pids.js';
import type { Reading } from '../../src/model/reading.js';
import { NONE_U32 } from '../../src/model/samples.js';
import type { ConnectionTally, SocketSnapshot } from '../../src/model/snapshot.js';
import { eventsOf } from '../support/events.js';
import { sourceOf } from '../support/sources.js';

const PORT = 8080;
const DURATIONS = [836_939, 808_368, 810_766, 902_117];
const PIDS = [12, 13, 15, 12];

/** `"GET /?id=1 HTTP/1.1" 200 3 836939 12`: four lines with two numbers that nothing calls by a name. */
const log = (notices: Reading['notices'] = []): Reading => ({
  source: sourceOf('server-log', {}),
  events: {
    ...eventsOf(PIDS.map((_, id) => ({ at: 1000 * id, kind: 'span' as const, id, duration: 800 }))),
    loose: [new Map(DURATIONS.entries()), new Map(PIDS.entries())],
  },
  notices,
});

/** `ESTAB 10.0.0.1:8080 … users:(("httpd",pid=12,fd=9))`. */
function sockets(held: readonly number[], side: 'server' | 'client' = 'server', port = PORT): Reading {
  const connections: readonly ConnectionTally[] = [
    {
      port,
      side,
      state: 'ESTABLISHED',
      owner: 'some',
      withData: 0,
      count: held.length,
      pids: Object.fromEntries(held.map((pid) => [pid, 1])),
      line: 2,
    },
  ];
  const shows = { connections: true, listeners: true, owners: true };
  const look: SocketSnapshot = { source: 1, line: 1, time: 0, command: 'ss', shows, listeners: [], connections };
  return { source: sourceOf('socket-snapshots', {}), sockets: [look] };
}

const listed = (commands: readonly (readonly [pid: number, command: string])[]): Reading => ({
  source: sourceOf('socket-snapshots', {}),
  processes: [{ source: 1, line: 1, processes: commands.map(([pid, command]) => ({ pid, command, line: 2 })) }],
});

const pidsIn = (readings: readonly Reading[]) => {
  const { events } = withKnownPids(readings)[0]!;
  expect(events!.loose).toBeUndefined();
  return [...events!.worker].map((code) => (code === NONE_U32 ? undefined : events!.workers[code]!.pid));
};
const none = PIDS.map(() => undefined);

describe('numbers of an access line that nothing names', () => {
  it('are processes where these hold the server’s connections', () => {
    expect(pidsIn([log(), sockets([12, 13, 15, 99])])).toEqual(PIDS);
    expect(pidsIn([log(), sockets([12, 40, 41])])).toEqual(none);
    expect(pidsIn([log()])).toEqual(none);
  });

  it('are processes where a list shows these under one name', () => {
    expect(pidsIn([log(), listed([12, 13, 15].map((pid) => [pid, 'httpd -k start'] as const))])).toEqual(PIDS);
    expect(pidsIn([log(), listed([12, 13, 15].map((pid) => [pid, `daemon-${pid}`] as const))])).toEqual(none);
  });

  it('are none of a server in front, which serves nothing', () => {
    const notice = { kind: 'stands-in-front' } as const;
    expect(pidsIn([log([{ source: 0, line: 1, notice }]), sockets([12, 13, 15])])).toEqual(none);
    expect(pidsIn([log(), sockets([12, 13, 15]), sockets([12, 13, 15], 'client', 8000)])).toEqual(none);
  });
});
