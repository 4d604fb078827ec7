import { describe, expect, it } from 'vitest';
import { unitIn } from '../../../../src/analyse/inferences/reuse/unit.js';
import type { Notice } from '../../../../src/model/events.js';
import type { Process } from '../../../../src/model/snapshot.js';
import type { Timeline } from '../../../../src/model/timeline.js';

const named = (names: readonly string[]) => names.map((thread) => ({ thread, identity: 'numbered' as const }));
const either = named(['worker 1', 'worker 2']);

/** A run with what each test shows of it, and nothing else. */
const run = (shown: Partial<Timeline>): Timeline =>
  ({ runFile: {}, notices: [], processes: [], sockets: [], port: { value: 8080 }, ...shown }) as unknown as Timeline;
const said = (notices: readonly Notice[], shown: Partial<Timeline> = {}) =>
  run({ ...shown, notices: notices.map((notice, line) => ({ source: 0, line, notice })) });
/** A look at the sockets, with who holds how many of the server's connections, and who listens. */
const looked = (pids: Readonly<Record<number, number>>, listening: readonly number[] = []) =>
  run({
    sockets: [
      {
        connections: [{ side: 'server', state: 'ESTABLISHED', owner: 'some', port: 8080, pids }],
        listeners: [{ port: 8080, pids: listening }],
      },
    ] as unknown as Timeline['sockets'],
  });
const listed = (processes: readonly Partial<Process>[], listening: readonly number[]) =>
  run({ ...looked({}, listening), processes: [{ processes }] as unknown as Timeline['processes'] });
const unitOf = (timeline: Timeline, workers = either, behind = false) =>
  unitIn({ timeline, slots: workers.length, behind }, workers, 'reused');

describe('what workers are that no process is named with', () => {
  it('is told by the names of threads', () => {
    expect(unitOf(looked({}), named(['default task-1', 'pool-1-thread-2']))).toBe('thread');
  });

  it('is not told by the word task alone: pools of the JVM have it in the names of threads', () => {
    const tasks = named(['task-1', 'task-2']);
    expect(unitOf(looked({}), tasks)).toBeUndefined();
    expect(unitOf(run({ runFile: { command: '/usr/bin/java -jar shop.jar' } }), tasks)).toBe('thread');
    // As Python's event loop calls its own.
    expect(unitOf(looked({}), named(['Task-1', 'Task-2']))).toBe('coroutine');
  });

  it('is told by a line that calls it a thread', () => {
    expect(
      unitOf(
        looked({}),
        named(['worker 1', 'worker 2']).map((one) => ({ ...one, threadCalled: true })),
      ),
    ).toBe('thread');
  });

  it('stays open for names that processes bear as well', () => {
    expect(unitOf(looked({}))).toBeUndefined();
    expect(unitOf(looked({}), named(['8', '9']))).toBeUndefined();
  });

  it('is told by who holds the connections, unless another server stands in front', () => {
    expect(unitOf(looked({ 10: 1, 11: 1 }))).toBe('process');
    expect(unitOf(looked({ 10: 2 }))).toBe('thread');
    expect(unitOf(looked({ 10: 2 }), either, true)).toBeUndefined();
  });

  it('is told by who listens: fewer processes than workers have threads', () => {
    const three = named(['worker 1', 'worker 2', 'worker 3']);
    expect(unitOf(looked({}, [7, 10]), three)).toBe('thread');
    expect(unitOf(looked({}, [7, 10, 11, 12]), three)).toBe('process');
    // One alone may hand connections on.
    expect(unitOf(looked({}, [7]), three)).toBeUndefined();
  });

  it('is told by the lines in which the server starts its workers', () => {
    const start = (pid: number): Notice => ({ kind: 'worker-start', pid });
    expect(unitOf(said([start(10), start(11)]))).toBe('process');
    expect(unitOf(said([start(10)]))).toBe('thread');
    // One was replaced.
    expect(unitOf(said([start(10), start(11), start(12)]))).toBeUndefined();
  });

  it('is told by the list of processes, with threads or children', () => {
    const app = { command: 'app' };
    expect(unitOf(listed([{ pid: 7, ppid: 1, threads: 3, ...app }], [7]))).toBe('thread');
    const family = [7, 10, 11].map((pid) => ({ pid, ppid: pid === 7 ? 1 : 7, threads: 1, ...app }));
    expect(unitOf(listed(family, [7]))).toBe('process');
    // A runtime of many threads, whose children serve.
    const cluster = [7, 10, 11, 12].map((pid) => ({ pid, ppid: pid === 7 ? 1 : 7, threads: 11, ...app }));
    expect(unitOf(listed(cluster, [7]))).toBeUndefined();
  });

  it('is told by the only process that lists show, unless its engine has threads of its own or it is the client', () => {
    const alone = (command: string) => unitOf(listed([{ pid: 7, ppid: 1, threads: 3, command }], []));
    expect(alone('python3 app.py')).toBe('thread');
    expect(alone('node app.js')).toBeUndefined();
    expect(alone('java -jar ApacheJMeter.jar')).toBeUndefined();
  });

  it('is told by a program that never forks', () => {
    expect(unitOf(run({ runFile: { command: '/usr/bin/java -jar api.jar' } }))).toBe('thread');
    expect(unitOf(run({ runFile: { command: './app --port 8080' } }))).toBeUndefined();
  });

  it('is told by settings that fit the number of workers', () => {
    expect(unitOf(run({ runFile: { command: 'serve --threads 2' } }))).toBe('thread');
    expect(unitOf(run({ runFile: { limits: { workers: 2 } } }))).toBe('process');
    expect(unitOf(run({ runFile: { limits: { workers: 3 } } }))).toBeUndefined();
  });

  it('stays open where two sources differ', () => {
    expect(unitOf({ ...looked({ 10: 2 }), runFile: { limits: { workers: 2 } } })).toBeUndefined();
  });
});
