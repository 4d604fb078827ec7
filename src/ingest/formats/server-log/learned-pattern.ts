import type { Candidate, LearnedRow } from './learned.js';
import { idLine, type WorkerOf } from './learned-line.js';
import { type Part, patternFor } from './snippet.js';

/** The pattern of a line of one kind: its time, the id in its place, and the worker where it was found; `undefined` if no pattern for one line can be. */
export function patternOf(
  { text, who, isOfTwo }: Candidate,
  place: number,
  kind: LearnedRow['kind'],
  workerOf: WorkerOf,
): string | undefined {
  const line = idLine(text, place);
  if (!line || isOfTwo) return undefined;
  const parts: Part[] = [
    { group: 'time', start: line.start, end: line.from },
    { group: 'id', start: line.id, end: line.idEnd },
  ];
  const { pid, thread } = workerOf({ ...line, who }, kind);
  const add = (group: 'pid' | 'thread', value: string | undefined) => {
    const start = value === undefined ? -1 : text.indexOf(value, line.from);
    const end = start + (value?.length ?? 0);
    if (start >= 0 && parts.every((part) => end <= part.start || start >= part.end)) parts.push({ group, start, end });
  };
  add('thread', thread);
  add('pid', pid === undefined ? undefined : String(pid));
  return patternFor(text, parts);
}
