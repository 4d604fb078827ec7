import type { Evidence } from '../model/finding.js';
import type { Message } from '../model/message.js';
import type { Timeline } from '../model/timeline.js';
import type { Place } from './looks.js';

/** Points to a line of a source. */
export function cite(timeline: Timeline, { source, line }: Place, says: Message): Evidence {
  return { source: timeline.sources[source]?.path ?? '', line, says };
}

/** The place of a client's sample. */
export function placeOfSample({ samples }: Timeline, i: number): Place {
  return { source: samples!.source[i]!, line: samples!.line[i]! };
}
