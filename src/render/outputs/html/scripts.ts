import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OutputFile } from '../../../model/report.js';
import { PACKAGE_ROOT } from '../../../version.js';
import { say } from '../../../words/ids.js';
import type { Voice } from '../../compose/voice.js';

/** Where the package's build puts the scripts for the reader's browser. */
const BUILT = join(PACKAGE_ROOT, 'dist', 'assets');

/** What every page runs, and what it loads once a chart is explored. */
const PAGE = 'page.js';
const EXPLORE = 'explore.js';

const scriptOf = (name: string): string | undefined => {
  const path = join(BUILT, name);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
};

/** The scripts beside the pages of a site; none where the package has not been built, and the pages do without. */
export function scriptFiles(): readonly OutputFile[] {
  return [PAGE, EXPLORE].flatMap((name) => {
    const content = scriptOf(name);
    return content === undefined ? [] : [{ path: `assets/${name}`, content }];
  });
}

/** Addresses of the scripts that every page of a site runs, from the output folder. */
export const siteScripts = (): readonly { readonly src: string }[] =>
  scriptFiles().length === 0 ? [] : [{ src: `assets/${PAGE}` }];

/** The scripts of a page that stands alone, in the order in which they run; `charts` is the data of its charts. */
export function inlineScripts(charts: string): readonly string[] {
  const scripts = [scriptOf(EXPLORE), scriptOf(PAGE)].filter((script) => script !== undefined);
  return scripts.length === 0 ? [] : [charts, ...scripts].map(inElement);
}

/** A script that does not end the element that it stands in. */
const inElement = (script: string): string => script.replace(/<(?=\/script|!--)/gi, '\\x3c');

/** What the scripts say, in the page's language. */
export function scriptWords({ say: speak }: Voice): string {
  return JSON.stringify({
    copy: speak(say('script.copy', {})),
    copied: speak(say('script.copied', {})),
    explore: speak(say('script.explore', {})),
    reset: speak(say('script.reset', {})),
    closer: speak(say('script.closer', {})),
    wider: speak(say('script.wider', {})),
    earlier: speak(say('script.earlier', {})),
    later: speak(say('script.later', {})),
    keys: speak(say('script.keys', {})),
    failed: speak(say('script.failed', {})),
  });
}
