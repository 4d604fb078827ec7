import type { Message } from './model/message.js';

/**
 * Something the user can mend: carries a sentence (as a message, put into words by the command line) and the exit status
 * that it leads to. Anything else that is thrown is a bug and keeps its stack.
 */
export class UserError extends Error {
  readonly said: Message;
  /** 1: no report could be written; 2: the command line is wrong. */
  readonly exitCode: 1 | 2;

  constructor(said: Message, exitCode: 1 | 2 = 1) {
    super(said.id);
    this.name = 'UserError';
    this.said = said;
    this.exitCode = exitCode;
  }
}
