import { runTask } from '../../src/build-run.js';
import type { Io } from '../../src/cli/io.js';
import { main } from '../../src/cli/main.js';

/** What a call of the program left behind. */
export interface Ran {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line in this process. */
export async function runMain(argv: readonly string[], io: Partial<Io> = {}): Promise<Ran> {
  let out = '';
  let err = '';
  const status = await main(argv, {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    outIsTerminal: false,
    errIsTerminal: false,
    catchInterrupt: () => new AbortController().signal,
    analyse: (tasks) => Promise.all(tasks.map(async (task) => ({ value: await runTask(task) }))),
    ...io,
  });
  return { status, out, err };
}
