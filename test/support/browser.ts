import { type Machine, thisMachine } from '../../src/render/browser/machine.js';

/** This machine as if nothing were installed on it: what runs in CI, and on every developer's machine alike. */
export const bareMachine: Machine = {
  ...thisMachine,
  env: {},
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
    cachedBrowser: async () => undefined,
    packedBrowser: async () => undefined,
    isFile: (path) => files.includes(path),
    ...rest,
  };
}
