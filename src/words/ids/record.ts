import type { Message } from '../../model/message.js';

/** What report record says: errors, progress, warnings, and what it saw. */
export interface RecordIds {
  'record.portInvalid': { port: string };
  'record.programMissing': { program: string };
  'record.noSocketCommand': { wished: string };
  'record.portTaken': { port: number; program: string | undefined; pid: number | undefined };
  'record.notAFolder': { folder: string };
  'record.folderUnwritable': { folder: string; reason: string };
  'record.folderExists': { folder: string };
  'record.loadEmpty': Record<string, never>;
  'record.loadQuote': { load: string };
  'record.loadNeedsShell': { load: string; character: string };
  'record.serverNotStarted': { command: string; reason: string; log: string };
  'record.serverEnded': { command: string; how: Message; log: string };
  'record.neverListened': { command: string; port: number; ms: number; others: string; log: string };

  'record.started': { command: string; pid: number };
  'record.listening': { port: number };
  'record.untilStopped': Record<string, never>;
  'record.forTime': { ms: number };
  'record.loadStarted': { load: string };
  'record.loadSays': { line: string };
  'record.draining': { ms: number };
  'record.stopping': Record<string, never>;

  'record.noSs': Record<string, never>;
  'record.noPs': Record<string, never>;
  'record.nobodyListens': { port: number };
  'record.loadStopped': { ms: number };
  'record.loadFailed': { how: Message };
  /** `stopped`: the server is now stopped; else it is somebody else's and goes on. */
  'record.notDrained': { ms: number; connections: number; stopped: boolean };
  'record.serverEndedEarly': { how: Message; at: string };
  'record.serverStays': { pid: number };
  'record.logEmpty': Record<string, never>;

  'record.withStatus': { status: number };
  'record.bySignal': { signal: string };

  'record.recorded': { folder: string; snapshots: number; ms: number };
  'record.nothingSeen': { port: number };
  'record.peakEstablished': { port: number; established: number };
  'record.peakNoQueue': { port: number; established: number };
  'record.peakQueue': {
    port: number;
    established: number;
    queued: number;
    limit: number | undefined;
    accepted: number;
  };
  'record.next': { folder: string };
}
