import type { Message, MessageValue } from '../model/message.js';
import type { Ids, MessageId } from './ids.js';

/** What a sentence may use: the language's way of writing nested sentences, numbers and lists. */
export interface Wording {
  /** A nested message in words. */
  text(value: MessageValue): string;
  /** `1234567` as `1,234,567`; at most `digits` decimals. */
  number(value: number, digits?: number): string;
  /** A duration in ms with a fitting unit: `350 ms`, `1.2 s`, `3 min 20 s`. */
  duration(ms: number): string;
  /** `1 request`, `2 requests`. */
  count(value: number, one: string, many: string): string;
  /** `a, b and c`. */
  list(items: readonly string[]): string;
}

/** All sentences of one language. */
export type Language = { readonly [K in MessageId]: (args: Ids[K], w: Wording) => string };
/** The sentences of one area. */
export type Area<I> = { readonly [K in keyof I]: (args: I[K], w: Wording) => string };

/** Puts a message into words. An unknown id (from a newer `run.json`, say) is shown as it is. */
export type Speak = (message: Message) => string;
