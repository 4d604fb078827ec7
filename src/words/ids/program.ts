/** What the command line says: errors, progress, warnings. */
export interface ProgramIds {
  'program.none': Record<string, never>;
}
