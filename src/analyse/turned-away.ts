import { OUTCOME_CODE } from '../model/samples.js';

/** In these ways a server that has room for no more ends a request itself. */
const BY_SERVER = ['refused', 'reset', 'http-429', 'http-503', 'server-error'] as const;

/** What the client says of a request that a server with a full queue turns away at once. */
export const TURNED_AWAY_AT_ONCE: ReadonlySet<number> = new Set(BY_SERVER.map((kind) => OUTCOME_CODE[kind]));

/** … or in the end: the kernel lets it try until the client gives up. */
export const TURNED_AWAY: ReadonlySet<number> = new Set([...TURNED_AWAY_AT_ONCE, OUTCOME_CODE['connect-timeout']]);

/** Turned away within this, ms, it was so at once; an answer that takes longer may have waited for its turn. */
export const AT_ONCE_MS = 200;
