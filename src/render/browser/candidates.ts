import { installedBrowsers } from './installed.js';
import type { Machine } from './machine.js';
import { type Executable, unpackBrowser } from './packed.js';
import type { Workplace } from './workplace.js';

/** A browser that may be there. */
export interface Candidate {
  /** Its path, or the package that it comes in. */
  readonly name: string;
  /** Somebody named this one: no other is taken in its place. */
  readonly named: boolean;
  /** Makes it ready, with the workplace's folder for its files; nothing where there is no such file. */
  prepare(place: Workplace): Promise<Executable | undefined>;
}

/**
 * The browsers to try, in this order: the one that was named (`--browser`, else `PUPPETEER_EXECUTABLE_PATH`) and no other;
 * the one in puppeteer's cache, whose version this puppeteer was made for; an installed one; on Linux x64 the one that the
 * package `@sparticuz/chromium` brings along, which needs nothing installed but takes seconds to unpack. Asked one at a time.
 */
export async function* candidates(machine: Machine, browser: string | undefined): AsyncGenerator<Candidate> {
  const named = browser ?? (machine.env.PUPPETEER_EXECUTABLE_PATH || undefined);
  if (named !== undefined) {
    yield onDisk(machine, named, true);
    return;
  }
  const cached = await machine.cachedBrowser();
  if (cached !== undefined && machine.isFile(cached)) yield onDisk(machine, cached, false);
  for (const path of installedBrowsers(machine)) yield onDisk(machine, path, false);
  if (machine.platform !== 'linux' || machine.arch !== 'x64') return;
  const packed = await machine.packedBrowser();
  if (packed === undefined) return;
  yield {
    name: '@sparticuz/chromium',
    named: false,
    prepare: (place) => unpackBrowser(packed, place, machine.fontFolders),
  };
}

function onDisk(machine: Machine, path: string, named: boolean): Candidate {
  return { name: path, named, prepare: async () => (machine.isFile(path) ? { path, env: {} } : undefined) };
}
