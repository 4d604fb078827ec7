import type { Message } from '../../model/message.js';
import type { OutputFile, OutputId, ReportJob } from '../../model/report.js';

/** What an output gives: its files, and what the user should know (say, that no browser was found). */
export interface Made {
  readonly files: readonly OutputFile[];
  readonly warnings: readonly Message[];
}

/** A form of the report. It makes the files' contents; `write` alone puts them on disk. */
export interface Output {
  readonly id: OutputId;
  /** @throws UserError where this output can't be made (no browser); the others are written all the same. */
  make(job: ReportJob): Promise<Made>;
}
