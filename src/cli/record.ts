import { type RecordOptions, record } from '../record/record.js';
import { generator } from '../version.js';
import { english } from '../words/en.js';
import { say } from '../words/ids.js';
import { type Io, safeLines } from './io.js';

/** As commander hands them over. */
export interface RecordCommandOptions {
  readonly output: string;
  readonly port: number;
  readonly every: number;
  readonly load?: string;
  readonly for?: number;
  readonly drain?: number;
  readonly gzip: boolean;
  readonly separate: boolean;
  readonly sockets?: RecordOptions['sockets'];
  readonly title?: string;
  readonly server?: string;
  readonly serverVersion?: string;
  readonly notes?: string;
  readonly quiet: boolean;
}

/** `report record`. @throws UserError where the recording can't begin. */
export async function runRecord(server: readonly string[], options: RecordCommandOptions, io: Io): Promise<void> {
  const tell = (text: string) => io.err(`${safeLines(text)}\n`);
  const result = await record(recordOptions(server, options), {
    signal: io.catchInterrupt(),
    onProgress: (message) => options.quiet || tell(english(message)),
  });
  if (!options.quiet) {
    for (const message of result.warnings) tell(english(say('program.warning', { text: english(message) })));
    for (const message of result.summary) tell(english(message));
  }
  for (const path of result.files) io.out(`${io.outIsTerminal ? safeLines(path) : path}\n`);
}

function recordOptions(command: readonly string[], options: RecordCommandOptions): RecordOptions {
  const { output, port, every, load, drain, gzip, separate, sockets, title, server, serverVersion, notes } = options;
  return {
    folder: output,
    port,
    command,
    everyMs: every,
    ...(options.for === undefined ? {} : { forMs: options.for }),
    ...(load === undefined ? {} : { load }),
    ...(drain === undefined ? {} : { drainMs: drain }),
    gzip,
    separate,
    ...(sockets ? { sockets } : {}),
    about: {
      ...(title === undefined ? {} : { title }),
      ...(server === undefined ? {} : { server }),
      ...(serverVersion === undefined ? {} : { version: serverVersion }),
      ...(notes === undefined ? {} : { notes }),
    },
    recorder: `${generator.name} ${generator.version}`,
  };
}
