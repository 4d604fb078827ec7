import type { ProgramIds } from '../ids/program.js';
import type { Area } from '../words.js';

export const program: Area<ProgramIds> = {
  'program.nothingRecognised': ({ folder }) =>
    `${folder}: no file in it (or in its subfolders) is recognised as a JMeter result, a server log or a socket snapshot. "report inspect ${folder}" shows what was found.`,
  'program.folderMissing': ({ folder }) => `${folder}: there is no such folder.`,
  'program.folderUnreadable': ({ folder, reason }) => `${folder}: the folder can't be read (${reason}).`,
  'program.notAFolder': ({ folder }) => `${folder}: not a folder. A run is a folder with its recordings in it.`,
};
