import { access, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../errors.js';
import type { Message } from '../model/message.js';
import { say } from '../words/ids.js';
import { collectFacts, type Facts } from './facts.js';
import { fillIn, type LoadEnd, runLoad } from './load.js';
import type { RecordHooks, RecordOptions, RecordResult } from './options.js';
import { discard, type Plan, prepare } from './prepare.js';
import { ProcessTree } from './processes.js';
import { runFileText } from './run-file.js';
import { firstFinding, howItEnded } from './saying.js';
import { isEmpty, type Server, startServer, tailOf } from './server.js';
import { recordCounters, Snapshots } from './snapshots.js';
import { portsHeldBy, viewPort } from './sockets.js';
import { joinCommand } from './split-command.js';
import { isoWithZone, pause } from './time.js';
import { run } from './tools.js';

export type { RecordHooks, RecordOptions, RecordResult } from './options.js';

const EVERY_MS = 1_000;
/** Long enough for the last requests of a load with short sleeps; longer handlers need `drainMs`. */
const DRAIN_MS = 30_000;
/** A server that has not begun to listen by then is most likely listening somewhere else. */
const LISTEN_PATIENCE_MS = 60_000;
const LISTEN_LOOK_MS = 100;
/** The longest that a timer can wait: 24 days. */
const FOREVER_MS = 2 ** 31 - 1;

/**
 * Records one run: starts the server, takes snapshots while the load runs, lets the server drain, stops it, and writes down what no
 * file tells. Sends no traffic of its own; whether the port listens is read from the socket table.
 * @throws UserError where the recording can't begin; the folder is then as it was.
 */
export async function record(options: RecordOptions, hooks: RecordHooks): Promise<RecordResult> {
  const plan = await prepare(options);
  return new Recording(options, plan, hooks).record();
}

class Recording {
  private readonly folder: string;
  private readonly snapshots: Snapshots;
  private readonly files: string[] = [];
  private readonly warnings: Message[];
  private readonly began = new Date();
  /** Ends whatever is still running when the recording is over or has failed. */
  private readonly ending = new AbortController();
  /** The user's wish to end, or the recording's own end. */
  private readonly over: AbortSignal;
  private server: Server | undefined;
  /** When the server ended, if it did so by itself. */
  private serverEndedAt: Date | undefined;
  private loadEnd: LoadEnd | undefined;
  private facts: Facts | undefined;

  constructor(
    private readonly options: RecordOptions,
    private readonly plan: Plan,
    private readonly hooks: RecordHooks,
  ) {
    this.folder = plan.folder.path;
    this.warnings = [...plan.warnings];
    this.over = AbortSignal.any([hooks.signal, this.ending.signal]);
    this.snapshots = new Snapshots({
      folder: this.folder,
      port: options.port,
      everyMs: options.everyMs ?? EVERY_MS,
      gzip: options.gzip ?? false,
      separate: options.separate ?? false,
      tools: plan.tools,
    });
  }

  async record(): Promise<RecordResult> {
    const { tools } = this.plan;
    this.files.push(...(await recordCounters(this.folder, tools, 'before')));
    try {
      if (this.options.command.length > 0) await this.start();
      await this.collect();
      await this.experimentWithSnapshots();
      await this.snapshots.take();
      this.files.push(...(await recordCounters(this.folder, tools, 'after')));
    } finally {
      await this.stopServer();
    }
    await this.writeRunFile(new Date());
    return this.result();
  }

  /** Starts the server and waits until it listens. */
  private async start(): Promise<void> {
    const { command, port } = this.options;
    const log = join(this.folder, 'server.log');
    const server = await startServer(command, log);
    this.files.push(log);
    if (!('tree' in server))
      throw await this.notBegun((args) => say('record.serverNotStarted', { ...args, reason: server.failed ?? '' }));
    this.server = server;
    this.snapshots.tree = server.tree;
    this.tell(say('record.started', { command: joinCommand(command), pid: server.pid }));
    for (const start = performance.now(); !this.over.aborted; await pause(LISTEN_LOOK_MS, this.over)) {
      const listing = await run(this.plan.tools.listeners);
      if (viewPort(listing, port).listening) return this.tell(say('record.listening', { port }));
      const { end } = server;
      if (end) throw await this.notBegun((args) => say('record.serverEnded', { ...args, how: howItEnded(end) }));
      if (performance.now() - start > LISTEN_PATIENCE_MS) {
        const others = portsHeldBy(listing, await server.tree.alive()).join(', ');
        throw await this.notBegun((args) =>
          say('record.neverListened', { ...args, ms: LISTEN_PATIENCE_MS, port, others }),
        );
      }
    }
  }

  /** The server never listened. Nothing was recorded, so nothing stays, and the log's end goes into the message. */
  private async notBegun(said: (args: { command: string; log: string }) => Message): Promise<UserError> {
    await this.server?.stop();
    this.server = undefined;
    const log = await tailOf(join(this.folder, 'server.log'));
    await discard(this.plan.folder, this.files);
    return new UserError(said({ command: joinCommand(this.options.command), log }));
  }

  /** Limits, versions and open descriptors, taken when the server listens, and written at once: a crash later leaves them. */
  private async collect(): Promise<void> {
    const { pids } = viewPort(await run(this.plan.tools.listeners), this.options.port);
    const own = this.server ? await this.server.tree.alive() : pids;
    const pid = pids.find((candidate) => own.includes(candidate)) ?? this.server?.pid;
    if (!this.server && pid !== undefined) this.snapshots.tree = new ProcessTree(pid);
    this.facts = await collectFacts(pid, this.options.command, this.plan.load ?? []);
    await this.writeRunFile(undefined);
  }

  /** Whichever fails ends the other. */
  private async experimentWithSnapshots(): Promise<void> {
    const taking = this.snapshots.keepTaking(this.ending.signal);
    const experiment = this.experiment();
    try {
      await Promise.race([experiment, taking]);
    } finally {
      this.ending.abort();
      await Promise.allSettled([experiment, taking]);
    }
    await taking;
  }

  private async experiment(): Promise<void> {
    const { forMs } = this.options;
    if (this.plan.load) {
      await this.load(this.plan.load);
      await this.drain();
      return;
    }
    this.tell(forMs === undefined ? say('record.untilStopped', {}) : say('record.forTime', { ms: forMs }));
    await Promise.race([pause(forMs ?? FOREVER_MS, this.over), ...(this.server ? [this.server.ended] : [])]);
  }

  private async load(load: readonly string[]): Promise<void> {
    const { port, forMs } = this.options;
    const words = fillIn(load, { jtl: join(this.folder, 'client.jtl'), port, run: this.folder });
    this.tell(say('record.loadStarted', { load: joinCommand(words) }));
    const overtime = new AbortController();
    const timer = setTimeout(() => overtime.abort(), forMs ?? FOREVER_MS);
    const stop = AbortSignal.any([this.over, overtime.signal]);
    this.loadEnd = await runLoad(words, stop, (line) => this.tell(say('record.loadSays', { line })));
    clearTimeout(timer);
    const { exitCode, stopped } = this.loadEnd;
    if (this.over.aborted) return;
    if (stopped) this.warnings.push(say('record.loadStopped', { ms: forMs ?? 0 }));
    else if (exitCode !== 0) this.warnings.push(say('record.loadFailed', { how: howItEnded(this.loadEnd) }));
  }

  /** Waits until a snapshot that was begun after the load's end shows no connection that the server may still answer. */
  private async drain(): Promise<void> {
    const drainMs = this.options.drainMs ?? DRAIN_MS;
    const start = performance.now();
    if (!this.over.aborted) this.tell(say('record.draining', { ms: drainMs }));
    while (!this.over.aborted && !this.server?.end) {
      const { last } = this.snapshots;
      if (last && last.begunAt >= start && last.view.open === 0) return;
      if (performance.now() - start >= drainMs) {
        this.warnings.push(
          say('record.notDrained', { ms: drainMs, connections: last?.view.open ?? 0, stopped: !!this.server }),
        );
        return;
      }
      await pause(LISTEN_LOOK_MS, this.over);
    }
  }

  private async stopServer(): Promise<void> {
    const { server } = this;
    if (!server) return;
    if (server.end) {
      this.serverEndedAt = server.end.at;
      this.warnings.push(
        say('record.serverEndedEarly', { how: howItEnded(server.end), at: isoWithZone(server.end.at) }),
      );
    } else {
      this.tell(say('record.stopping', {}));
    }
    if ((await server.stop()) === 'still-there') this.warnings.push(say('record.serverStays', { pid: server.pid }));
    if (await isEmpty(server.log)) this.warnings.push(say('record.logEmpty', {}));
  }

  /** `run.yaml`, first without an end: a crash leaves what was known by then. */
  private async writeRunFile(end: Date | undefined): Promise<void> {
    const text = runFileText({
      options: this.options,
      facts: this.facts,
      began: this.began,
      end,
      everyMs: this.options.everyMs ?? EVERY_MS,
      snapshots: this.snapshots.taken,
      loadEnd: this.loadEnd,
      serverEndedAt: this.serverEndedAt,
      interrupted: this.hooks.signal.aborted,
    });
    await writeFile(join(this.folder, 'run.yaml'), text);
  }

  private async result(): Promise<RecordResult> {
    const { folder, snapshots } = this;
    const jtl = join(folder, 'client.jtl');
    const shots = this.options.separate ? [join(folder, 'snapshots')] : snapshots.files;
    const files = [...this.files, ...shots, ...((await exists(jtl)) ? [jtl] : []), join(folder, 'run.yaml')];
    return {
      folder,
      files: files.sort(),
      snapshots: snapshots.taken,
      interrupted: this.hooks.signal.aborted,
      summary: [
        say('record.recorded', { folder, snapshots: snapshots.taken, ms: Date.now() - this.began.getTime() }),
        firstFinding(snapshots.peak, this.options.port),
        say('record.next', { folder }),
      ],
      warnings: this.warnings,
    };
  }

  private tell(message: Message): void {
    this.hooks.onProgress(message);
  }
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
