import type { Timeline } from '../../../model/timeline.js';
import { COMMAND_FLAGS, type CommandFlag } from './rules.js';

/** How many processes and threads a server has, as one source states it. */
export interface Settings {
  readonly by: 'run.yaml' | 'log';
  readonly processes?: number | undefined;
  readonly threads?: number | undefined;
}

/** What run.yaml, the server's start-up lines, and the command line that run.yaml holds state. */
export function statedSettings({ runFile, notices }: Timeline): readonly Settings[] {
  const told = (name: string) => {
    for (const { notice } of notices) if (notice.kind === 'setting' && notice.name === name) return notice.value;
    return undefined;
  };
  return [
    { by: 'run.yaml', processes: runFile.limits?.workers, threads: runFile.limits?.threads },
    { by: 'log', processes: told('processes'), threads: told('threads') },
    { by: 'run.yaml', processes: flagged(runFile, 'processes'), threads: flagged(runFile, 'threads') },
  ];
}

/** What the command line that run.yaml holds states. */
export function flagged({ command }: Timeline['runFile'], states: CommandFlag['states']): number | undefined {
  for (const { flag, states: stated } of COMMAND_FLAGS) {
    const found = stated === states ? flag.exec(command ?? '')?.[1] : undefined;
    if (found !== undefined) return Number(found);
  }
  return undefined;
}
