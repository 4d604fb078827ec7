import { statSync } from 'node:fs';

/** What the search for a browser may ask of the machine; tests ask a made-up one. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where its fonts lie, for a browser that does not know by itself. */
  readonly fontFolders: readonly string[];
  isFile(path: string): boolean;
  /** The browser in puppeteer's cache, as far as the optional package `puppeteer` knows of one. */
  cachedBrowser(): Promise<string | undefined>;
  /** Where the optional package `@sparticuz/chromium` lies, if it is installed. */
  packedBrowser(): Promise<string | undefined>;
}

/** The machine that the program runs on. */
export const thisMachine: Machine = {
  platform: process.platform,
  arch: process.arch,
  env: process.env,
  fontFolders: ['/usr/share/fonts', '/usr/local/share/fonts'],
  isFile: (path) => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false,
  cachedBrowser: async () => {
    try {
      const { default: puppeteer } = await import('puppeteer');
      return await puppeteer.executablePath();
    } catch {
      return undefined;
    }
  },
  packedBrowser: async () => {
    try {
      return import.meta.resolve('@sparticuz/chromium');
    } catch {
      return undefined;
    }
  },
};
