import type { ClientIds } from '../ids/client.js';
import type { Area } from '../words.js';

export const client: Area<ClientIds> = {
  'client.cut': ({ fields, width }, w) =>
    `the row has ${w.count(fields, 'field', 'fields')} where ${w.number(width)} are expected`,
  'client.noSuccess': () => 'the row does not say whether the sample succeeded',
};
