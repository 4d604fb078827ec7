import type { Reading } from '../../model/reading.js';
import { unwrap } from '../logs/parts/wrappers.js';
import type { InputFile } from '../text/input-file.js';
import { findStamp } from '../text/timestamps.js';
import type { Format, Head, Recognition, RunContext } from './format.js';
import { LogReader } from './server-log/log-reader.js';
import { firstMatch, openMatchers } from './server-log/records-in-line.js';

/** Lines of the head that recognition looks at. */
const HEAD_LINES = 400;
/** Share of the lines with a time stamp from which an unknown file is taken for a log. */
const STAMPED_SHARE = 0.3;
/** Files that look like logs and are the client's. */
const CLIENT_LOG = /\b(?:o\.a\.j\.|org\.apache\.jmeter\.|jmeter\.(?:engine|threads|JMeter|gui|util|reporters))/;

/**
 * Server logs: what a server prints of each request and of itself. Each line is offered to the registry of log patterns, a line's
 * wrapper (docker, syslog, colours) taken off first.
 */
export const serverLog = {
  id: 'server-log',
  kind: 'server-log',
  recognise,
  async read(file: InputFile, context: RunContext): Promise<Reading> {
    const reader = new LogReader(file, context);
    await file.eachLine((line, number) => reader.line(line, number));
    return reader.finish();
  },
} satisfies Format;

function recognise({ lines }: Head): Recognition {
  const matchers = openMatchers();
  let requests = 0;
  let notices = 0;
  let understood = 0;
  let stamped = 0;
  let filled = 0;
  let client = 0;
  for (const line of lines.slice(0, HEAD_LINES)) {
    if (line.trim() === '') continue;
    filled++;
    const { text, stamp } = unwrap(line);
    if (CLIENT_LOG.test(text)) client++;
    const record = firstMatch(matchers, text)?.record;
    if (record?.kind === 'begin' || record?.kind === 'end' || record?.kind === 'span') requests++;
    else if (record?.kind === 'notice') notices++;
    else if (record) understood++;
    if (stamp || record?.stamp || findStamp(text)) stamped++;
  }
  if (client > 0 && client >= 0.1 * filled && requests === 0) return { certainty: 'refused', as: "JMeter's own log" };
  if (requests > 0 && requests + notices + understood >= 0.1 * filled) return { certainty: 'certain' };
  if (requests > 0 || notices > 1 || (notices + understood > 0 && notices + understood >= 0.5 * filled))
    return { certainty: 'likely' };
  return { certainty: filled >= 3 && stamped >= STAMPED_SHARE * filled ? 'likely' : 'no' };
}
