/** Names of what belongs to who is served: it may serve one request at a time, too, and is no worker. */
const NAMES = 'client|remote|user|session|conn|connection|port|peer|host|vu|addr|ip|socket|fd';

/** `conn=7`, `session-3`. */
const NUMBERED = new RegExp(`^(?:${NAMES})[=:#_.-]?\\d`, 'i');
/** What stands before a word: `client_id=`, `from `. */
const CALLED = new RegExp(`(?:${NAMES}|from)[\\w.-]*["']?[\\s:=#[("]{0,3}$`, 'i');

/** Whether a word says itself that it is of who is served. */
export const isOfClient = (word: string): boolean => NUMBERED.test(word);

/** Whether what stands before a word says so. */
export const leadsToClient = (before: string): boolean => CALLED.test(before);
