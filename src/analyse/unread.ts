import { PASSING } from './inferences/backlog/thresholds.js';
import type { Look, Seen } from './looks.js';
import type { View } from './view.js';

/** Looks that must show it: one alone may have come before the server read what had just arrived. */
const LOOKS_UNREAD = 2;

/** Connections that a server has accepted and whose request it has not read, beside others that it has. */
export interface Unread {
  readonly unread: Seen;
  /** Those whose request it has read. */
  readonly read: number;
}

/**
 * Of what a server has accepted it has read some requests, and others not, at one look.
 *
 *     Recv-Q   0   127.0.0.1:8080  127.0.0.1:40112  ESTABLISHED 7/java      read: in service
 *            118   127.0.0.1:8080  127.0.0.1:40120  ESTABLISHED 7/java      not read: waits inside
 */
export const unreadAt = ({ owned, unread }: Look): Unread | undefined =>
  owned && unread && unread.value > PASSING && unread.value < owned.value
    ? { unread, read: owned.value - unread.value }
    : undefined;

/**
 * Several looks show it: whoever is not read waits inside. A handler that does not read what it is sent would look the same, so that alone it
 * proves nothing.
 */
export const stayedUnread = ({ looks }: View): boolean =>
  looks.filter((look) => unreadAt(look) !== undefined).length >= LOOKS_UNREAD;
