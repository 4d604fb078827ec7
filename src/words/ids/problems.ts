/** What can be wrong with an input file or one of its lines. */
export interface ProblemIds {
  'problem.lineTooLong': { limit: number };
  'problem.gzipBomb': { bytes: number };
  'problem.gzipCut': { reason: string };
  'problem.notUnderstood': Record<string, never>;
}
