import type { Message } from '../model/message.js';
import { english } from '../words/en.js';
import { type Io, oneLine } from './io.js';

/** Work that is shorter is not worth a line. */
const QUIET_MS = 1_000;
const ERASE_LINE = '\r\x1b[K';

/** One line on the terminal that says what is being done, once it takes longer than a second. */
export class Progress {
  private readonly timer: NodeJS.Timeout | undefined;
  private latest = '';
  private shown = false;

  constructor(
    private readonly io: Io,
    quiet: boolean,
  ) {
    if (io.errIsTerminal && !quiet) {
      this.timer = setTimeout(() => {
        this.shown = true;
        this.draw();
      }, QUIET_MS);
    }
  }

  show(message: Message): void {
    this.latest = oneLine(english(message));
    if (this.shown) this.draw();
  }

  end(): void {
    clearTimeout(this.timer);
    if (this.shown) this.io.err(ERASE_LINE);
    this.shown = false;
  }

  private draw(): void {
    this.io.err(`${ERASE_LINE}${this.latest}`);
  }
}
