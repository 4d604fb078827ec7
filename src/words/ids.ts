import type { Message } from '../model/message.js';
import type { BrowserIds } from './ids/browser.js';
import type { ChartIds } from './ids/charts.js';
import type { ClientIds } from './ids/client.js';
import type { FindingIds } from './ids/findings.js';
import type { LogIds } from './ids/logs.js';
import type { PageIds } from './ids/page.js';
import type { ProblemIds } from './ids/problems.js';
import type { ProgramIds } from './ids/program.js';
import type { RecordIds } from './ids/record.js';
import type { ScriptIds } from './ids/script.js';
import type { SocketIds } from './ids/sockets.js';

/** Every sentence of the program by id, with the values that it needs. One file per area in `ids/`. */
export interface Ids
  extends ProblemIds,
    ClientIds,
    LogIds,
    SocketIds,
    FindingIds,
    ChartIds,
    PageIds,
    ProgramIds,
    RecordIds,
    BrowserIds,
    ScriptIds {}
export type MessageId = keyof Ids;

/** A sentence to be said; a misspelt id or a missing value does not compile. */
export function say<K extends MessageId>(id: K, args: Ids[K]): Message {
  return { id, args: args as Message['args'] };
}
