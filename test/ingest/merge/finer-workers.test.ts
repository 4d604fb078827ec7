import { describe, expect, it } from 'vitest';
import { servedRequests } from '../../../src/ingest/merge/served.js';
import type { ServerEvents } from '../../../src/model/events.js';
import { NONE_U32 } from '../../../src/model/samples.js';
import { eventsOf, type TestEvent } from '../../support/events.js';

/** A handler's lines that name process 7 alone, and the server's own of each answer. */
const log = (own: readonly string[]): ServerEvents => {
  const lines = own.flatMap((core, id): TestEvent[] => [
    { at: 1000 * id, kind: 'begin', id, worker: '7' },
    { at: 1000 * id + 900, kind: 'end', id, worker: '7' },
    { at: 1000 * id + 901, kind: 'end', id, worker: core, pattern: 'server' },
  ]);
  const events = eventsOf(lines);
  const workers = events.workers.map(({ thread, identity }) => {
    const [pid, core] = thread!.split('/');
    return core === undefined
      ? { pid: Number(pid), identity: 'process' as const }
      : { pid: Number(pid), thread: core, identity };
  });
  return { ...events, workers };
};
const threadsOf = (events: ServerEvents) => {
  const served = servedRequests(events, () => NONE_U32)!;
  return Array.from(served.worker, (code) => served.workers[code]?.thread);
};

describe('a handler that names its process alone', () => {
  it('is known by the thread of which the server tells', () => {
    expect(threadsOf(log(['7/core 0', '7/core 1', '7/core 0']))).toEqual(['core 0', 'core 1', 'core 0']);
  });

  it('is not, where these are of another process, or name no thread', () => {
    const none = [undefined, undefined, undefined];
    expect(threadsOf(log(['12/core 0', '12/core 1', '12/core 0']))).toEqual(none);
    expect(threadsOf(log(['7', '7', '7']))).toEqual(none);
  });
});
