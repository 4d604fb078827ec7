import { append } from '../../model/append.js';
import { EVENT, type ServerEvents } from '../../model/events.js';
import { isStampedBefore } from './late-stamps.js';
import type { Statement } from './statement.js';

/** Summer time moves clocks by an hour; one place moves them by half. */
const STEPS_MS = [3_600_000, -3_600_000, 1_800_000, -1_800_000];
/** How exactly a step must be met: requests take their time, ms. */
const STEP_TOLERANCE_MS = 300_000;
/** Requests on each side of a step that must show it. */
const ENOUGH = 3;

/** From this line of the log on, the wall clock is ahead by so much more, ms. */
export interface ClockChange {
  readonly source: number;
  readonly line: number;
  readonly byMs: number;
  /** The last line that is surely before it. */
  readonly after: number;
}

/**
 * Finds the moment at which the log's wall clock was put forward or back: the ends of requests, which follow the client's closely,
 * are off by an hour from some line on. Where none ended before it, the begins tell: these come late by as long as requests wait.
 *
 *     end in log − end at client     ────────┐
 *                                            └────────      an hour less: the end of summer time
 */
export function clockChangeOf(statements: readonly Statement[]): ClockChange | undefined {
  const local = statements.filter(({ zoned }) => !zoned);
  return changeAmong(local.filter(({ side }) => side === 'at-least')) ?? changeAmong(local);
}

function changeAmong(statements: readonly Statement[]): ClockChange | undefined {
  const bySource = new Map<number, Statement[]>();
  for (const one of statements) append(bySource, one.source, one);
  for (const list of bySource.values()) {
    const found = changeIn(list.sort((a, b) => a.line - b.line));
    if (found) return found;
  }
  return undefined;
}

function changeIn(ends: readonly Statement[]): ClockChange | undefined {
  for (let k = ENOUGH; k + ENOUGH <= ends.length; k++) {
    const step = ends[k]!.value - ends[k - 1]!.value;
    const byMs = STEPS_MS.find((ms) => Math.abs(step - ms) < STEP_TOLERANCE_MS);
    if (byMs === undefined) continue;
    const before = ends[k - 1]!.value;
    const kept = (list: readonly Statement[], level: number) =>
      list.filter(({ value }) => Math.abs(value - level) < STEP_TOLERANCE_MS).length >= 0.9 * list.length;
    if (kept(ends.slice(0, k), before) && kept(ends.slice(k), before + byMs)) {
      return { source: ends[k]!.source, line: ends[k]!.line, byMs, after: ends[k - 1]!.line };
    }
  }
  return undefined;
}

/**
 * The very line of a change that two ends enclose: where the stamps themselves step. Begins stand between those ends, and belong to the
 * one side or the other.
 */
export function exactly(change: ClockChange, { count, source, line, time, zoned }: ServerEvents): ClockChange {
  let before: number | undefined;
  let best = change;
  let off = STEP_TOLERANCE_MS;
  for (let i = 0; i < count; i++) {
    if (source[i] !== change.source || zoned[i] === 1 || line[i]! < change.after || Number.isNaN(time[i]!)) continue;
    if (line[i]! > change.line) break;
    const apart = before === undefined ? Number.POSITIVE_INFINITY : Math.abs(time[i]! - before - change.byMs);
    if (apart < off) {
      off = apart;
      best = { ...change, line: line[i]! };
    }
    before = time[i]!;
  }
  return best;
}

/** Between the two lines round a change no more time passes than this, ms: the next request is soon there. */
const NEXT_LINE_MS = 60_000;
/** Requests that last over a jump forward seem to take an hour; all others must take less than this share of it. */
const SHORT_SHARE = 0.1;

/**
 * A change as the log alone shows it, where too few requests pair on one side of it: stamps go back by an hour from one line to the next;
 * or they go on by one, and requests last over that which else are short.
 */
export function changeInLog(events: ServerEvents): ClockChange | undefined {
  const { source, line, time, zoned } = events;
  const rows = inLineOrder(events);
  let change: (ClockChange & { readonly jumpAt: number }) | undefined;
  let before = rows[0] ?? 0;
  for (const i of rows.subarray(1)) {
    const last = before;
    if (change && isStampedBefore(events, i, { ...change, now: time[last]! - change.byMs })) continue;
    // Lines that state their zone differ from those beside them by that, and by no change.
    if (zoned[i] === 1) continue;
    before = i;
    if (source[i] !== source[last] || zoned[last] === 1) continue;
    const step = time[i]! - time[last]!;
    const byMs = STEPS_MS.find((ms) => step >= ms - TURNED_MS && step <= ms + NEXT_LINE_MS);
    if (byMs === undefined) continue;
    // Two of them are no summer time but a log that is put together from several.
    if (change) return undefined;
    change = { source: source[i]!, line: line[i]!, byMs, after: line[last]!, jumpAt: time[i]! - byMs };
  }
  if (!change || (change.byMs > 0 && !lastsOver(events, change))) return undefined;
  const { jumpAt: _, ...found } = change;
  return found;
}

/** Lines of two threads may change places by so much, ms. */
const TURNED_MS = 100;

/** Rows that were learnt stand behind all others, whatever their lines. */
function inLineOrder({ source, line }: ServerEvents): Uint32Array {
  const rows = Uint32Array.from(line.keys());
  const isBehind = (a: number, b: number) => source[a]! - source[b]! || line[a]! - line[b]! || a - b;
  return rows.every((i) => i === 0 || isBehind(i - 1, i) < 0) ? rows : rows.sort(isBehind);
}

/** Whether requests that were begun before the change ended after it, and none but those took as long. */
function lastsOver(events: ServerEvents, change: ClockChange): boolean {
  const { kind, id, line, time, zoned } = events;
  const begun = new Map<number, number>();
  let over = 0;
  for (const i of inLineOrder(events)) {
    if (Number.isNaN(id[i]!) || zoned[i] === 1) continue;
    if (kind[i] === EVENT.begin) begun.set(id[i]!, i);
    else {
      const from = begun.get(id[i]!);
      if (from === undefined) continue;
      begun.delete(id[i]!);
      if (line[from]! < change.line && line[i]! >= change.line) over++;
      else if (time[i]! - time[from]! > SHORT_SHARE * change.byMs) return false;
    }
  }
  return over > 0;
}
