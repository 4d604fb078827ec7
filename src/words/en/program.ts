import type { ProgramIds } from '../ids/program.js';
import type { Area } from '../words.js';

export const program: Area<ProgramIds> = {
  'program.nothingRecognised': ({ folder }) =>
    `${folder}: no file in it (or in its subfolders) is recognised as a JMeter result, a server log or a socket snapshot. "report inspect ${folder}" shows what was found.`,
  'program.folderMissing': ({ folder }) => `${folder}: there is no such folder.`,
  'program.folderUnreadable': ({ folder, reason }) => `${folder}: the folder can't be read (${reason}).`,
  'program.notAFolder': ({ folder }) => `${folder}: not a folder. A run is a folder with its recordings in it.`,
  'program.savedRunUnreadable': ({ path, reason }) =>
    `${path}: can't be read as the saved analysis of a run (${reason}).`,
  'program.savedRunVersion': ({ path, version }) =>
    `${path}: the analysis was saved by another version of this program (form ${version}). Build from the recordings instead.`,
  'program.notASavedRun': ({ path }) =>
    `${path}: not the analysis of a run as this program saves it in runs/<id>/run.json. A run is given as a folder.`,
  'program.error': ({ text }) => `error: ${text}`,
  'program.warning': ({ text }) => `warning: ${text}`,
  'program.bug': ({ stack }) => `This is a fault of the program itself. Please report it with these lines:\n${stack}`,
  'program.moreProblems': ({ n, path }, w) =>
    `${path}: ${w.count(n, 'more problem', 'more problems')}; "report inspect" lists them.`,

  'run.allLost': () => 'No run could be read, so there is no report.',
  'progress.reading': ({ done, of }) => `Reading: ${done} of ${of} done`,
  'progress.making': ({ output }) => `Making: ${output}`,

  'output.failed': ({ output, reason }) => `${output}: could not be made, a fault of this program (${reason}).`,
  'output.noneMade': ({ formats }) => `Nothing of what was asked for (${formats}) could be made; nothing was written.`,
  'output.isAFile': ({ path }) => `${path}: a file, and the report needs a folder. Name another one with -o.`,
  'output.unwritable': ({ path, reason }) => `${path}: can't be written (${reason}).`,
  'output.foreign': ({ path, manifest }) =>
    `${path}: exists, and ${manifest} does not list it as part of a report, so it is not overwritten. Move it, or name another folder with -o.`,
  'output.link': ({ path }) =>
    `${path}: a link or a file where the report needs a folder of its own. Remove it, or name another folder with -o.`,
  'output.interrupted': () => 'Interrupted; an older report is as it was.',

  'strict.skipped': ({ lines }, w) =>
    `--strict: ${w.count(lines, 'line was', 'lines were')} not understood and skipped.`,
  'strict.unrecognised': ({ files }, w) => `--strict: ${w.count(files, 'file was', 'files were')} not recognised.`,
  'strict.missing': ({ output }) => `--strict: ${output} is missing.`,
  'strict.lost': ({ run }) => `--strict: the run ${run} was left out.`,

  'program.problem': ({ file, line, message, text }) =>
    `${file}${line === undefined ? '' : `:${line}`}: ${message}${text === '' ? '' : `: ${text}`}`,
  'option.list': ({ values }) => `Expected one or more of ${values.join(', ')}, separated by commas.`,
  'option.oneOf': ({ values }) => `Expected ${values.join(' or ')}.`,
  'option.port': () => 'Expected a whole number from 1 to 65535.',
  'option.duration': () => 'Expected a time such as 500ms, 1s, 1.5m or 1h.',

  'inspect.files': ({ n }, w) => w.count(n, 'file', 'files'),
  'inspect.taken': ({ kind, format, certainty }) =>
    certainty === 'no'
      ? `${kind}: no reader takes it for its own`
      : `${kind}, by the reader ${format}: ${certainty === 'certain' ? 'its beginning has just this form' : 'likely from its beginning, and no reader is surer'}`,
  'inspect.takenFor': () => 'taken for',
  'inspect.lines': () => 'lines',
  'inspect.lineCounts': ({ lines, used, ignored, skipped }) =>
    `${lines} = ${used} used + ${ignored} ignored + ${skipped} skipped`,
  'inspect.records': () => 'records',
  'inspect.time': () => 'time',
  'inspect.problems': () => 'problems',
  'inspect.problem': ({ line, message, text }) =>
    `${line === undefined ? '' : `line ${line}: `}${message}${text === '' ? '' : `: ${text}`}`,

  'help.program': () =>
    'Turns recorded server experiments (JMeter results, server logs, socket snapshots) into a report on concurrency, backlog, worker reuse and overload, with evidence.',
  'help.programMore': () => `
Examples:
  report build ./runs/*                  all runs compared, into ./output
  report inspect ./runs/flask            what was recognised in each file
  report record -o runs/flask --port 8080 --load "jmeter -n -t plan.jmx -l {jtl}" -- python3 app.py`,
  'help.version': () => 'print the version',
  'help.help': () => 'print this help',
  'help.seeHelp': () => '(add --help for what can be said)',
  'help.build': () => 'write a report on one or more recorded runs',
  'help.runFolder': () =>
    'a folder with the recordings of one run, a folder of such folders, or a run.json of an earlier report',
  'help.output': () => 'folder that the report is written to',
  'help.format': ({ values }) => `what to write: any of ${values.join(', ')}`,
  'help.title': () => 'title of the report',
  'help.port': () => 'port that the clients connect to, where the files do not tell or tell several',
  'help.lang': ({ values }) => `language of the report: ${values.join(' or ')}`,
  'help.paper': ({ values }) => `paper of the PDF: ${values.join(' or ')}`,
  'help.singleFile': () => 'put everything into one HTML file',
  'help.redact': () => 'number the clients’ addresses and hide query values, in every output',
  'help.browser': () => 'Chromium or Chrome that prints the PDF (else one is looked for)',
  'help.strict': () => 'fail if any line was skipped, any file not recognised, or an output is missing',
  'help.quiet': () => 'no progress and no warnings',
  'help.buildMore': () => `
Examples:
  report build ./runs/*
  report build ./runs -o site --format html,pdf,md --title "Python servers under overload"
  report build ./runs/flask --format json -o flask-json

Prints the paths written. Exit status: 0 the report is written, perhaps with warnings; 1 it could not be
written, or --strict found something; 2 the command line is wrong.`,
  'help.inspect': () => 'show what was recognised in each file, and what was not',
  'help.inspected': () => 'a run folder, a folder of run folders, or a file',
  'help.json': () => 'print JSON, one object per file, as in report.json',
  'help.inspectMore': () => `
Examples:
  report inspect ./runs/flask
  report inspect --json results.jtl server.log`,
  'help.record': () => 'run a server under a load and record everything that a report needs',
  'help.serverCommand': () => 'the server’s command, after --; without it the server that runs already is recorded',
  'help.recordOutput': () => 'folder to record into; must not exist or be empty',
  'help.recordPort': () => 'port that the server listens on',
  'help.every': () => 'time between snapshots',
  'help.load': () => 'command that makes the load; {jtl}, {port} and {run} are filled in, no shell is used',
  'help.for': () => 'how long to record; with --load, when to stop the load',
  'help.drain': () => 'how long to wait, after the load, for requests that are still being served (default: 30s)',
  'help.gzip': () => 'compress the snapshots as they are written',
  'help.separate': () => 'write one file per snapshot',
  'help.sockets': () => 'which commands are asked for the sockets: ss, netstat (default: ss where there is one)',
  'help.about': ({ key }) => `"${key}" in run.yaml`,
  'help.recordMore': () => `
Examples:
  report record -o runs/flask --port 8080 --load "jmeter -n -t plan.jmx -l {jtl}" -- python3 app.py
  report record -o runs/live --port 8080 --for 60s      only takes snapshots of a server that runs already`,
};
