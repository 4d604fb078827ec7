import { posix, win32 } from 'node:path';
import type { Machine } from './machine.js';

/** Names under which Chrome, Chromium and Edge stand in PATH, the most usual first. */
const LINUX_NAMES = [
  'google-chrome-stable',
  'google-chrome',
  'chromium',
  'chromium-browser',
  'chrome-headless-shell',
  'microsoft-edge-stable',
  'microsoft-edge',
];
/** Where their packages put them, for a PATH that is shorter than usual. */
const LINUX_FILES = ['/usr/bin', '/usr/local/bin', '/snap/bin']
  .flatMap((folder) => LINUX_NAMES.map((name) => `${folder}/${name}`))
  .concat('/opt/google/chrome/chrome', '/opt/microsoft/msedge/msedge');
const MAC_APPS = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
const WINDOWS_FILES = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Chromium\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
];
const WINDOWS_ROOTS = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'];

/** Installed browsers that this program can drive, best first, each once. */
export function installedBrowsers(machine: Machine): readonly string[] {
  return [...new Set(usualPlaces(machine))].filter((path) => machine.isFile(path));
}

function usualPlaces(machine: Machine): readonly string[] {
  const { platform, env } = machine;
  if (platform === 'win32') {
    const roots = WINDOWS_ROOTS.map((name) => env[name]).filter((root) => root !== undefined);
    const usual = WINDOWS_FILES.flatMap((file) => roots.map((root) => win32.join(root, file)));
    return [...usual, ...inPath(env, ';', win32.join, ['chrome.exe', 'msedge.exe'])];
  }
  if (platform === 'darwin') {
    const folders = ['/Applications', ...(env.HOME ? [posix.join(env.HOME, 'Applications')] : [])];
    const usual = MAC_APPS.flatMap((app) => folders.map((folder) => `${folder}/${app}.app/Contents/MacOS/${app}`));
    return [...usual, ...inPath(env, ':', posix.join, LINUX_NAMES)];
  }
  return [...inPath(env, ':', posix.join, LINUX_NAMES), ...LINUX_FILES];
}

/** Every file that one of these names may mean; a relative entry of PATH (the folder that one happens to be in) is left out. */
function inPath(
  env: Machine['env'],
  separator: string,
  join: (...parts: string[]) => string,
  names: readonly string[],
): readonly string[] {
  const isAbsolute = separator === ';' ? win32.isAbsolute : posix.isAbsolute;
  const folders = (env.PATH ?? env.Path ?? '').split(separator).filter((folder) => isAbsolute(folder));
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}
