import { describe, expect, it } from 'vitest';
import { unitIn } from '../../../../src/analyse/inferences/reuse/unit.js';
import type { Timeline } from '../../../../src/model/timeline.js';

const named = (names: readonly string[]) => names.map((thread) => ({ thread, identity: 'numbered' as const }));

/** A look at the sockets, with who holds how many of the server's connections. */
const looked = (pids: Readonly<Record<number, number>>): Timeline =>
  ({
    port: { value: 8080 },
    processes: [],
    sockets: [{ connections: [{ side: 'server', state: 'ESTABLISHED', owner: 'some', port: 8080, pids }] }],
  }) as unknown as Timeline;

const either = named(['worker 1', 'worker 2']);

describe('what workers are that no process is named with', () => {
  it('is told by the names of threads', () => {
    expect(unitIn(looked({}), named(['default task-1', 'pool-1-thread-2']), 'reused')).toBe('thread');
  });

  it('stays open for names that processes bear as well', () => {
    expect(unitIn(looked({}), either, 'reused')).toBeUndefined();
    expect(unitIn(looked({}), named(['8', '9']), 'reused')).toBeUndefined();
  });

  it('is told by who holds the connections', () => {
    expect(unitIn(looked({ 10: 1, 11: 1 }), either, 'reused')).toBe('process');
    expect(unitIn(looked({ 10: 2 }), named(['worker 1', 'worker 2']), 'reused')).toBe('thread');
  });
});
