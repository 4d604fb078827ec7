import type { Timeline } from '../../../model/timeline.js';
import { unitByOwnWord } from './own-word.js';

/** Programs that run requests' code on one thread, however many threads their engine has besides. */
export const ONE_THREAD = /^(?:node|nodejs|deno|bun)$/;

/** Whether all requests of a process are served by the one thread that there is: its program is known for it, it says so, or a process list counts one. */
export function runsOneThread(timeline: Timeline, pid: number | undefined): boolean {
  const { runFile, sockets, processes, port } = timeline;
  if (ONE_THREAD.test(programOf(runFile.command ?? '')) || unitByOwnWord(timeline) === 'coroutine') return true;
  for (const { listeners } of sockets) {
    const own = listeners.find((one) => one.port === port?.value && one.program !== undefined);
    if (own) return ONE_THREAD.test(own.program!);
  }
  const counts = processes.flatMap((list) =>
    list.processes.flatMap((one) => (one.pid === pid && one.threads !== undefined ? [one.threads] : [])),
  );
  return counts.length > 0 && counts.every((n) => n === 1);
}

/** The program of a command line, without its folder. */
export const programOf = (command: string): string => command.trim().split(/\s+/, 1)[0]?.split('/').at(-1) ?? '';
