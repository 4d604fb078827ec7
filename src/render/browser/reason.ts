import { execa } from 'execa';
import type { Message } from '../../model/message.js';
import { say } from '../../words/ids.js';
import type { Executable } from './packed.js';

/** As much of a browser's own words as a message can hold, characters. */
const REASON_LENGTH = 200;
/** What can't start says so at once. */
const LISTEN_MS = 10_000;

/**
 * Why a browser did not start. Puppeteer only knows that the pipe was closed, so the browser is started once more to hear what
 * it says; one that has nothing to say leaves puppeteer's words.
 */
export async function startFailure(
  error: unknown,
  executable: Executable | undefined,
  flags: readonly string[],
): Promise<Message> {
  const thrown = error instanceof Error ? error.message : String(error);
  const text = executable ? (await lastWords(executable, flags)) || thrown : thrown;
  const library = /error while loading shared libraries: ([^:\s]+)/.exec(text)?.[1];
  if (library) return say('browser.libraryMissing', { library });
  if (/No usable sandbox|SUID sandbox helper|Failed to move to new namespace/i.test(text)) {
    return say('browser.noSandbox', {});
  }
  return say('browser.notStarted', { reason: plainLine(text) });
}

async function lastWords({ path, env }: Executable, flags: readonly string[]): Promise<string> {
  const { stderr } = await execa(path, ['--headless', ...flags, '--dump-dom', 'about:blank'], {
    env,
    stdin: 'ignore',
    stdout: 'ignore',
    timeout: LISTEN_MS,
    forceKillAfterDelay: 1_000,
    reject: false,
  });
  return stderr ?? '';
}

/** The first line that says something, without Chromium's time stamp and place in its source. */
function plainLine(text: string): string {
  const lines = text.split('\n').map((line) => line.replace(/^\[[^\]]*\]\s*/, '').trim());
  return (lines.find((line) => line !== '') ?? '').slice(0, REASON_LENGTH);
}
