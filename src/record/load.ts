import { execa } from 'execa';
import { ProcessTree } from './processes.js';

/** What became of the load command. */
export interface LoadEnd {
  readonly exitCode?: number;
  readonly signal?: string;
  /** It was stopped because the time was over or the user wished it. */
  readonly stopped: boolean;
}

/** Where the load command finds things. */
export interface LoadPlaces {
  readonly jtl: string;
  readonly port: number;
  readonly run: string;
}

/** Puts the places into the words, after they were split: a folder with a blank in its name stays one word. */
export function fillIn(words: readonly string[], places: LoadPlaces): readonly string[] {
  return words.map((word) => word.replace(/\{(jtl|port|run)\}/g, (_, name: keyof LoadPlaces) => String(places[name])));
}

/**
 * Runs the load command to its end, or stops it and all that it started when the signal comes.
 * @param onLine gets every line that it prints.
 */
export async function runLoad(
  words: readonly string[],
  stop: AbortSignal,
  onLine: (line: string) => void,
): Promise<LoadEnd> {
  const [program = '', ...args] = words;
  const child = execa(program, args, {
    reject: false,
    all: true,
    buffer: false,
    stdin: 'ignore',
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  const tree = child.pid === undefined ? undefined : new ProcessTree(child.pid);
  const killNow = () => tree?.killNow();
  process.once('exit', killNow);
  let stopping: Promise<unknown> | undefined;
  const onStop = () => {
    stopping ??= tree?.stop();
  };
  stop.addEventListener('abort', onStop);
  if (stop.aborted) onStop();
  try {
    for await (const line of child.iterable({ from: 'all' })) onLine(line);
  } catch {
    // What it printed is for the eye only; how it ended is told by the result.
  }
  const result = await child;
  await stopping;
  // What it left running belongs to the load, and would go on loading.
  await tree?.stop();
  stop.removeEventListener('abort', onStop);
  process.removeListener('exit', killNow);
  return {
    stopped: stopping !== undefined,
    ...(result.exitCode === undefined ? {} : { exitCode: result.exitCode }),
    ...(result.signal === undefined ? {} : { signal: result.signal }),
  };
}
