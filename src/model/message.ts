/** A value that a sentence can hold: text and numbers (plain, in the unit that the argument's name says), or a nested sentence. */
export type MessageValue = string | number | boolean | Message | readonly Message[] | undefined;

/**
 * A sentence before it has words: what is to be said and with which values. Ingestion and analysis speak in messages only;
 * `words/` turns them into a language. Plain JSON, so that it crosses threads and files.
 */
export interface Message {
  readonly id: string;
  readonly args: { readonly [name: string]: MessageValue };
}
