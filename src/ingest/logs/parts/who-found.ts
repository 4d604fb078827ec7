import type { IdentityKind } from '../../../model/events.js';

/** A worker as a line names it. */
export interface Who {
  readonly pid?: number;
  /** Thread name, trimmed. */
  readonly thread?: string;
  readonly nativeId?: number;
  readonly identity?: IdentityKind;
  /** The line calls it so, process and thread each: `pid=4711`, `"threadId": 8`; else its place tells what it is. */
  readonly pidCalled?: true;
  readonly threadCalled?: true;
}

/** Whether a line names its worker. */
export const hasWho = ({ pid, thread, nativeId }: Who): boolean =>
  pid !== undefined || thread !== undefined || nativeId !== undefined;

/** What a line told of its worker so far. */
export interface Found {
  pid?: number;
  thread?: string;
  nativeId?: number;
  pidCalled?: true;
  threadCalled?: true;
}

/** Linux' largest possible process and thread id (`PID_MAX_LIMIT`); a larger number is an address or a handle. */
export const MAX_PID = 4_194_304;
/** Names of the one main thread that a process has. */
const MAIN = /^(?:MainThread|main)$/;
/** Threads that all bear this name, whatever number stands in it. */
const SHARED = /^AnyIO worker thread$/;
/** Addresses of objects, with or without `0x` (glibc's stacks lie at 7f…), and handles as long: used again for other threads. */
const ADDRESS = /0x[0-9a-f]{6,}|^7f[0-9a-f]{10}$|^tid [a-z0-9]{6,}$/i;

export const isMainThread = (thread: string | undefined): boolean => thread !== undefined && MAIN.test(thread);

/** How sure a thread's name is as an identity. */
export function identityOf(thread: string): IdentityKind {
  if (MAIN.test(thread)) return 'numbered';
  if (SHARED.test(thread)) return 'shared-name';
  // An address alone, or beside the process: `4711-139800000106496`.
  const isNumbers = /^[\d/:-]+$/.test(thread) && thread.split(/\D/).some((number) => Number(number) > MAX_PID);
  if (ADDRESS.test(thread) || isNumbers) return 'recycled-ident';
  return /\d|^tid /.test(thread) ? 'numbered' : 'shared-name';
}

/** `MainThread@20833`, `worker-1/20833`, `ThreadPoolExecutor-0_1(20833)`: a name that goes without the number, and its process. */
const NAME_AND_PROCESS = /^((?=.*\d[^@/#:(]*[@/#:(]|MainThread|main\b).{1,60}?) ?[@/#:(](\d{2,7})\)?$/;

/** The process of a name that has it attached. */
function detached(found: Found): Found {
  const both = found.pid === undefined && found.thread !== undefined ? NAME_AND_PROCESS.exec(found.thread) : null;
  const pid = Number(both?.[2]);
  return both?.[1] !== undefined && pid <= MAX_PID ? { ...found, pid, thread: both[1] } : found;
}

/** One text for each worker, the same for nobody. */
export const keyOfWho = ({ pid, thread, nativeId }: Who): string => `${pid ?? ''}/${thread ?? ''}/${nativeId ?? ''}`;

/** What was found, with how sure it is as an identity. */
export function whoOf(raw: Found): Who {
  const found = detached(raw);
  if (found.thread !== undefined) {
    const byName = identityOf(found.thread);
    const identity = found.nativeId !== undefined && byName !== 'numbered' ? 'numbered' : byName;
    return { ...found, identity };
  }
  if (found.nativeId !== undefined) return { ...found, identity: 'numbered' };
  return found.pid === undefined ? {} : { ...found, identity: 'process' };
}

/** A first number is the process, a second one the thread. */
export function takeNumber(text: string, found: Found): void {
  if (found.pid === undefined && Number(text) <= MAX_PID) found.pid = Number(text);
  else takeTid(text, found);
}

/** A native id fits the kernel's range; a larger number is `get_ident()` or a like handle. */
export function takeTid(text: string, found: Found): void {
  const value = Number(text);
  if (value <= MAX_PID) found.nativeId = value;
  else if (found.thread === undefined) found.thread = text;
}

/** A number before a name: `7095-MainThread`. */
export const NUMBER_NAME = /^(\d{1,10})[-/: ]+(\S.*)$/;
