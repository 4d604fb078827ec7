import { type Found, takeTid, type Who, whoOf } from './who-found.js';

/** Names under which loggers keep a process, the first that is there counts; dots lead into objects (ECS writes either form). */
const PID = ['pid', 'process.pid', 'process_id', 'processId', 'process.id', 'process'];
const NAME = ['thread', 'threadName', 'thread_name', 'process.thread.name', 'thread.name', 'thr'];
const WORKER = ['worker'];
const NUMBER = ['tid', 'thread_id', 'threadId', 'process.thread.id', 'thread.id'];

/** The worker of a line that names its fields; `get` gives the value of a field, `undefined` if there is none. */
export function keyedWho(get: (name: string) => unknown): Who {
  const first = <T>(names: readonly string[], as: (value: unknown) => T | undefined): T | undefined => {
    for (const name of names) {
      const value = as(get(name));
      if (value !== undefined) return value;
    }
    return undefined;
  };
  const found: Found = {};
  const pid = first(PID, wholeNumber);
  const named = first(NAME, nonEmptyText);
  const core = wholeNumber(get('core'));
  // uWSGI's slot of a thread in its process.
  const thread = named ?? first(WORKER, nonEmptyText) ?? (core === undefined ? undefined : `core ${core}`);
  const tid = first(NUMBER, wholeNumber);
  // 0 is what forms with a place for a process write where there is none.
  if (pid !== undefined && pid > 0) Object.assign(found, { pid, pidCalled: true });
  if (thread !== undefined) found.thread = thread;
  if (tid !== undefined && tid > 0) takeTid(String(tid), found);
  if (named !== undefined || (thread === undefined && tid !== undefined && tid > 0)) found.threadCalled = true;
  return whoOf(found);
}

const nonEmptyText = (value: unknown): string | undefined =>
  typeof value === 'number'
    ? String(value)
    : typeof value === 'string' && value.trim() !== ''
      ? value.trim()
      : undefined;

/** gunicorn's `%(p)s` writes `<13>`. */
function wholeNumber(value: unknown): number | undefined {
  const text = typeof value === 'string' ? value.replace(/^<(\d+)>$/, '$1') : value;
  const n = typeof text === 'number' || (typeof text === 'string' && text !== '') ? Number(text) : Number.NaN;
  return Number.isSafeInteger(n) && n >= 0 ? n : undefined;
}
