import type { BrowserIds } from '../ids/browser.js';
import type { Area } from '../words.js';

/** What to do for a browser, whatever went wrong. */
const REMEDY =
  'Install Chrome, Chromium or Edge, or name one with --browser PATH (or the variable PUPPETEER_EXECUTABLE_PATH). Every other output is written all the same; index.html can be printed from any browser.';

export const browser: Area<BrowserIds> = {
  'browser.none': ({ tried }, w) =>
    `report.pdf is not written: ${tried.length > 0 ? `no browser could be used. ${w.text(tried)}` : 'there is no browser on this machine.'} ${REMEDY}`,
  'browser.named': ({ path, reason }, w) =>
    `report.pdf is not written: the browser that was named, ${path}, ${w.text(reason)}. ${REMEDY}`,
  'browser.tried': ({ name, reason }, w) => `${name} ${w.text(reason)}.`,
  'browser.notThere': () => 'is no file',
  'browser.notStarted': ({ reason }) => `did not start (${reason})`,
  'browser.noSandbox': () =>
    "did not start, since this system does not let it make its sandbox (Chrome's own packages bring a helper that can; root does without)",
  'browser.libraryMissing': ({ library }) => `did not start, since the system library ${library} is missing`,
  'browser.ended': () => 'ended before the pages were printed',
  'browser.tooSlow': ({ ms }, w) => `had not printed the pages after ${w.duration(ms)}`,
};
