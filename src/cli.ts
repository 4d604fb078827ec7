#!/usr/bin/env node
import { constants } from 'node:os';
import { Interrupted } from './cli/io.js';
import { main } from './cli/main.js';

/** A reader that has seen enough (`report inspect … | head`) closes the pipe: nothing is wrong, and nobody listens any more. */
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

/**
 * The first signal asks the program to end in order; a second one ends it at once. By `exit`, for a program that a signal kills does not
 * get round to killing what it has started itself.
 */
function catchInterrupt(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (controller.signal.aborted) process.exit(128 + constants.signals[signal]);
      controller.abort(new Interrupted(signal));
    });
  }
  return controller.signal;
}

try {
  process.exitCode = await main(process.argv.slice(2), {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    outIsTerminal: process.stdout.isTTY === true,
    errIsTerminal: process.stderr.isTTY === true,
    catchInterrupt,
  });
} catch (error) {
  if (!(error instanceof Interrupted)) throw error;
  // Whoever started the program learns how it ended: a shell's loop stops on Ctrl-C only then.
  process.removeAllListeners(error.signal);
  process.kill(process.pid, error.signal);
}
