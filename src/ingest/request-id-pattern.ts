import { RE2JS } from 're2js';
import type { Problem } from '../model/source.js';
import { say } from '../words/ids.js';
import { type IdPlace, RequestIdFinder } from './text/request-id.js';

/**
 * The finder for run.yaml's `requestId`: a pattern with one group, run by a linear-time engine (no look-around, no
 * back-references). A pattern that can't be used is told, and the usual names are looked for instead.
 *
 * @param place where the client's ids stand, if under none of the usual names
 */
export function compileRequestId(
  pattern: string | undefined,
  place: IdPlace = {},
): {
  finder: RequestIdFinder;
  problems: readonly Problem[];
} {
  const usual = new RequestIdFinder(undefined, place);
  if (pattern === undefined) return { finder: usual, problems: [] };
  try {
    const compiled = RE2JS.compile(pattern);
    if (compiled.groupCount() < 1) throw new Error('it has no group');
    const find = (text: string): string | undefined => {
      const matcher = compiled.matcher(text);
      return matcher.find() ? (matcher.group(1) ?? undefined) : undefined;
    };
    return { finder: new RequestIdFinder(find), problems: [] };
  } catch (error) {
    const reason = (error as Error).message;
    return { finder: usual, problems: [{ message: say('problem.requestIdPattern', { reason }) }] };
  }
}
