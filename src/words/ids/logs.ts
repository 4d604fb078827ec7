/** What the reader of server logs and the learner say. */
export interface LogIds {
  'logs.patternRefused': { pattern: string; reason: string };
  'logs.tooManyWorkers': { n: number };
  'logs.learned': { begin: string; end: string };
}
