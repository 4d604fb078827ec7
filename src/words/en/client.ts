import type { ClientIds } from '../ids/client.js';
import type { Area } from '../words.js';

export const client: Area<ClientIds> = {
  'client.none': () => '',
};
