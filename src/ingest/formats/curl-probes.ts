import type { Reading } from '../../model/reading.js';
import type { InputFile } from '../text/input-file.js';
import { probeLine } from './curl/probe-lines.js';
import { ProbeReader } from './curl/probe-reader.js';
import type { Format, Head, RunContext } from './format.js';

/**
 * Single requests by `curl`, kept as a text file: command lines, curl's messages of failure, status lines, what `-w` or the shell's
 * `time` printed, with the times round them. What curl printed as a body is read over.
 */
export const curlProbes = {
  id: 'curl-probes',
  kind: 'client-samples',
  recognise({ lines }: Head) {
    const seen: Record<string, number> = {};
    let filled = 0;
    for (const line of lines.slice(0, HEAD_LINES)) {
      if (line.trim() === '') continue;
      filled++;
      const kind = probeLine(line)?.kind;
      if (kind) seen[kind] = (seen[kind] ?? 0) + 1;
    }
    const { failure = 0, command = 0, status = 0, timings = 0 } = seen;
    if (failure === 0 && (command === 0 || status + timings === 0)) return { certainty: 'no' };
    return { certainty: failure + command + status + timings >= CERTAIN_SHARE * filled ? 'certain' : 'likely' };
  },
  async read(file: InputFile, context: RunContext): Promise<Reading> {
    const reader = new ProbeReader(context);
    await file.eachLine((line, number) => reader.line(line, number));
    return reader.finish(file);
  },
} satisfies Format;

const HEAD_LINES = 400;
/** Share of curl's own lines from which a file is a record of probes; bodies and headers are the rest. */
const CERTAIN_SHARE = 0.1;
