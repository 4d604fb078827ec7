import { type Browser, launch } from 'puppeteer-core';
import { UserError } from '../errors.js';
import type { Message } from '../model/message.js';
import { say } from '../words/ids.js';
import { type Candidate, candidates } from './browser/candidates.js';
import { browserFlags } from './browser/flags.js';
import { type Machine, thisMachine } from './browser/machine.js';
import type { Executable } from './browser/packed.js';
import { startFailure } from './browser/reason.js';
import { Workplace } from './browser/workplace.js';

/** A browser starts within a second or two; a loaded machine may take long. */
const START_LIMIT_MS = 60_000;
/** Printing a hundred pages takes some seconds. Beyond this the browser is taken for hung. */
const WORK_LIMIT_MS = 180_000;
/** How long a browser may take to close by itself. */
const CLOSE_LIMIT_MS = 5_000;

/** How a try with one browser ended. */
type Attempt<T> = { readonly result: T } | { readonly failure: Message };

/**
 * Finds a browser that runs (see `candidates` for the order), lets `work` use it, and sees to it that nothing of it stays: no
 * process, no file, whatever happens. Where one can't be started, ends in the middle or hangs, the next is tried.
 *
 * @throws UserError if there is none that does; whatever `work` throws while its browser is well.
 */
export async function withBrowser<T>(
  wish: { readonly browser?: string },
  work: (browser: Browser) => Promise<T>,
  machine: Machine = thisMachine,
): Promise<T> {
  const tried: Message[] = [];
  for await (const candidate of candidates(machine, wish.browser)) {
    const attempt = await tryWith(candidate, work);
    if ('result' in attempt) return attempt.result;
    if (candidate.named) throw new UserError(say('browser.named', { path: candidate.name, reason: attempt.failure }));
    tried.push(say('browser.tried', { name: candidate.name, reason: attempt.failure }));
  }
  throw new UserError(say('browser.none', { tried }));
}

async function tryWith<T>(candidate: Candidate, work: (browser: Browser) => Promise<T>): Promise<Attempt<T>> {
  const place = await Workplace.open();
  try {
    const browser = await started(candidate, place);
    return 'failure' in browser ? browser : await used(browser.result, work);
  } finally {
    await place.close();
    await place.throwIfInterrupted();
  }
}

async function started(candidate: Candidate, place: Workplace): Promise<Attempt<Browser>> {
  let executable: Executable | undefined;
  try {
    executable = await candidate.prepare(place);
    if (!executable) return { failure: say('browser.notThere', {}) };
    return { result: await start(executable, place) };
  } catch (error) {
    return { failure: await startFailure(error, executable, flags()) };
  }
}

const flags = () => browserFlags(process.getuid?.() === 0);

async function start(executable: Executable, place: Workplace): Promise<Browser> {
  const browser = await launch({
    executablePath: executable.path,
    // The headless shell has only this mode; others take it for their own.
    headless: 'shell',
    args: [...flags()],
    env: { ...process.env, TMPDIR: place.folder, ...executable.env },
    userDataDir: `${place.folder}/profile`,
    // A pipe instead of a port: nobody else can speak to this browser, and it ends with the program that holds the pipe.
    pipe: true,
    timeout: START_LIMIT_MS,
    protocolTimeout: WORK_LIMIT_MS,
    signal: place.signal,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  // A browser that dies with data under way resets its pipes; that it has ended is told by `disconnected`.
  for (const pipe of browser.process()?.stdio ?? []) pipe?.on('error', () => undefined);
  const pid = browser.process()?.pid;
  place.occupy({ kill: () => killGroup(pid), close: () => closed(browser) });
  return browser;
}

/** The browser leads a process group of its own (on Windows it takes its children with it). */
function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}

async function used<T>(browser: Browser, work: (browser: Browser) => Promise<T>): Promise<Attempt<T>> {
  let timer: NodeJS.Timeout | undefined;
  const ended = new Promise<Attempt<T>>((resolve) => {
    browser.once('disconnected', () => resolve({ failure: say('browser.ended', {}) }));
    timer = setTimeout(() => resolve({ failure: say('browser.tooSlow', { ms: WORK_LIMIT_MS }) }), WORK_LIMIT_MS);
  });
  try {
    const done = work(browser).then((result) => ({ result }));
    // Work that is left behind by a browser's end fails too; that is no news.
    done.catch(() => undefined);
    return await Promise.race([done, ended]);
  } catch (error) {
    if (!browser.connected) return { failure: say('browser.ended', {}) };
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

async function closed(browser: Browser): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, CLOSE_LIMIT_MS);
  });
  await Promise.race([browser.close().catch(() => undefined), patience]);
  clearTimeout(timer);
}
