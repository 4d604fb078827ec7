import { Command, Option } from 'commander';
import { LANGUAGE_IDS, OUTPUT_IDS, PAPERS } from '../model/report.js';
import { generator } from '../version.js';
import { english } from '../words/en.js';
import { say } from '../words/ids.js';
import { type Io, safeLines } from './io.js';
import { parseDuration, parseFormats, parseLanguage, parsePaper, parsePort, parseSockets } from './options.js';

/** The command line. What a command needs is loaded when it runs, so that `--help` and `inspect` start at once. */
export function programOf(io: Io, exit: (status: number) => void): Command {
  const program = new Command('report')
    .description(english(say('help.program', {})))
    .version(generator.version, '-V, --version', english(say('help.version', {})))
    .helpOption('-h, --help', english(say('help.help', {})))
    .helpCommand(false)
    .addHelpText('after', english(say('help.programMore', {})))
    .exitOverride()
    .showHelpAfterError(english(say('help.seeHelp', {})))
    .configureOutput({ writeOut: (text) => io.out(text), writeErr: (text) => io.err(safeLines(text)) });
  addBuild(program, io, exit);
  addInspect(program, io);
  addRecord(program, io);
  return program;
}

function addBuild(program: Command, io: Io, exit: (status: number) => void): void {
  command(program, 'build')
    .description(english(say('help.build', {})))
    .argument('<run-folder...>', english(say('help.runFolder', {})))
    .option('-o, --output <folder>', english(say('help.output', {})), 'output')
    .addOption(
      new Option('--format <list>', english(say('help.format', { values: OUTPUT_IDS })))
        .argParser(parseFormats)
        .default(['html', 'pdf'], 'html,pdf'),
    )
    .option('--title <text>', english(say('help.title', {})))
    .option('--port <number>', english(say('help.port', {})), parsePort)
    .option('--lang <language>', english(say('help.lang', { values: LANGUAGE_IDS })), parseLanguage, 'en')
    .option('--paper <size>', english(say('help.paper', { values: PAPERS })), parsePaper, 'A4')
    .option('--single-file', english(say('help.singleFile', {})))
    .option('--redact', english(say('help.redact', {})))
    .option('--browser <path>', english(say('help.browser', {})))
    .option('--strict', english(say('help.strict', {})))
    .option('--quiet', english(say('help.quiet', {})))
    .addHelpText('after', english(say('help.buildMore', {})))
    .action(async (folders: string[], options) => {
      const { runBuild } = await import('./build.js');
      const { format, ...rest } = options;
      const flags = { singleFile: false, redact: false, strict: false, quiet: false };
      exit(await runBuild(folders, { ...flags, ...rest, formats: format }, io));
    });
}

function addInspect(program: Command, io: Io): void {
  command(program, 'inspect')
    .description(english(say('help.inspect', {})))
    .argument('<run-folder-or-file...>', english(say('help.inspected', {})))
    .option('--json', english(say('help.json', {})))
    .addHelpText('after', english(say('help.inspectMore', {})))
    .action(async (paths: string[], { json = false }: { json?: boolean }) => {
      const { runInspect } = await import('./inspect.js');
      await runInspect(paths, json, io);
    });
}

function addRecord(program: Command, io: Io): void {
  command(program, 'record')
    .description(english(say('help.record', {})))
    .argument('[server-command...]', english(say('help.serverCommand', {})))
    .requiredOption('-o, --output <folder>', english(say('help.recordOutput', {})))
    .requiredOption('--port <number>', english(say('help.recordPort', {})), parsePort)
    .addOption(
      new Option('--every <time>', english(say('help.every', {}))).argParser(parseDuration).default(1_000, '1s'),
    )
    .option('--load <command>', english(say('help.load', {})))
    .option('--for <time>', english(say('help.for', {})), parseDuration)
    .option('--drain <time>', english(say('help.drain', {})), parseDuration)
    .option('--gzip', english(say('help.gzip', {})))
    .option('--separate', english(say('help.separate', {})))
    .option('--sockets <list>', english(say('help.sockets', {})), parseSockets)
    .option('--title <text>', english(say('help.about', { key: 'title' })))
    .option('--server <text>', english(say('help.about', { key: 'server' })))
    .option('--server-version <text>', english(say('help.about', { key: 'version' })))
    .option('--notes <text>', english(say('help.about', { key: 'notes' })))
    .option('--quiet', english(say('help.quiet', {})))
    .addHelpText('after', english(say('help.recordMore', {})))
    .action(async (server: string[], options) => {
      const { runRecord } = await import('./record.js');
      await runRecord(server, { gzip: false, separate: false, quiet: false, ...options }, io);
    });
}

/** A sub-command that reports to the same place as the program and leaves exiting to it. */
function command(program: Command, name: string): Command {
  return program.command(name).copyInheritedSettings(program);
}
