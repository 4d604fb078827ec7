import type { Stamp } from '../../../model/time.js';
import type { ClientTime } from '../format.js';
import type { Kind } from './occurrences.js';

/** Requests of which a line must tell. */
const ENOUGH = 5;
/** Share of them that may have been answered: whose begin is told and whose end is not. */
const ANSWERED = 0.05;
/** A server takes what it has room for by so much more or less promptly, ms: connections that many open at once take their time … */
const PROMPT_MS = 300;
/** … for this share of the requests. */
const PROMPT_SHARE = 0.9;

/**
 * Lines that only begin requests, in the log of a server that died before it ended any: none of them was answered, and each was
 * written just when the client sent its request. What counts by itself, a beat each second, keeps another time.
 *
 *     sent 1 at 10:00:00.380, 2 at .384, 3 at 1.101       10:00:00.382 begin 1 | .386 begin 2 | 1.103 begin 3
 *
 * Of several such lines of a request, the first.
 */
export function beginsAlone(
  kinds: readonly Kind[],
  times: ReadonlyMap<number, ClientTime>,
  stampOf: (line: number) => Stamp | undefined,
): Kind | undefined {
  const alone = kinds.filter((kind) => kind.label === undefined && isBegin(kind, times, stampOf));
  const most = alone.reduce((n, { at }) => Math.max(n, at.distinct), 0);
  const [first] = alone.filter(({ at }) => at.distinct === most).sort((a, b) => a.at.lines[0]! - b.at.lines[0]!);
  return first;
}

function isBegin(
  { at }: Kind,
  times: ReadonlyMap<number, ClientTime>,
  stampOf: (line: number) => Stamp | undefined,
): boolean {
  if (at.distinct < ENOUGH || at.count > at.distinct) return false;
  const sent = at.ids.map((id) => times.get(id));
  if (sent.filter((one) => one?.answered).length > ANSWERED * at.count) return false;
  const late: { readonly ms: number; readonly resolutionMs: number }[] = [];
  for (const [i, one] of sent.entries()) {
    const stamp = stampOf(at.lines[i]!);
    if (one && stamp) late.push({ ms: stamp.ms - one.from, resolutionMs: stamp.resolutionMs });
  }
  const middle = [...late].sort((a, b) => a.ms - b.ms)[late.length >> 1]?.ms ?? 0;
  const prompt = late.filter(({ ms, resolutionMs }) => Math.abs(ms - middle) <= PROMPT_MS + resolutionMs / 2);
  return prompt.length >= PROMPT_SHARE * at.count;
}
