import { describe, expect, it } from 'vitest';
import { listenerChanges } from '../../../src/ingest/merge/listener-changed.js';
import { listenedAnew } from '../../../src/ingest/merge/started-anew.js';
import type { ServerEvents } from '../../../src/model/events.js';
import type { SocketSnapshot } from '../../../src/model/snapshot.js';
import { eventsOf } from '../../support/events.js';

/** Looks a second apart: by whom the port is listened at; `none`, where the look lists another port alone. */
type Owner = number | 'none' | 'untold';
const looks = (...owners: Owner[]): readonly SocketSnapshot[] =>
  owners.map((pid, n) => ({
    source: 1,
    line: 10 * n + 1,
    time: 1000 * n,
    command: 'ss',
    shows: { connections: true, listeners: true, owners: pid !== 'untold' },
    listeners: [
      { address: '0.0.0.0', port: 22, line: 10 * n + 2 },
      ...(pid === 'none'
        ? []
        : [{ address: '0.0.0.0', port: 8080, line: 3, ...(pid === 'untold' ? {} : { pids: [pid] }) }]),
    ],
    connections: [],
  })) as unknown as readonly SocketSnapshot[];
const changesOf = (...owners: Owner[]) => listenerChanges(looks(...owners), 8080);

describe('who listens at the port', () => {
  it('is another after a start, with or without a look in between', () => {
    expect(changesOf(7, 7, 8)).toEqual([{ from: 1000, to: 2000 }]);
    expect(changesOf(7, 'none', 'none', 8)).toEqual([{ from: 0, to: 3000 }]);
    expect(changesOf('untold', 'none', 'untold')).toEqual([{ from: 0, to: 2000 }]);
  });

  it('is nobody before the server is up and after it is down, and the same in all looks else', () => {
    expect(changesOf('none', 7, 7, 'none')).toEqual([]);
    expect(changesOf(7, 'none', 7)).toEqual([]);
    expect(changesOf('untold', 'untold')).toEqual([]);
  });
});

describe('names behind another listener', () => {
  const lines = [
    { at: 10, kind: 'begin', id: 1, worker: 'T-1' },
    { at: 900, kind: 'end', id: 1, worker: 'T-1' },
    { at: 5000, kind: 'begin', id: 2, worker: 'T-1' },
    { at: 5900, kind: 'end', id: 2, worker: 'T-1' },
  ] as const;
  const log = (pid?: number): ServerEvents => ({
    ...eventsOf(lines),
    workers: [{ thread: 'T-1', identity: 'numbered', ...(pid === undefined ? {} : { pid }) }],
  });
  const CHANGE = [{ from: 2000, to: 4000 }];

  it('are others', () => {
    const { events, starts } = listenedAnew(log(), CHANGE);
    expect(starts).toEqual([{ at: 5000, sources: [0] }]);
    expect(Array.from(events.worker, (code) => events.workers[code]!.start ?? 0)).toEqual([0, 0, 1, 1]);
  });

  it('are the same, where nothing changed, a process lives on or a request is in service meanwhile', () => {
    expect(listenedAnew(log(), []).starts).toEqual([]);
    expect(listenedAnew(log(7), CHANGE).starts).toEqual([]);
    const across = { ...log(), id: Float64Array.from([1, 2, 1, 2]), kind: Uint8Array.from([0, 0, 1, 1]) };
    expect(listenedAnew(across, CHANGE).starts).toEqual([]);
  });
});
