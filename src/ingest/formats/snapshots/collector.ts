import type { Message } from '../../../model/message.js';
import type { ConnectionTally, CounterSnapshot, ProcessSnapshot, SocketSnapshot } from '../../../model/snapshot.js';
import type { Stamp } from '../../../model/time.js';
import { say } from '../../../words/ids.js';
import type { CommandOutput, CommandRow, ListenerRow, SectionReader } from '../../commands/command-output.js';
import { Dictionary } from '../../text/columns.js';
import { DayCount } from '../../text/day-count.js';
import type { Ledger } from '../../text/ledger.js';
import { type Mutable, OpenSection } from './open-section.js';
import type { SectionHandler } from './sections.js';
import { MAX_SECTION_ROWS, type PendingRow, SocketRows, type Tallies } from './socket-rows.js';

/** A recording of a week at one snapshot every six seconds; what comes after is left out and said. */
const MAX_SNAPSHOTS = 100_000;
const MAX_PROCESSES = 400_000;
const MAX_LISTENERS = 262_144;
/** Tallies of a whole file; a file that needs more has no service port that repeats. */
const MAX_TALLIES = 500_000;
const MAX_PENDING = 65_536;
/** Distinct command lines, program names and addresses. */
const MAX_TEXTS = 100_000;
const NO_TEXT = 0xffff_ffff;

interface Draft {
  readonly snapshot: Mutable<SocketSnapshot>;
  readonly tallies: Tallies;
  readonly pending: readonly PendingRow[];
}

/** What the sections of a file add up to. */
export class Collector implements SectionHandler {
  readonly sockets: SocketSnapshot[] = [];
  readonly processes: ProcessSnapshot[] = [];
  readonly counters: CounterSnapshot[] = [];
  /** Rows by state, TCP only, in net-tools' spelling. */
  readonly states: Record<string, number> = {};
  /** Ids of the commands in order of appearance. */
  readonly commands = new Set<string>();
  timedBy: 'line' | 'file-name' | undefined;
  from: number | undefined;
  to: number | undefined;
  readonly zones = new Set<'stated' | 'not stated'>();
  readonly #source: number;
  readonly #ledger: Ledger;
  readonly #services: Set<number>;
  readonly #rows = new SocketRows();
  readonly #drafts: Draft[] = [];
  readonly #texts = new Dictionary(MAX_TEXTS);
  readonly #told = new Set<string>();
  #section: OpenSection | undefined;
  #stamp: Stamp | undefined;
  readonly #days = new DayCount();
  #counts = { snapshots: 0, processes: 0, listeners: 0, tallies: 0, pending: 0 };

  /** @param ports that the run's server is known to listen on. @param nameStamp the time in the file's name. */
  constructor(source: number, ledger: Ledger, ports: ReadonlySet<number>, nameStamp: Stamp | undefined) {
    this.#source = source;
    this.#ledger = ledger;
    this.#services = new Set(ports);
    this.#stamp = nameStamp;
    if (nameStamp) this.timedBy = 'file-name';
  }

  time(stamp: Stamp, line: number): void {
    if (stamp.dateless) this.#once(say('sockets.dateMissing', {}), line);
    this.#stamp = stamp.dateless ? { ...stamp, ms: this.#days.of(stamp.ms) } : stamp;
    this.timedBy = 'line';
  }

  open(command: CommandOutput, reader: SectionReader, _certain: boolean, line: number): void {
    this.commands.add(command.id);
    this.#section = new OpenSection(command, reader, line);
  }

  refused(as: string, line: number): void {
    this.#once(say('sockets.partNotNeeded', { as }), line);
  }

  line(verdict: 'used' | 'ignored' | 'skipped', line: number, text: string): void {
    if (verdict === 'used') this.#ledger.use();
    else if (verdict === 'ignored') this.#ledger.ignore();
    else this.#ledger.skip(line, say('problem.notUnderstood', {}), text);
  }

  row(row: CommandRow, line: number, text: string): void {
    const section = this.#section as OpenSection;
    if (row.kind === 'ignored') this.#ledger.ignore();
    else if (row.kind === 'unusable') this.#ledger.skip(line, unusable(row, section.command.id), text);
    else {
      this.#ledger.use();
      this.#fact(row, line, section);
    }
  }

