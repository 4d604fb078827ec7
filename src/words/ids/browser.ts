import type { Message } from '../../model/message.js';

/** What is said of the browser that prints the PDF. */
export interface BrowserIds {
  'browser.none': { tried: readonly Message[] };
  'browser.named': { path: string; reason: Message };
  'browser.tried': { name: string; reason: Message };
  'browser.notThere': Record<string, never>;
  'browser.notStarted': { reason: string };
  'browser.noSandbox': Record<string, never>;
  'browser.libraryMissing': { library: string };
  'browser.ended': Record<string, never>;
  'browser.tooSlow': { ms: number };
}
