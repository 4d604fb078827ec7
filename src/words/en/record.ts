import type { RecordIds } from '../ids/record.js';
import type { Area } from '../words.js';

export const record: Area<RecordIds> = {
  'record.portInvalid': ({ port }) => `${port}: not a port. A port is a whole number from 1 to 65535.`,
  'record.programMissing': ({ program }) =>
    `${program}: no program of that name can be run from here. Is it installed, and spelt right?`,
  'record.noSocketCommand': ({ wished }) =>
    `${wished || 'Neither ss nor netstat'} can be run on this machine${wished ? '' : ', so there is nothing to take snapshots with'}. On Debian and Ubuntu, ss is in the package iproute2 and netstat in net-tools.`,
  'record.portTaken': ({ port, program, pid }) =>
    `Port ${port} is taken already${program || pid ? `, by ${[program, pid && `process ${pid}`].filter(Boolean).join(', ')}` : ''}. Stop that server, give the new one another port, or leave the command away to record the server that runs.`,
  'record.notAFolder': ({ folder }) => `${folder}: there is a file of that name, or on the way to it.`,
  'record.folderUnwritable': ({ folder, reason }) => `${folder}: the folder can't be made (${reason}).`,
  'record.folderExists': ({ folder }) =>
    `${folder}: the folder exists and is not empty. Nothing recorded is overwritten: choose another name.`,
  'record.loadEmpty': () => 'The load command is empty.',
  'record.loadQuote': ({ load }) => `The load command has a quotation mark that is never closed: ${load}`,
  'record.loadNeedsShell': ({ load, character }) =>
    `The load command is run without a shell, and ${character} in it needs one. Put it in single quotation marks if it is meant literally, or run a shell: sh -c '…'. The command: ${load}`,
  'record.serverNotStarted': ({ command, reason }) => `The server could not be started (${reason}): ${command}`,
  'record.serverEnded': ({ command, how, log }, w) =>
    `The server ended ${w.text(how)} before it listened: ${command}${lastLines(log)}\nIf it put itself into the background, start it in the foreground.`,
  'record.neverListened': ({ command, port, ms, others, log }, w) =>
    `The server did not listen on port ${port} within ${w.duration(ms)}${others ? `, but on ${others}` : ''}: ${command}${lastLines(log)}`,

  'record.started': ({ command, pid }) => `Server started as process ${pid}: ${command}`,
  'record.listening': ({ port }) => `The server listens on port ${port}.`,
  'record.untilStopped': () => 'Recording until Ctrl-C.',
  'record.forTime': ({ ms }, w) => `Recording for ${w.duration(ms)}; Ctrl-C ends it sooner.`,
  'record.loadStarted': ({ load }) => `Load started: ${load}`,
  'record.loadSays': ({ line }) => `load: ${line}`,
  'record.draining': ({ ms }, w) =>
    `The load has ended. Letting the server finish what it has, ${w.duration(ms)} at most.`,
  'record.stopping': () => 'Stopping the server.',

  'record.noSs': () =>
    'There is no ss here, so netstat is recorded: it tells how many wait to be accepted, but not how many may. On Debian and Ubuntu, ss is in the package iproute2.',
  'record.noPs': () =>
    "There is no ps here, so the server's processes and threads are not recorded. On Debian and Ubuntu it is in the package procps.",
  'record.nobodyListens': ({ port }) => `Nothing listens on port ${port} yet; recording all the same.`,
  'record.loadStopped': ({ ms }, w) =>
    `The load had not ended after ${w.duration(ms)} and was stopped: requests that were under way then say nothing about the server.`,
  'record.loadFailed': ({ how }, w) => `The load command ended ${w.text(how)}.`,
  'record.notDrained': ({ ms, connections, stopped }, w) =>
    `${w.count(connections, 'connection was', 'connections were')} still open ${w.duration(ms)} after the load had ended; ${stopped ? 'the server was stopped' : 'the recording ended'} all the same.`,
  'record.serverEndedEarly': ({ how, at }, w) => `The server ended by itself ${w.text(how)} at ${at}.`,
  'record.serverStays': ({ pid }) => `The server (process ${pid}) could not be stopped.`,
  'record.logEmpty': () =>
    'server.log is empty: the server wrote nothing, or kept it in a buffer until it was stopped (for Python, set PYTHONUNBUFFERED=1).',

  'record.withStatus': ({ status }) => `with status ${status}`,
  'record.bySignal': ({ signal }) => `by ${signal}`,

  'record.recorded': ({ folder, snapshots, ms }, w) =>
    `Recorded into ${folder}: ${w.count(snapshots, 'snapshot', 'snapshots')} in ${w.duration(ms)}.`,
  'record.nothingSeen': ({ port }) => `No snapshot shows a connection to port ${port}: was there any load?`,
  'record.peakEstablished': ({ port, established }, w) =>
    `At most ${w.count(established, 'connection', 'connections')} to port ${port} stood at once; how many of them waited to be accepted, the snapshots don't tell.`,
  'record.peakNoQueue': ({ port, established }, w) =>
    `At most ${w.count(established, 'connection', 'connections')} to port ${port} stood at once, and none was seen waiting to be accepted.`,
  'record.peakQueue': ({ port, established, queued, limit, accepted }, w) =>
    `At most ${w.count(established, 'connection', 'connections')} to port ${port} stood at once. Up to ${w.number(queued)} waited in the kernel to be accepted${limit === undefined ? '' : queued > limit ? `: the queue of ${w.number(limit)} was full` : `, where there is room for ${w.number(limit)}`}; up to ${w.number(accepted)} were with the server.`,
  'record.next': ({ folder }) => `Next: report build ${/^[\w@%+=:,./-]+$/.test(folder) ? folder : `'${folder}'`}`,
};

function lastLines(log: string): string {
  return log === '' ? ' It printed nothing.' : `\nThe last lines that it printed:\n${log.replace(/^/gm, '    ')}`;
}
