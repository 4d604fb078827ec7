/** What the reader of server logs and the learner say. */
export interface LogIds {
  'logs.patternRefused': { pattern: string; reason: string };
  'logs.tooManyWorkers': { n: number };
  /** The durations of an access log state no unit, and no client tells it. */
  'logs.noEnds': { begins: number; answers: number };
  'logs.noUnit': Record<string, never>;
  /** Lines were found that tell each how long a request took that ends with them. */
  'logs.learnedSpans': { line: string };
  'logs.learnedAlone': { line: string; side: 'begin' | 'end' };
  /** Begin and end of requests were found by the log's structure; `entries`: what run.yaml's `log` would hold, or empty. */
  'logs.learned': { begin: string; end: string; entries: string };
}
