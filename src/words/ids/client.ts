/** What the readers of client samples say of lines that they could not use. */
export interface ClientIds {
  'client.cut': { fields: number; width: number };
  'client.noSuccess': Record<string, never>;
  'client.strayQuote': Record<string, never>;
  /** Command lines of curl of which nothing tells how they ended. */
  'client.probesUnanswered': { n: number };
  /** A tag that can't be read. */
  'client.damaged': Record<string, never>;
  /** The file ends within a sample. */
  'client.notClosed': Record<string, never>;
  /** The file ends between samples, without the end tag of the root. */
  'client.noEndTag': Record<string, never>;
  'client.givenUp': Record<string, never>;
  /** Transactions of which the file has no samples. */
  'client.transactionsAlone': { n: number };
  'client.stampsUnreadable': { n: number };
  'client.tooManyLabels': { n: number };
}
