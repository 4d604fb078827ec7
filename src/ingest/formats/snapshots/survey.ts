import type { CommandOutput, CommandRow, SectionReader } from '../../commands/command-output.js';
import type { Head } from '../format.js';
import { type SectionHandler, Sections } from './sections.js';

/** What the beginning of a file holds. */
export interface Survey {
  /** Sections by what they show, those with a header of their own apart. */
  readonly certain: ReadonlySet<CommandOutput['shows']>;
  readonly likely: ReadonlySet<CommandOutput['shows']>;
  /** Lines that are understood, of those that are not blank; 0 to 1. */
  readonly understood: number;
  readonly times: number;
  /** Numbers without rows. */
  readonly totals: number;
  readonly refusedAs?: string;
}

class Surveyor implements SectionHandler {
  readonly certain = new Set<CommandOutput['shows']>();
  readonly likely = new Set<CommandOutput['shows']>();
  refusedAs: string | undefined;
  times = 0;
  totals = 0;
  understood = 0;
  lines = 0;

  time(): void {
    this.times++;
  }

  open(command: CommandOutput, _reader: SectionReader, certain: boolean): void {
    (certain ? this.certain : this.likely).add(command.shows);
  }

  row(row: CommandRow): void {
    this.lines++;
    this.understood++;
    if (row.kind === 'total' || row.kind === 'totals') this.totals++;
  }

  close(): void {}

  refused(as: string): void {
    this.refusedAs ??= as;
  }

  line(verdict: 'used' | 'ignored' | 'skipped', _line: number, text: string): void {
    if (text === '') return;
    this.lines++;
    if (verdict !== 'skipped') this.understood++;
  }
}

const surveys = new WeakMap<Head, Survey>();

/** Reads the head as a file of snapshots; the formats that share it pay once. */
export function survey(head: Head): Survey {
  const known = surveys.get(head);
  if (known) return known;
  const found = look(head);
  surveys.set(head, found);
  return found;
}

function look(head: Head): Survey {
  const surveyor = new Surveyor();
  const sections = new Sections(surveyor);
  const lines = head.complete ? head.lines : head.lines.slice(0, -1);
  lines.forEach((line, index) => {
    sections.push(line, index + 1);
  });
  sections.end();
  const { certain, likely, times, totals, refusedAs } = surveyor;
  const understood = surveyor.lines === 0 ? 0 : surveyor.understood / surveyor.lines;
  return { certain, likely, understood, times, totals, ...(refusedAs === undefined ? {} : { refusedAs }) };
}
