/** What the reader of server logs and the learner say. */
export interface LogIds {
  'logs.none': Record<string, never>;
}
