/** What the command line says: errors, progress, warnings. */
export interface ProgramIds {
  'program.nothingRecognised': { folder: string };
  'program.folderMissing': { folder: string };
  'program.folderUnreadable': { folder: string; reason: string };
  'program.notAFolder': { folder: string };
}
