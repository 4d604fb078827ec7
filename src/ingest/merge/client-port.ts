import type { ServerNotice } from '../../model/events.js';
import type { Reading } from '../../model/reading.js';
import type { ClientSamples } from '../../model/samples.js';
import type { Timeline } from '../../model/timeline.js';
import type { ReadRun } from '../read.js';

/** The port that clients connect to: option, run.yaml, URLs of the samples, the log's own word, in that order. */
export function clientPort(
  run: Pick<ReadRun, 'context' | 'readings'>,
  samples: ClientSamples | undefined,
  option: number | undefined,
): Timeline['port'] {
  if (option !== undefined) return { value: option, from: 'option' };
  const stated = run.context.runFile.port;
  if (stated !== undefined) return { value: stated, from: 'run-file' };
  const used = mostUsed(samples?.ports ?? new Map());
  if (used !== undefined) return { value: used, from: 'client-samples' };
  const told = run.readings.flatMap(({ notices }) => notices ?? []).find(({ notice }) => listeningPort(notice));
  const own = told && listeningPort(told.notice);
  const value = own ?? busiestPort(run.readings);
  if (value === undefined) return undefined;
  const front = frontPort(run.readings, value);
  if (front !== undefined) return { value: front, from: 'connections' };
  return { value, from: own === undefined ? 'connections' : 'listening' };
}

const listeningPort = (notice: ServerNotice['notice']): number | undefined =>
  notice.kind === 'listening' ? notice.port : undefined;

/**
 * The port of a server in front: whoever connects to the port and holds others' connections at a port of its own.
 *
 *     java ──▶ 8080 nginx ──▶ 8001 gunicorn        nginx' rows: 8080 (its own end), to 8001 (the other's)
 */
function frontPort(readings: readonly Reading[], port: number): number | undefined {
  const tallies = readings.flatMap(({ sockets }) => (sockets ?? []).flatMap(({ connections }) => connections));
  const between = new Set<string>();
  for (const { side, port: to, pids } of tallies)
    if (side === 'client' && to === port) for (const pid of Object.keys(pids ?? {})) between.add(pid);
  const rows = new Map<number, number>();
  for (const { side, port: at, pids } of tallies) {
    if (side !== 'server' || at === port) continue;
    for (const [pid, n] of Object.entries(pids ?? {})) if (between.has(pid)) rows.set(at, (rows.get(at) ?? 0) + n);
  }
  return mostUsed(rows);
}

function busiestPort(readings: readonly Reading[]): number | undefined {
  const rows = new Map<number, number>();
  for (const { sockets } of readings) {
    for (const { connections } of sockets ?? []) {
      for (const { port, side, count } of connections) {
        if (side === 'server') rows.set(port, (rows.get(port) ?? 0) + count);
      }
    }
  }
  return mostUsed(rows);
}

function mostUsed(counts: ReadonlyMap<number, number>): number | undefined {
  let best: number | undefined;
  for (const [port, n] of counts) {
    const most = best === undefined ? 0 : counts.get(best)!;
    if (n > most || (n === most && best !== undefined && port < best)) best = port;
  }
  return best;
}
