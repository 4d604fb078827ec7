import { CommanderError } from 'commander';
import { UserError } from '../errors.js';
import { english } from '../words/en.js';
import { say } from '../words/ids.js';
import { Interrupted, type Io, safeLines } from './io.js';
import { programOf } from './program.js';

/** Status where the command line is wrong. */
const USAGE = 2;
/** Status where no report could be written. */
const FAILED = 1;

/** Runs the program: `argv` without node and script. @returns the exit status. @throws Interrupted */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  let status = 0;
  const program = programOf(io, (code) => {
    status = code;
  });
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE;
    return report(error, io);
  }
}

function report(error: unknown, io: Io): number {
  if (error instanceof Interrupted) {
    io.err(`${english(say('output.interrupted', {}))}\n`);
    throw error;
  }
  if (error instanceof UserError) {
    io.err(`${safeLines(english(say('program.error', { text: english(error.said) })))}\n`);
    return error.exitCode;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  io.err(`${safeLines(english(say('program.bug', { stack })))}\n`);
  return FAILED;
}
