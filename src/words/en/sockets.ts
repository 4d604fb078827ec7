import type { SocketIds } from '../ids/sockets.js';
import type { Area } from '../words.js';

export const sockets: Area<SocketIds> = {
  'sockets.stateUnknown': ({ command, word }) =>
    word === ''
      ? `a row of ${command} without a state: record the command line above it, or without a state filter`
      : `a row of ${command} with the state "${word}", which is not known`,
  'sockets.valuesUnusable': ({ command, what }) => `a row of ${command} that can't be read: ${what}`,
  'sockets.partNotNeeded': ({ as }) => `left out: ${as}`,
  'sockets.dateMissing': () => 'the snapshots have times of day and no date',
  'sockets.snapshotsBounded': ({ limit }, w) =>
    `more than ${w.number(limit)} snapshots; the rest of the file was left out`,
  'sockets.rowsBounded': ({ limit }, w) =>
    `more than ${w.number(limit)} connections in one snapshot; the rest are counted by state only`,
  'sockets.processesBounded': ({ limit }, w) => `more than ${w.number(limit)} processes; the rest were left out`,
};
