import type { LogIds } from '../ids/logs.js';
import type { Area } from '../words.js';

export const logs: Area<LogIds> = {
  'logs.none': () => '',
};
