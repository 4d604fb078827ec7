import { EVENT } from '../../../model/events.js';
import type { Message } from '../../../model/message.js';
import { say } from '../../../words/ids.js';
import { hasWho, type Who } from '../../logs/parts/who-found.js';
import type { RunContext } from '../format.js';
import { FoldedEvents } from './folded-events.js';
import { fewer, type Halves, sidesOf } from './halves.js';
import type { Counted, Learned, LearnedRow } from './learned.js';
import { Learner } from './learner.js';
import { comeInOrder } from './same-order.js';
import { entryFor } from './snippet.js';
import type { Told } from './told.js';

/** Requests that learnt lines must begin, of those of which other lines tell begin and end. */
const ENOUGH_BESIDE = 0.5;
/** Answers of clients from which a log without any end lacks them. */
const ANSWERS = 5;
/** Characters of an example that are shown. */
const SHOWN = 200;

/** A text that tells nothing known, and the worker that a logger's form names in it. */
export interface Unknown {
  readonly text: string;
  readonly who: Who;
}

/** Lines that no pattern understands, or not wholly: once the file is read, their structure tells what they mean. */
export class LearnedLines {
  readonly #context: RunContext;
  readonly #learner: Learner;
  readonly #folded: FoldedEvents;
  /** Lines that tell a request with its duration, and may have been begun by a line that is still to be learnt. */
  readonly #offered = new Set<number>();

  constructor(context: RunContext) {
    this.#context = context;
    this.#learner = new Learner(context);
    this.#folded = new FoldedEvents(new Learner(context));
  }

  /** @param timed what tells the time, where the line's own text does not */
  take(number: number, line: string, unknown: readonly Unknown[], counted: Counted, timed: string | undefined): void {
    for (const { text, who } of unknown) this.#learner.take(number, text, counted, who, timed);
    this.#folded.take(number, timed === undefined ? line : `${timed}${line}`, counted);
  }

  /** Notes a line that tells a request whole, and may be the end of what another line begins. */
  offer(line: number): void {
    this.#offered.add(line);
  }

  /**
   * Adds what the lines tell beside what is told already: access lines alone tell ends, and the handler's own lines may still be there
   * to be learnt.
   *
   * @returns what was learnt, for the user to confirm
   */
  addTo(told: Told, halves: Halves): Message | undefined {
    const { begins } = told.counts;
    if (halves.areOneSided) return this.#learnAnew(told, halves) ?? this.#leaveHalf(told, halves);
    return begins === 0 ? this.#learn(told) : undefined;
  }

  /** What handlers' words told is given up for a pair of lines that tells more. */
  #learnAnew(told: Told, halves: Halves): Message | undefined {
    const learned = this.#learner.learn();
    if (!learned || fewer(sidesOf(learned.rows.map(({ kind }) => kind))) <= fewer(halves.told)) return undefined;
    told.giveUp(halves.lines);
    return this.#add(told, learned);
  }

  /** Begins of which nothing tells which request they are of, nor that any ended, though clients had answers: the ends stand in unknown words. */
  #leaveHalf(told: Told, halves: Halves): undefined {
    const answers = this.#context.clientWaits?.().length ?? 0;
    if (answers < ANSWERS || !told.endsNothing || halves.areStated) return;
    told.leaveOut(halves.lines);
    told.ledger.note(say('logs.noEnds', { begins: halves.told.begins, answers }));
  }

  /** A log that no pattern knows: its begins and ends by structure. */
  #learn(told: Told): Message | undefined {
    const { begins, ends, spans } = told.counts;
    const learned =
      this.#learner.learn() ??
      this.#folded.learn() ??
      (begins + ends + spans === 0 ? (this.#learner.learnSpans() ?? this.#learner.learnAlone()) : undefined);
    if (learned?.rows[0]?.took || learned?.alone) return this.#add(told, learned);
    const requests = learned?.rows.filter(({ kind }) => kind === 'begin').length ?? 0;
    // Lines that tell whole requests tell more than others that tell of a part of them.
    if (!learned || requests < ENOUGH_BESIDE * (spans - this.#offered.size)) return undefined;
    return this.#add(told, learned);
  }

  #add(told: Told, learned: Learned): Message {
    const { events } = told;
    const offered = events.patternsOf(this.#offered);
    const ends = learned.rows.find(({ line }) => offered.has(line));
    // Begin and end of a request are lines of one kind.
    const pattern = offered.get(ends?.line ?? -1) ?? events.patternCode('learned');
    const own = this.#ownId(learned);
    const named = learned.rows.filter(({ line, who }) => offered.has(line) && hasWho(who));
    events.nameWorkers(new Map(named.map(({ line, who }) => [line, who])));
    this.#leaveOthers(told, learned);
    const rows = learned.rows.filter(({ line }) => !offered.has(line));
    told.times.resolveStamps(rows.map((row) => addRow(told, row, own(row.id), pattern)));
    told.moveToUsed(learned.rows);
    const message = describe(learned);
    told.ledger.note(message, learned.begin.line);
    return message;
  }

  /** Numbers of which only some path or query of the client's says that they are ids must come in its order, or they are the server's own. */
  #ownId({ rows }: Learned): (id: number) => number {
    const { clientIds, ids, requestId } = this.#context;
    const ends = rows.filter(({ kind }) => kind === 'end').map(({ id }) => id);
    if (!requestId.isGuess || !clientIds || comeInOrder(ends, clientIds())) return (id) => id;
    return (id) => (Number.isNaN(id) ? id : ids.encode(`own ${ids.decode(id)}`));
  }

  /** Lines that tell whole requests beside those that begin and end them are somebody else's, unless the client knows their ids: probes of health. */
  #leaveOthers(told: Told, { rows }: Learned): void {
    const clientIds = this.#context.clientIds?.();
    if (!clientIds || clientIds.size === 0) return;
    const learned = new Set(rows.map(({ line }) => line));
    const beside = new Set([...this.#offered].filter((line) => !learned.has(line)));
    told.leaveOut(told.events.linesOfOthers(beside, (id) => clientIds.has(id)));
  }
}

/** Adds what a line was learnt to tell; its row. */
function addRow(told: Told, { line, kind, stamp, who, took }: LearnedRow, id: number, pattern: number): number {
  told.countFor('learned');
  const event = { line, stamp, id, status: 0, pattern, who };
  if (!took) return told.add({ ...event, kind: EVENT[kind] });
  const { ms: durationMs, resolutionMs: durationResolutionMs } = took;
  return told.add({ ...event, kind: EVENT.span, durationMs, durationResolutionMs });
}

/** What was learnt, and how to confirm it. */
function describe({ rows, begin, end, alone, patterns }: Learned): Message {
  const [first, last] = [begin, end].map((one) => one?.text.slice(0, SHOWN) ?? '') as [string, string];
  if (alone) return say('logs.learnedAlone', { line: first, side: alone });
  if (rows[0]?.took) return say('logs.learnedSpans', { line: last });
  const entries = patterns ? `[${entryFor('begin', patterns.begin)}, ${entryFor('end', patterns.end)}]` : '';
  return say('logs.learned', { begin: first, end: last, entries });
}
