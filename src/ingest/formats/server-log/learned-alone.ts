import type { Stamp } from '../../../model/time.js';
import { median } from '../../text/median.js';
import { nearestZone } from '../../text/nearest-zone.js';
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

/** Lines are written so soon after the sending, or so shortly before the answer, if nothing lies between, ms. */
const NEAR_MS = 50;
/** What takes less than this may be a begin as well as an end, ms. */
const LASTS_MS = 200;
/** Steps of a clock by which that shows, ms. */
const FINE_MS = 10;
/** Requests that were begun as they came: of the others some waited. */
const AT_ONCE = 3;
const MINUTE_MS = 60_000;

/** Lines of one kind that tell of each request once, and what they tell. */
export interface Alone {
  readonly kind: Kind;
  readonly side: 'begin' | 'end';
}

/**
 * Lines that only begin requests, or only end them. Of several such lines of a request, the first.
 *
 *     sent    |─────────────────|answered        sent    |─────────────────|answered
 *     line     ▲ begin (some as they came)       line                     ▲ end (all)
 *
 * What neither stands near the sending nor near the answer tells nothing: clocks may be apart by a time in service.
 */
export function aloneKind(
  kinds: readonly Kind[],
  times: ReadonlyMap<number, ClientTime>,
  stampOf: (line: number) => Stamp | undefined,
): Alone | undefined {
  const alone = kinds.flatMap((kind) => {
    const side = kind.label === undefined ? sideOf(kind, times, stampOf) : undefined;
    return side ? [{ kind, side }] : [];
  });
  const most = alone.reduce((n, { kind }) => Math.max(n, kind.at.distinct), 0);
  const [first] = alone
    .filter(({ kind }) => kind.at.distinct === most)
    .sort((a, b) => a.kind.at.lines[0]! - b.kind.at.lines[0]!);
  return first;
}

/** A line with what the client says of its request. */
interface Told {
  readonly ms: number;
  readonly resolutionMs: number;
  readonly client: ClientTime;
}

function sideOf(
  { at }: Kind,
  times: ReadonlyMap<number, ClientTime>,
  stampOf: (line: number) => Stamp | undefined,
): Alone['side'] | undefined {
  if (at.distinct < ENOUGH || at.count > at.distinct) return undefined;
  const told = at.ids.flatMap((id, i): Told[] => {
    const [client, stamp] = [times.get(id), stampOf(at.lines[i]!)];
    return client && stamp ? [{ ms: stamp.ms, resolutionMs: stamp.resolutionMs, client }] : [];
  });
  const answered = told.filter(({ client }) => client.answered);
  if (answered.length <= ANSWERED * at.count) return isPrompt(told, at.count) ? 'begin' : undefined;
  return answered.length >= ENOUGH ? byAnswers(answered) : undefined;
}

/**
 * In the log of a server that died before it ended any request none was answered, and each line was written just when the client sent its
 * request. What counts by itself, a beat each second, keeps another time.
 *
 *     sent 1 at 10:00:00.380, 2 at .384, 3 at 1.101       10:00:00.382 begin 1 | .386 begin 2 | 1.103 begin 3
 */
function isPrompt(told: readonly Told[], lines: number): boolean {
  const late = told.map(({ ms, client, resolutionMs }) => ({ ms: ms - client.from, resolutionMs }));
  const middle = median(late.map(({ ms }) => ms));
  const prompt = late.filter(({ ms, resolutionMs }) => Math.abs(ms - middle) <= PROMPT_MS + resolutionMs / 2);
  return prompt.length >= PROMPT_SHARE * lines;
}

/** By clocks that agree, but for a zone: all lines just before the answers, or some just after the sending and none near its answer. */
function byAnswers(told: readonly Told[]): Alone['side'] | undefined {
  if (told.some(({ resolutionMs }) => resolutionMs > FINE_MS)) return undefined;
  const zone = nearestZone(median(told.map(({ ms, client }) => ms - client.from))) * MINUTE_MS;
  const since = told.map(({ ms, client }) => ms - zone - client.from);
  const left = told.map(({ ms, client }) => client.until - (ms - zone));
  const share = (list: readonly number[], is: (ms: number) => boolean) => list.filter(is).length / list.length;
  const within = told.filter((_, i) => since[i]! >= -NEAR_MS && left[i]! >= -NEAR_MS).length;
  if (within < PROMPT_SHARE * told.length) return undefined;
  if (share(left, (ms) => ms <= NEAR_MS) >= PROMPT_SHARE) return median(since) >= LASTS_MS ? 'end' : undefined;
  const atOnce = since.filter((ms) => ms <= NEAR_MS).length;
  return atOnce >= AT_ONCE && share(left, (ms) => ms < LASTS_MS) <= 1 - PROMPT_SHARE ? 'begin' : undefined;
}
