import { describe, expect, it } from 'vitest';
import { reuse } from '../../../../src/analyse/inferences/reuse/reuse.js';
import { viewOf } from '../../../../src/analyse/view.js';
import type { Timeline } from '../../../../src/model/timeline.js';
import { handled, timelineOf } from '../../../support/timeline.js';

const NUMBERS = [1, 2, 3, 4, 5, 6];
const LATER = 60_000;

/** A crowd of six, and again later, by threads of these names; no line names a process. */
function found(nameOf: (n: number) => string, late = NUMBERS, more: Partial<Timeline> = {}, goesOn = false) {
  const crowd = (numbers: readonly number[], at: number) =>
    numbers.map((n, k) => ({ id: at + k, from: at + 10 * k, to: at + 10 * k + 900, worker: nameOf(n) }));
  const list = [...crowd(NUMBERS, 0), ...crowd(late, LATER)];
  const timeline = timelineOf(undefined, handled(list));
  const served = timeline.served!;
  const workers = served.workers.map(({ thread, identity }) => ({ thread: thread!, identity }));
  const serial = goesOn ? Uint32Array.from(served.begin, (_, i) => i + 1) : served.serial;
  const view = viewOf({ ...timeline, ...more, served: { ...served, workers, serial } } as Timeline);
  const { pattern, bound, confidence } = reuse.infer({ found: {}, view } as never);
  return [pattern, bound, confidence];
}
const SURE = ['reused', 'exact', 'high'];
const OPEN = ['reused', 'estimate', 'medium'];

describe('names that a process numbers, once each and in order, and again in order after a pause', () => {
  it('may be those of another process', () => {
    expect(found((n) => `Thread-${n} (process_request_thread)`)).toEqual(OPEN);
    expect(found((n) => `ThreadPoolExecutor-${n}_0`)).toEqual(OPEN);
  });

  it('are not, where they are called by a pool, or come in another order', () => {
    expect(found((n) => `http-nio-8080-exec-${n}`)).toEqual(SURE);
    expect(found((n) => `Thread-${n}`, [4, 6, 1, 2, 3, 5])).toEqual(SURE);
  });

  it('are not, where one process listens all the while, or one count of requests goes on', () => {
    const look = (time: number) => ({
      source: 1,
      line: 1,
      time,
      command: 'ss',
      shows: { connections: false, listeners: true, owners: true },
      listeners: [{ address: '0.0.0.0', port: 8080, pids: [7], line: 2 }],
      connections: [],
    });
    const looks = { port: { value: 8080 }, sockets: [look(500), look(LATER + 500)] } as unknown as Partial<Timeline>;
    expect(found((n) => `Thread-${n}`, NUMBERS, looks)).toEqual(SURE);
    expect(found((n) => `Thread-${n}`, NUMBERS, {}, true)).toEqual(SURE);
  });
});
