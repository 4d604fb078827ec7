import type { Format, Head, Recognition } from './formats/format.js';
import { formats } from './formats/index.js';

/** Which reader takes a file. */
export interface Recognised {
  readonly certainty: 'certain' | 'likely' | 'no';
  readonly format?: Format;
  /** Another reader that was as sure. */
  readonly rival?: Format;
  /** What the file is instead, where a reader knows a look-alike. */
  readonly refusedAs?: string;
}

/** Asks every format, up to one that stands alone; the surest wins, then the one that stands first in the registry. A tie is told. */
export function recognise(head: Head): Recognised {
  if (head.packedAs !== undefined) return { certainty: 'no', refusedAs: head.packedAs };
  const answers: { format: Format; answer: Recognition }[] = [];
  for (const format of formats) {
    const answer = ask(format, head);
    if (answer.certainty === 'certain' && answer.alone) return { certainty: 'certain', format };
    answers.push({ format, answer });
  }
  const refused = answers.find(({ answer }) => answer.certainty === 'refused')?.answer;
  for (const certainty of ['certain', 'likely'] as const) {
    const [first, second] = answers.filter(({ answer }) => answer.certainty === certainty);
    if (certainty === 'likely' && refused?.certainty === 'refused') break;
    if (first) return { certainty, format: first.format, ...(second ? { rival: second.format } : {}) };
  }
  return { certainty: 'no', ...(refused?.certainty === 'refused' ? { refusedAs: refused.as } : {}) };
}

/** A recogniser that throws (a bug, met by hostile input) says no instead of ending the program. */
function ask(format: Format, head: Head): Recognition {
  try {
    return format.recognise(head);
  } catch {
    return { certainty: 'no' };
  }
}
