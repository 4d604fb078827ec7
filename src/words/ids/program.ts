/** What the command line says: errors, progress, warnings. */
export interface ProgramIds {
  'program.nothingRecognised': { folder: string };
  'program.folderMissing': { folder: string };
  'program.folderUnreadable': { folder: string; reason: string };
  'program.notAFolder': { folder: string };
  'program.savedRunUnreadable': { path: string; reason: string };
  'program.savedRunVersion': { path: string; version: number };
  'program.notASavedRun': { path: string };
  'program.error': { text: string };
  'program.warning': { text: string };
  'program.bug': { stack: string };
  'program.moreProblems': { n: number; path: string };

  'run.allLost': Record<string, never>;
  'progress.reading': { done: number; of: number };
  'progress.making': { output: string };

  'output.failed': { output: string; reason: string };
  'output.noneMade': { formats: string };
  'output.isAFile': { path: string };
  'output.unwritable': { path: string; reason: string };
  'output.foreign': { path: string; manifest: string };
  'output.link': { path: string };
  'output.interrupted': Record<string, never>;

  'strict.skipped': { lines: number };
  'strict.unrecognised': { files: number };
  'strict.missing': { output: string };
  'strict.lost': { run: string };

  'program.problem': { file: string; line: number | undefined; message: string; text: string };
  'option.list': { values: readonly string[] };
  'option.oneOf': { values: readonly string[] };
  'option.port': Record<string, never>;
  'option.duration': Record<string, never>;

  'inspect.files': { n: number };
  'inspect.taken': { kind: string; format: string; certainty: 'certain' | 'likely' | 'no' };
  'inspect.takenFor': Record<string, never>;
  'inspect.lines': Record<string, never>;
  'inspect.lineCounts': { lines: number; used: number; ignored: number; skipped: number };
  'inspect.records': Record<string, never>;
  'inspect.time': Record<string, never>;
  'inspect.problems': Record<string, never>;
  'inspect.problem': { line: number | undefined; message: string; text: string };

  'help.program': Record<string, never>;
  'help.programMore': Record<string, never>;
  'help.version': Record<string, never>;
  'help.help': Record<string, never>;
  'help.seeHelp': Record<string, never>;
  'help.build': Record<string, never>;
  'help.runFolder': Record<string, never>;
  'help.output': Record<string, never>;
  'help.format': { values: readonly string[] };
  'help.title': Record<string, never>;
  'help.port': Record<string, never>;
  'help.lang': { values: readonly string[] };
  'help.paper': { values: readonly string[] };
  'help.singleFile': Record<string, never>;
  'help.redact': Record<string, never>;
  'help.browser': Record<string, never>;
  'help.strict': Record<string, never>;
  'help.quiet': Record<string, never>;
  'help.buildMore': Record<string, never>;
  'help.inspect': Record<string, never>;
  'help.inspected': Record<string, never>;
  'help.json': Record<string, never>;
  'help.inspectMore': Record<string, never>;
  'help.record': Record<string, never>;
  'help.serverCommand': Record<string, never>;
  'help.recordOutput': Record<string, never>;
  'help.recordPort': Record<string, never>;
  'help.every': Record<string, never>;
  'help.load': Record<string, never>;
  'help.for': Record<string, never>;
  'help.drain': Record<string, never>;
  'help.gzip': Record<string, never>;
  'help.separate': Record<string, never>;
  'help.sockets': Record<string, never>;
  'help.about': { key: string };
  'help.recordMore': Record<string, never>;
}
