import { describe, expect, it } from 'vitest';
import { candidates } from '../../../src/render/browser/candidates.js';
import type { Machine } from '../../../src/render/browser/machine.js';
import { machineWith } from '../../support/browser.js';

async function names(machine: Machine, browser?: string): Promise<string[]> {
  const found: string[] = [];
  for await (const candidate of candidates(machine, browser)) found.push(candidate.name);
  return found;
}

const everything = {
  files: ['/cache/chrome', '/usr/bin/chromium', '/opt/bin/google-chrome', '/usr/bin/microsoft-edge'],
  env: { PATH: '/opt/bin:/usr/bin' },
  cachedBrowser: async () => '/cache/chrome',
  packedBrowser: async () => 'file:///packed.js',
};

describe('the order in which browsers are tried', () => {
  it('takes the one that was named, and no other', async () => {
    const env = { ...everything.env, PUPPETEER_EXECUTABLE_PATH: '/from/variable' };
    expect(await names(machineWith({ ...everything, env }), '/from/option')).toEqual(['/from/option']);
    expect(await names(machineWith({ ...everything, env }))).toEqual(['/from/variable']);
    expect(await names(machineWith({ ...everything, env: { PUPPETEER_EXECUTABLE_PATH: '' } }))).not.toContain('');
  });

  it("goes from puppeteer's cache to installed browsers to the package", async () => {
    expect(await names(machineWith(everything))).toEqual([
      '/cache/chrome',
      '/opt/bin/google-chrome',
      '/usr/bin/chromium',
      '/usr/bin/microsoft-edge',
      '@sparticuz/chromium',
    ]);
  });

  it('leaves out a cached browser that was never downloaded', async () => {
    expect(await names(machineWith({ cachedBrowser: async () => '/cache/chrome' }))).toEqual([]);
  });

  it('unpacks the package on Linux x64 only', async () => {
    const { packedBrowser } = everything;
    expect(await names(machineWith({ packedBrowser }))).toEqual(['@sparticuz/chromium']);
    expect(await names(machineWith({ packedBrowser, arch: 'arm64' }))).toEqual([]);
    expect(await names(machineWith({ packedBrowser, platform: 'darwin' }))).toEqual([]);
  });

  it('knows the usual places on Linux, without PATH too, and takes no name from the folder one is in', async () => {
    const files = ['chromium', './chromium', '/snap/bin/chromium', '/opt/google/chrome/chrome'];
    expect(await names(machineWith({ files, env: { PATH: '.:' } }))).toEqual([
      '/snap/bin/chromium',
      '/opt/google/chrome/chrome',
    ]);
  });

  it('knows the usual places on macOS', async () => {
    const files = [
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      '/Users/me/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/opt/homebrew/bin/chromium',
    ];
    const env = { HOME: '/Users/me', PATH: '/opt/homebrew/bin:/usr/bin' };
    expect(await names(machineWith({ platform: 'darwin', env, files }))).toEqual([files[1], files[0], files[2]]);
  });

  it('knows the usual places on Windows', async () => {
    const files = [
      'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
      'C:\\Users\\me\\AppData\\Local\\Google\\Chrome\\Application\\chrome.exe',
      'D:\\tools\\chrome.exe',
    ];
    const env = {
      PROGRAMFILES: 'C:\\Program Files',
      'PROGRAMFILES(X86)': 'C:\\Program Files (x86)',
      LOCALAPPDATA: 'C:\\Users\\me\\AppData\\Local',
      Path: 'D:\\tools;tools',
    };
    expect(await names(machineWith({ platform: 'win32', env, files }))).toEqual([files[1], files[0], files[2]]);
  });
});
