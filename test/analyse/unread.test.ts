import { describe, expect, it } from 'vitest';
import { analyseRun } from '../../src/analyse/analyse.js';
import type { SocketSnapshot } from '../../src/model/snapshot.js';
import { PORT } from '../support/looks.js';
import { handled, timelineOf } from '../support/timeline.js';

/** `ss -tanp` at a server that accepts all at once: of its connections so many have bytes that it has not read. */
const look = (at: number, count: number, withData: number): SocketSnapshot => ({
  source: 0,
  line: 1,
  time: at,
  zoned: true,
  command: 'ss',
  shows: { connections: true, listeners: true, owners: true },
  listeners: [{ address: '*', port: PORT, queued: 0, limit: 50, line: 2 }],
  connections: [{ port: PORT, side: 'server', state: 'ESTABLISHED', owner: 'some', withData, count, line: 3 }],
});

/** No log; thirty come within 900 ms to a server of five, who take a second each. */
const findingsOf = (...sockets: readonly SocketSnapshot[]) => {
  const sent = Array.from({ length: 30 }, (_, id) => {
    const start = 30 * id;
    return { id, start, elapsed: 1000 * (1 + Math.floor(id / 5)) + 30 * (id % 5) - start };
  });
  return analyseRun({ ...timelineOf(sent, undefined), port: { value: PORT, from: 'option' }, sockets }).findings;
};

const overloadOf = (...sockets: readonly SocketSnapshot[]) => findingsOf(...sockets).overload;

//   accepted   ▐██ read ██▌····· unread ·····          the client's times rise from one to six seconds
describe('connections whose request nobody has read, look after look', () => {
  it('wait inside, as the times of the client say too', () => {
    const found = overloadOf(look(1500, 25, 20), look(2500, 20, 15), look(3500, 15, 10));
    expect(found).toMatchObject({ outcome: 'queued', bound: 'exact', confidence: 'high' });
  });

  it('prove nothing if none is read, or one look alone shows them', () => {
    expect(overloadOf(look(1500, 25, 25), look(2500, 20, 20))).toMatchObject({ outcome: 'queued', bound: 'estimate' });
    expect(overloadOf(look(1500, 25, 20), look(2500, 20, 0))).toMatchObject({ outcome: 'queued', bound: 'estimate' });
  });

  it('leave those in service that are read', () => {
    const { maxConcurrency, backlog } = findingsOf(look(1500, 25, 20), look(2500, 20, 15), look(3500, 15, 10));
    expect(maxConcurrency).toMatchObject({ bound: 'estimate', confidence: 'medium', value: 5, range: { high: 5 } });
    expect(backlog).toMatchObject({ bound: 'at-least', value: 20, where: 'server', kernel: 0, server: 20 });
  });

  it('tell no limit where the number of those that are read goes up and down', () => {
    const { maxConcurrency } = findingsOf(look(1500, 25, 20), look(2500, 20, 13), look(3500, 15, 11));
    expect(maxConcurrency.methods.map(({ name }) => name.id)).not.toContain('max.method.read');
  });

  it('show the limit of a server whose log alone is there', () => {
    const log = handled(
      Array.from({ length: 30 }, (_, id) => {
        const from = 1000 * Math.floor(id / 5) + 30 * (id % 5);
        return { id, from, to: from + 999, worker: `w${id % 5}` };
      }),
    );
    const of = (...sockets: readonly SocketSnapshot[]) =>
      analyseRun({ ...timelineOf(undefined, log), port: { value: PORT, from: 'option' }, sockets }).findings
        .maxConcurrency;
    expect(of(look(1500, 25, 20), look(2500, 20, 15), look(3500, 15, 10))).toMatchObject({
      bound: 'exact',
      confidence: 'high',
      value: 5,
    });
    // Connections that are kept for a next request have nothing to be read.
    expect(of(look(1500, 25, 0), look(2500, 20, 0), look(3500, 15, 0))).toMatchObject({ bound: 'at-least', value: 5 });
  });

  it('wait though the client sees all wait alike', () => {
    const alike = Array.from({ length: 40 }, (_, id) => ({ id, start: 200 * id, elapsed: 2000 }));
    const of = (...sockets: readonly SocketSnapshot[]) =>
      analyseRun({ ...timelineOf(alike, undefined), port: { value: PORT, from: 'option' }, sockets }).findings.overload;
    expect(of(look(1500, 10, 5), look(2500, 10, 5)).outcome).toBe('queued');
    expect(of(look(1500, 10, 0), look(2500, 10, 0)).outcome).toBe('none-observed');
  });
});