  #fact(row: Exclude<CommandRow, { kind: 'ignored' | 'unusable' }>, line: number, section: OpenSection): void {
    switch (row.kind) {
      case 'connection':
        this.states[row.state] = (this.states[row.state] ?? 0) + 1;
        section.connections++;
        this.#rows.add(row, line);
        break;
      case 'listener':
        this.states.LISTEN = (this.states.LISTEN ?? 0) + 1;
        this.#listener(row.listener, line, section);
        break;
      case 'listen-queue':
        this.#listener(row.listener, line, section);
        break;
      case 'process':
        this.#process(row, line, section);
        break;
      default:
        section.number(row, line);
    }
  }

  close(): void {
    const section = this.#section;
    this.#section = undefined;
    if (section === undefined) return;
    if (this.#rows.dropped > 0) this.#once(say('sockets.rowsBounded', { limit: MAX_SECTION_ROWS }), section.line);
    if (this.#counts.snapshots >= MAX_SNAPSHOTS) {
      this.#once(say('sockets.snapshotsBounded', { limit: MAX_SNAPSHOTS }), section.line);
      this.#rows.finish(this.#services);
      return;
    }
    this.#counts.snapshots++;
    if (section.command.shows === 'processes') this.#closeProcesses(section);
    else if (section.command.shows === 'counters') this.#closeCounters(section);
    else this.#closeSockets(section);
  }

  /** All lines are in: decides the rows that waited for a listener, and orders the tallies. */
  finish(): void {
    for (const { snapshot, tallies, pending } of this.#drafts) {
      for (const row of pending) {
        if (this.#services.has(row.local)) tallies.add(row, 'server');
        else if (this.#services.has(row.foreign)) tallies.add(row, 'client');
      }
      const room = Math.max(0, MAX_TALLIES - this.#counts.tallies);
      snapshot.connections = tallies.list(this.#services, Math.min(room, 4096));
      this.#counts.tallies += snapshot.connections.length;
      this.sockets.push(snapshot);
    }
    this.#drafts.length = 0;
  }

  #closeSockets(section: OpenSection): void {
    const connections = section.connections > 0;
    const owners = this.#rows.namesOwners || section.listeners.some((listener) => (listener.pids?.length ?? 0) > 0);
    const { tallies, pending } = this.#rows.finish(this.#services);
    const lists = section.reader.lists;
    const waiting = pending.slice(0, Math.max(0, MAX_PENDING - this.#counts.pending));
    this.#counts.pending += waiting.length;
    const snapshot: Mutable<SocketSnapshot> = {
      ...this.#head(section),
      ...(this.#stamp ? { timeFrom: this.timedBy ?? 'line' } : {}),
      command: section.command.id,
      shows: {
        connections: lists?.connections ?? connections,
        listeners: lists?.listeners ?? section.listeners.length > 0,
        owners,
      },
      listeners: section.listeners,
      connections: [] as readonly ConnectionTally[],
      ...section.totalled(),
    };
    this.#drafts.push({ snapshot, tallies, pending: waiting });
  }

  #closeProcesses(section: OpenSection): void {
    this.processes.push({ ...this.#head(section), processes: [...section.processes.values()] });
  }

  #closeCounters(section: OpenSection): void {
    this.counters.push({
      ...this.#head(section),
      counters: { ...section.reader.implied, ...section.counters },
      lines: section.counterLines,
    });
  }

  #head(section: OpenSection): Pick<SocketSnapshot, 'source' | 'line' | 'time' | 'zoned' | 'dateless'> {
    const stamp = this.#stamp;
    const place = { source: this.#source, line: section.line };
    if (!stamp) return place;
    this.zones.add(stamp.zoned ? 'stated' : 'not stated');
    if (!stamp.dateless) {
      this.from = Math.min(this.from ?? stamp.ms, stamp.ms);
      this.to = Math.max(this.to ?? stamp.ms, stamp.ms);
    }
    return { ...place, time: stamp.ms, zoned: stamp.zoned, ...(stamp.dateless ? { dateless: true } : {}) };
  }

  #listener(row: ListenerRow, line: number, section: OpenSection): void {
    this.#services.add(row.port);
    if (section.command.id === 'lsof' && section.alsoHeldBy(row)) return;
    if (this.#counts.listeners >= MAX_LISTENERS) return;
    this.#counts.listeners++;
    const program = row.program === undefined ? {} : { program: this.#kept(row.program) };
    section.listeners.push({ ...row, address: this.#kept(row.address), ...program, line });
  }

  #process({ process, thread }: Extract<CommandRow, { kind: 'process' }>, line: number, section: OpenSection): void {
    const known = section.processes.get(process.pid);
    if (known) {
      if (thread && process.threads === undefined) known.threads = (known.threads ?? 1) + 1;
      return;
    }
    if (this.#counts.processes >= MAX_PROCESSES) {
      this.#once(say('sockets.processesBounded', { limit: MAX_PROCESSES }), line);
      return;
    }
    this.#counts.processes++;
    const counted = thread && process.threads === undefined ? { threads: 1 } : {};
    section.processes.set(process.pid, { ...process, ...counted, command: this.#kept(process.command), line });
  }

  /** One copy of a text that occurs again and again, which does not keep the file's block alive. */
  #kept(text: string): string {
    const code = this.#texts.encode(text, NO_TEXT);
    return code === NO_TEXT ? '' : (this.#texts.texts[code] as string);
  }

  #once(message: Message, line: number): void {
    const key = JSON.stringify(message);
    if (this.#told.has(key)) return;
    this.#told.add(key);
    this.#ledger.note(message, line);
  }
}

function unusable(row: Extract<CommandRow, { kind: 'unusable' }>, command: string): Message {
  const what = row.what.slice(0, 60);
  return row.why === 'state'
    ? say('sockets.stateUnknown', { command, word: what })
    : say('sockets.valuesUnusable', { command, what });
}
