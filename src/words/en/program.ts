import type { ProgramIds } from '../ids/program.js';
import type { Area } from '../words.js';

export const program: Area<ProgramIds> = {
  'program.none': () => '',
};
