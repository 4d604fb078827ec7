import type { SocketIds } from '../ids/sockets.js';
import type { Area } from '../words.js';

export const sockets: Area<SocketIds> = {
  'sockets.none': () => '',
};
