import { OUTCOME_CODE } from '../../../model/samples.js';
import type { ServedRequests, Timeline } from '../../../model/timeline.js';
import type { View } from '../../view.js';
import type { Life } from './lives.js';

/**
 * Whether the processes of which a part of the log tells were there all the while: each stands in every look that shows who holds the
 * server's sockets, from the first answer to the last. Nobody took their places, nor those of their threads, where the log is silent.
 *
 *     log              ▐████████▌
 *     looks   7   7   7   7   7   7   7        by one and the same process
 */
export function livedThrough({ timeline, ended }: View, { workers }: ServedRequests, lives: readonly Life[]): boolean {
  const pids = new Set(lives.map(({ worker }) => workers[worker]!.pid));
  const answers = [...(ended ?? [])].filter((_, i) => timeline.samples!.outcome[i] === OUTCOME_CODE.succeeded);
  const looks = looksOf(timeline);
  if (pids.has(undefined) || answers.length === 0 || looks.length === 0) return false;
  const times = looks.map(({ time }) => time);
  const first = answers.reduce((a, b) => Math.min(a, b));
  const last = answers.reduce((a, b) => Math.max(a, b));
  const spans = Math.min(...times) <= first && Math.max(...times) >= last;
  return spans && looks.every((look) => [...pids].every((pid) => look.pids.has(pid!)));
}

/**
 * Whether none of them was there any more at the end, or yet at the begin, when others held the server's sockets: they were replaced where the
 * log is silent.
 *
 *     log      ▐████████▌                              ▐████████▌
 *     looks   7 8  7 8  9 10  11 12           4 5  6 7  8 9  8 9        by others
 */
export function wereReplaced({ timeline, ended }: View, { workers }: ServedRequests, lives: readonly Life[]): boolean {
  const pids = lives.map(({ worker }) => workers[worker]!.pid);
  const last = [...(ended ?? [])].reduce((a, b) => (b > a ? b : a), Number.NEGATIVE_INFINITY);
  const looks = looksOf(timeline).filter(({ time, serving }) => time <= last && serving.size > 0);
  const edges = [looks[0], looks.at(-1)].filter((look) => look !== undefined);
  return pids.length > 0 && edges.some((look) => pids.every((pid) => pid !== undefined && !look.pids.has(pid)));
}

interface Seen {
  readonly time: number;
  readonly pids: ReadonlySet<number>;
  /** Of them, who holds a connection. */
  readonly serving: ReadonlySet<number>;
}

/** Who listens at the server's port or holds a connection through it, look by look. */
const looksOf = ({ sockets, port }: Timeline): readonly Seen[] =>
  sockets.flatMap(({ time, listeners, connections }) => {
    const serving = new Set(
      connections.flatMap((one) =>
        one.side === 'server' && one.port === port?.value ? Object.keys(one.pids ?? {}).map(Number) : [],
      ),
    );
    const listening = listeners.flatMap((one) => (one.port === port?.value ? (one.pids ?? []) : []));
    const pids = new Set([...listening, ...serving]);
    return time === undefined || pids.size === 0 ? [] : [{ time, pids, serving }];
  });
