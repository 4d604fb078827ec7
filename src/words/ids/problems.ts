/** What can be wrong with an input file or one of its lines, and what is to be said of the clocks. */
export interface ProblemIds {
  'problem.lineTooLong': { limit: number };
  'problem.gzipBomb': { bytes: number };
  'problem.gzipCut': { reason: string };
  'problem.yaml': { reason: string };
  'problem.runFileValue': { key: string; expected: string };
  'problem.runFileKey': { key: string };
  'problem.unrecognised': Record<string, never>;
  'problem.empty': Record<string, never>;
  /** Everything in the file is also in another one. */
  'problem.duplicate': { of: string };
  'problem.shared': { lines: number; of: string };
  'problem.refused': { as: string };
  'problem.tie': { first: string; second: string };
  'problem.unreadable': { reason: string };
  /** Something in the folder that is no regular file. */
  'problem.notAFile': { what: 'directory' | 'pipe' | 'socket' | 'device'; depth: number };
  'problem.tooManyFiles': { limit: number };
  'problem.requestIdPattern': { reason: string };
  'problem.timezone': { timezone: string };
  'problem.notUnderstood': Record<string, never>;
  'clock.zoneInferred': { minutes: number };
  'clock.violations': { violations: number; matched: number };
  /** One line's stamp: begun before the request was sent (`at-most`), or ended after it was answered, by so much at least. */
  'clock.violation': { side: 'at-least' | 'at-most'; ms: number };
  /** Two tests alike: by so much more the clocks might differ as well; `held`: the error holds both. */
  'clock.orElse': { ms: number; held: boolean };
  'clock.untold': { ms: number };
  'clock.tied': { ms: number };
  'clock.unpaired': Record<string, never>;
  'clock.unknown': Record<string, never>;
  'clock.changed': { minutes: number; line: number };
  'clock.byOrder': Record<string, never>;
  /** Begins alone left the difference open by so much. */
  'clock.delivered': { openMs: number };
}
