import type { Timeline } from '../../../model/timeline.js';
import type { Place } from '../../looks.js';

/** The most children of one parent that a process list shows, for servers that serve each request in a process. */
export function childrenOf({ processes, served, port, sockets }: Timeline): (Place & { value: number }) | undefined {
  const known = new Set(served?.workers.flatMap(({ pid }) => (pid === undefined ? [] : [pid])));
  for (const { listeners } of sockets) {
    for (const listener of listeners) {
      if (listener.port === port?.value) for (const pid of listener.pids ?? []) known.add(pid);
    }
  }
  let best: (Place & { value: number }) | undefined;
  for (const snapshot of processes) {
    const children = new Map<number, { n: number; line: number; related: boolean }>();
    for (const { pid, ppid, line } of snapshot.processes) {
      if (ppid === undefined) continue;
      const family = children.get(ppid) ?? { n: 0, line, related: known.has(ppid) };
      family.n++;
      if (known.has(pid)) family.related = true;
      children.set(ppid, family);
    }
    for (const { n, line, related } of children.values()) {
      if (related && n > (best?.value ?? 0)) best = { value: n, source: snapshot.source, line };
    }
  }
  return best;
}
