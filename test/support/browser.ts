import { type Machine, thisMachine } from '../../src/render/browser/machine.js';

/** This machine as if nothing were installed on it, neither browser nor font: the same in CI and on every developer's machine. */
export const bareMachine: Machine = {
  ...thisMachine,
  env: {},
  fontFolders: [],
  isFile: () => false,
  cachedBrowser: async () => undefined,
};

/** The browser that comes as a package is there for one platform only. */
export const hasPackedBrowser = process.platform === 'linux' && process.arch === 'x64';

/** A machine that is made up. */
export function machineWith(facts: Partial<Omit<Machine, 'isFile'>> & { readonly files?: readonly string[] }): Machine {
  const { files = [], ...rest } = facts;
  return {
    platform: 'linux',
    arch: 'x64',
    env: {},
    fontFolders: [],
    cachedBrowser: async () => undefined,
    packedBrowser: async () => undefined,
    isFile: (path) => files.includes(path),
    ...rest,
  };
}
