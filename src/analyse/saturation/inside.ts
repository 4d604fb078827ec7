import { say } from '../../words/ids.js';
import type { Capacity } from '../capacity.js';
import { cite } from '../cite.js';
import { acceptedAt } from '../inferences/max-concurrency/from-sockets.js';
import type { Look } from '../looks.js';
import { unlinedOf } from '../service/hidden.js';
import { between, timeAtEach } from '../stats/spans.js';
import { valueAt } from '../stats/steps.js';
import { stayedUnread, unreadAt } from '../unread.js';
import type { View } from '../view.js';
import type { Signal } from './signal.js';

/** So many looks are no chance … */
const LOOKS = 3;
/** … if each shows so many more accepted than were ever in service: one may be on its way in or out. */
const MORE = 2;
/** … and the peak held for so much of the time between the first and the last of them: without a limit the count goes up and down. */
const HELD_SHARE = 0.5;
/** … or every worker of the pool was busy for so long in all, ms. */
const ALL_BUSY_MS = 1500;

/**
 * Look after look more were accepted than were ever in service, none of them idle, as the client's requests under way tell, or that the server has not
 * read what they sent. Where stamps are coarser than the waits are long, no line
 * of the log shows these.
 *
 *     accepted    17 ── ─ ── ──        in service  10 ───────────────        requests on their way  17 ───────────────
 */
export function insideSignal(view: View, { value, steps, slots }: Capacity): Signal | undefined {
  const { inFlight, looks, service, clientPartial, timeline } = view;
  const byClient = inFlight !== undefined && !clientPartial;
  if (service?.lossy || !(byClient || stayedUnread(view))) return undefined;
  const unlined = unlinedOf(timeline);
  const more = looks.filter((look): look is Look & { at: number } => {
    if (look.at === undefined) return false;
    const accepted = acceptedAt(look)?.value ?? look.established?.value ?? 0;
    // Those of whom a log of ends alone has no line may be in service beside.
    const served = value + (unlined ? valueAt(unlined, look.at) : 0);
    const busy = byClient ? valueAt(inFlight, look.at) : served + (unreadAt(look)?.unread.value ?? 0) + MORE;
    return accepted >= served + MORE && busy >= accepted;
  });
  const first = more[0];
  if (!first || more.length < LOOKS) return undefined;
  const last = more.at(-1)!;
  const underWay = byClient ? inFlight : steps;
  const held = timeAtEach(between(steps, first.at, last.at), between(underWay, first.at, last.at), (n) => n > 0);
  const atPeak = held.get(value) ?? 0;
  // Processes with a queue each drain unevenly: some are idle while others wait on.
  const holds = atPeak >= HELD_SHARE * (last.at - first.at) || (slots === value && atPeak >= ALL_BUSY_MS);
  const established = first.established!.value;
  return {
    id: 'inside',
    name: say('saturation.inside', { looks: more.length }),
    value: more.length,
    holds,
    evidence: holds
      ? [cite(timeline, first.established!, say('backlog.says.established', { established, inService: value }))]
      : [],
  };
}
