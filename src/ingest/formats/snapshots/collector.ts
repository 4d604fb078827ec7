import type { Message } from '../../../model/message.js';
import type {
  ConnectionTally,
  CounterSnapshot,
  Listener,
  Process,
  ProcessSnapshot,
  SocketSnapshot,
} from '../../../model/snapshot.js';
import type { Stamp } from '../../../model/time.js';
import { say } from '../../../words/ids.js';
import type { CommandOutput, CommandRow, ListenerRow, SectionReader } from '../../commands/command-output.js';
import { Dictionary } from '../../text/columns.js';
import type { Ledger } from '../../text/ledger.js';
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

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
interface Draft {
  readonly snapshot: Mutable<SocketSnapshot>;
  readonly tallies: Tallies;
  readonly pending: readonly PendingRow[];
}

/** The facts of the section that is open. */
interface OpenSection {
  readonly command: CommandOutput;
  readonly reader: SectionReader;
  readonly line: number;
  readonly listeners: Listener[];
  readonly processes: Map<number, Mutable<Process>>;
  readonly counters: Record<string, number>;
  readonly counterLines: Record<string, number>;
  readonly totals: Map<string, number>;
  main: string | undefined;
  connections: number;
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
    this.#stamp = stamp;
    this.timedBy = 'line';
  }

  open(command: CommandOutput, reader: SectionReader, _certain: boolean, line: number): void {
    this.commands.add(command.id);
    this.#section = {
      command,
      reader,
      line,
      listeners: [],
      processes: new Map(),
      counters: {},
      counterLines: {},
      totals: new Map(),
      main: undefined,
      connections: 0,
    };
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
      case 'counter':
        section.counters[row.name] = row.value;
        section.counterLines[row.name] = line;
        break;
      case 'counters':
        Object.assign(section.counters, row.values);
        for (const name of Object.keys(row.values)) section.counterLines[name] = line;
        break;
      case 'total':
        if (row.main) section.main ??= row.what;
        section.totals.set(row.what, row.value);
        break;
      case 'totals':
        for (const { what, value } of row.totals) {
          section.main ??= what;
          section.totals.set(what, (section.totals.get(what) ?? 0) + value);
        }
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
    const [main, ...more] = [...section.totals];
    const total =
      section.main === undefined ? main : ([section.main, section.totals.get(section.main) as number] as const);
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
      ...(total ? { total: { what: total[0], value: total[1] } } : {}),
      ...(more.length > 0 ? { totals: Object.fromEntries(section.totals) } : {}),
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
    const known = section.command.id === 'lsof' ? section.listeners.find((one) => isSame(one, row)) : undefined;
    if (known) {
      section.listeners[section.listeners.indexOf(known)] = { ...known, pids: union(known.pids, row.pids) };
      return;
    }
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

function isSame(one: Listener, row: ListenerRow): boolean {
  return one.port === row.port && one.address === row.address;
}

function union(a: readonly number[] | undefined, b: readonly number[] | undefined): readonly number[] {
  return [...new Set([...(a ?? []), ...(b ?? [])])].sort((x, y) => x - y);
}
