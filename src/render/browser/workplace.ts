import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** A browser's last processes may hold files for a moment after it has ended. 2 s in all. */
const REMOVAL = { recursive: true, force: true, maxRetries: 20, retryDelay: 100 } as const;

/** A program that runs in a workplace. */
export interface Occupant {
  /** Ends it and waits for its end, some seconds at most. */
  close(): Promise<void>;
  /** Ends it when there is no time to wait. */
  kill(): void;
}

/** A private folder for one browser, and the promise that neither outlives this program. */
export class Workplace {
  readonly folder: string;
  /** Aborted when this program is told to end. */
  readonly signal: AbortSignal;
  readonly #stop = new AbortController();
  #occupant: Occupant | undefined;
  #interruption: Promise<void> | undefined;

  private constructor(folder: string) {
    this.folder = folder;
    this.signal = this.#stop.signal;
    process.on('exit', this.#atExit);
    for (const signal of SIGNALS) process.on(signal, this.#interrupted);
  }

  static async open(): Promise<Workplace> {
    return new Workplace(await mkdtemp(join(tmpdir(), 'concurrency-report-')));
  }

  /** Takes the place of whatever ran here before. */
  occupy(occupant: Occupant): void {
    this.#occupant = occupant;
  }

  async close(): Promise<void> {
    process.off('exit', this.#atExit);
    for (const signal of SIGNALS) process.off(signal, this.#interrupted);
    await this.#occupant?.close();
    this.#occupant?.kill();
    await rm(this.folder, REMOVAL);
  }

  readonly #atExit = (): void => {
    this.#occupant?.kill();
    rmSync(this.folder, REMOVAL);
  };

  /**
   * Once this program has been told to end, waits until the signal has done what it would have done, and if the program still
   * lives (others listen for the signal), throws: nothing more is to be begun.
   */
  async throwIfInterrupted(): Promise<void> {
    await this.#interruption;
    this.signal.throwIfAborted();
  }

  /** Cleans up, then lets the signal do what it would have done. A second signal is not waited for. */
  readonly #interrupted = (signal: NodeJS.Signals): void => {
    this.#stop.abort();
    this.#interruption ??= this.close().finally(() => {
      if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
    });
  };
}
