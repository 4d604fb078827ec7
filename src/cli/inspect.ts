import { relative } from 'node:path';
import { type Inspected, type InspectedFile, inspect } from '../inspect.js';
import type { Counts } from '../model/source.js';
import { SCHEMA_VERSION, sourceOf, time } from '../render/outputs/json.js';
import { english } from '../words/en.js';
import { say } from '../words/ids.js';
import { type Io, oneLine, safeLines } from './io.js';

/** `report inspect`. @throws UserError where a path can't be read. */
export async function runInspect(paths: readonly string[], asJson: boolean, io: Io): Promise<void> {
  const inspected = await inspect(paths);
  const text = asJson ? jsonOf(inspected) : textOf(inspected);
  io.out(io.outIsTerminal ? safeLines(text) : text);
}

function jsonOf(inspected: readonly Inspected[]): string {
  const files = inspected.flatMap((group) => group.files.map(({ source }) => sourceOf(source)));
  return `${JSON.stringify({ schemaVersion: SCHEMA_VERSION, files }, null, 2)}\n`;
}

function textOf(inspected: readonly Inspected[]): string {
  return inspected.map(groupText).join('\n');
}

function groupText({ folder, files }: Inspected): string {
  const count = english(say('inspect.files', { n: files.length }));
  const title = folder === undefined ? [] : [`${oneLine(relative('', folder) || '.')}  (${count})`, ''];
  return `${[...title, ...files.flatMap((file) => [...fileLines(file), ''])].join('\n')}`;
}

/** Room for the longest of the words that stand before the values. */
const LABEL_WIDTH = 10;

function fileLines({ certainty, source }: InspectedFile): readonly string[] {
  const { path, kind, format, variant, lines, used, ignored, skipped, records, counts, problems, problemCount } =
    source;
  const taken = say('inspect.taken', { kind, format, certainty });
  const rows: [label: string, value: string][] = [
    [english(say('inspect.takenFor', {})), english(taken)],
    ...Object.entries(variant).map(([what, found]): [string, string] => [what, found]),
    [english(say('inspect.lines', {})), english(say('inspect.lineCounts', { lines, used, ignored, skipped }))],
    [english(say('inspect.records', {})), [String(records), ...countTexts(counts)].join(', ')],
    ...period(source.from, source.to),
    ...(problemCount > 0 ? [[english(say('inspect.problems', {})), String(problemCount)] as [string, string]] : []),
  ];
  return [
    oneLine(path),
    ...rows.map(([label, value]) => `  ${oneLine(label).padEnd(LABEL_WIDTH)}  ${oneLine(value)}`),
    ...problems.map(
      ({ line, message, text = '' }) =>
        `    ${oneLine(english(say('inspect.problem', { line, message: english(message), text })))}`,
    ),
  ];
}

function countTexts(counts: Counts): readonly string[] {
  return Object.entries(counts).map(([what, count]) =>
    typeof count === 'number'
      ? `${what} ${count}`
      : `${what}: ${
          Object.entries(count)
            .map(([key, n]) => `${key} ${n}`)
            .join(' ') || '–'
        }`,
  );
}

function period(from: number | undefined, to: number | undefined): [string, string][] {
  const [first, last] = [time(from), time(to)];
  return first === undefined || last === undefined ? [] : [[english(say('inspect.time', {})), `${first} – ${last}`]];
}
