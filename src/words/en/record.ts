import type { RecordIds } from '../ids/record.js';
import type { Area } from '../words.js';

export const record: Area<RecordIds> = {
  'record.none': () => '',
};
