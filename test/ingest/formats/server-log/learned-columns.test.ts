import { describe, expect, it } from 'vitest';
import { agreedWorker } from '../../../../src/ingest/formats/server-log/learned-columns.js';
import type { OrderedPair, WorkerOf } from '../../../../src/ingest/formats/server-log/learned-line.js';

const TIME = '10:00:01';
const nobody: WorkerOf = () => ({});

/** Requests of three workers in turns, each begun when the one before it on its worker has ended. */
function pairsOf(draw: (worker: number, request: number, side: 'begin' | 'end') => string): readonly OrderedPair[] {
  const line = (request: number, side: 'begin' | 'end', at: number): OrderedPair[0] => {
    const text = `${TIME}${draw(request % 3, request, side)}`;
    const id = text.lastIndexOf(`${request}`);
    return { text, start: 0, from: TIME.length, id, idEnd: id + `${request}`.length, at };
  };
  return Array.from({ length: 30 }, (_, i) => {
    const request = 1001 + i;
    return [line(request, 'begin', 2 * request), line(request, 'end', 2 * (request + 3) - 1)] as const;
  });
}

const found = (pairs: readonly OrderedPair[], known = nobody) => {
  const worker = agreedWorker(pairs, known);
  return worker && pairs.slice(0, 3).map(([begin]) => worker(begin, 'begin'));
};

describe('the worker by what begins and ends agree in', () => {
  it('is a bare number of which as many are at work as there are', () => {
    const pairs = pairsOf((worker, id, side) => `|${worker + 7}|INFO|Shop.Home|${side} id=${id}`);
    expect(found(pairs)?.map(({ thread }) => thread)).toEqual(['9', '7', '8']);
  });

  it('may have other names once the server was started anew, and is none of more at once than are under way', () => {
    const named = (name: (worker: number, request: number) => string) =>
      pairsOf((worker, id, side) => ` | x5 | y${name(worker, id)} | ${id} | ${side}`);
    expect(found(named((worker, id) => String(worker + (id > 1015 ? 56 : 7))))?.map(({ thread }) => thread)).toEqual([
      'y9',
      'y7',
      'y8',
    ]);
    expect(found(named((_, id) => String(id % 6)))).toBeUndefined();
  });

  it('stands behind the message, too, and is a process where it is called so', () => {
    const pairs = pairsOf((worker, id, side) => ` ${side} "process_id":${worker + 4711} {"id":${id}}`);
    expect(found(pairs)?.map(({ pid }) => pid)).toEqual([4713, 4711, 4712]);
  });

  it('is no other name for an address that stands beside the process', () => {
    const ident = (worker: number) => `15539354436${7808 + 8192 * worker}`;
    const pairs = pairsOf((worker, id, side) => ` - 4711-${ident(worker)}: ${side} ${id}`);
    const known: WorkerOf = ({ text }) => ({ pid: 4711, thread: text.slice(16, 32), identity: 'recycled-ident' });
    expect(known(pairs[0]![0], 'begin').thread).toBe(ident(2));
    expect(found(pairs, known)).toBeUndefined();
  });

  it('is a thread by name, and no address that may be the request’s', () => {
    const pairs = pairsOf((worker, id, side) => ` Thread-${worker} [0x${id}5a44] ${side} ${id}`);
    const known: WorkerOf = ({ text }) => ({ thread: text.slice(20, 28), identity: 'recycled-ident' });
    expect(found(pairs, known)?.map(({ thread }) => thread)).toEqual(['Thread-2', 'Thread-0', 'Thread-1']);
  });

  it('is the address where forked processes have the same ones, and nothing else stands beside it', () => {
    const pairs = pairsOf(
      (worker, id, side) => ` [${worker === 2 ? 12 : 11}] [14012767409120${worker === 1 ? 1 : 0}] ${side} ${id}`,
    );
    const known: WorkerOf = ({ text }) => {
      const [, pid, thread] = /\[(\d\d)\] \[(\d{15})\]/.exec(text)!;
      return { pid: Number(pid), thread: thread!, identity: 'recycled-ident' };
    };
    expect(found(pairs, known)).toBeUndefined();
  });

  it('is the process where all name their main thread', () => {
    const pairs = pairsOf((worker, id, side) => ` shop ${worker + 15} REQ [id="${id}" thread="MainThread"] ${side}`);
    const known: WorkerOf = () => ({ thread: 'MainThread', threadCalled: true, identity: 'numbered' });
    expect(found(pairs, known)?.[0]).toMatchObject({ pid: 17, thread: 'MainThread' });
    expect(found(pairs, known)?.[0]).not.toHaveProperty('threadCalled');
  });

  it('is the whole name in brackets', () => {
    const pairs = pairsOf((worker, id, side) => ` INFO [com.acme.Svc] (default task-${worker}) ${side} ${id}`);
    expect(found(pairs)?.[0]?.thread).toBe('default task-2');
  });

  it('is the whole name of a thread of Puma’s, beside its process', () => {
    const pairs = pairsOf((worker, id, side) => ` #${worker === 2 ? 19 : 16}] ${side} (puma srv tp 00${worker}) ${id}`);
    const known: WorkerOf = ({ text }) => ({ pid: text.includes('#19') ? 19 : 16, identity: 'process' });
    expect(found(pairs, known)?.[0]).toMatchObject({ pid: 19, thread: 'puma srv tp 002' });
  });

  it('is process and thread where each process has the same names', () => {
    const pairs = pairsOf(
      (worker, id, side) => ` ${worker === 2 ? 4712 : 4711},thread-${worker === 1 ? 1 : 0},${side},${id}`,
    );
    expect(found(pairs)).toMatchObject([
      { pid: 4712, thread: 'thread-0' },
      { pid: 4711, thread: 'thread-0' },
      { pid: 4711, thread: 'thread-1' },
    ]);
  });

  it('is no word that several requests share at once, nor one called otherwise, nor a constant', () => {
    expect(found(pairsOf((_, id, side) => ` ${side} shard${id % 2} [app-7] ${id}`))).toBeUndefined();
    expect(found(pairsOf((worker, id, side) => ` ${side} client ${worker} ${id}`))).toBeUndefined();
  });

  it('is left alone where who is known takes turns', () => {
    const pairs = pairsOf((worker, id, side) => `|${worker + 7}|${side} ${id}`);
    expect(found(pairs, ({ text }) => ({ thread: `t${text[9]}` }))).toBeUndefined();
  });
});
