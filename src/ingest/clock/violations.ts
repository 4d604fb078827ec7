import type { Reading } from '../../model/reading.js';
import { PROBLEMS_KEPT } from '../../model/source.js';
import { say } from '../../words/ids.js';
import type { Statement } from './statement.js';

/** So many of the worst are listed with their line; of the others the number is said. */
const WORST = 5;

/**
 * The lines whose stamps contradict cause and effect by the offset that suits the others, the worst first, as problems of their files:
 * begun before the client had sent the request, or ended after it had the answer.
 */
export function withViolations(
  readings: readonly Reading[],
  statements: readonly Statement[],
  { value, uncertainty }: { readonly value: number; readonly uncertainty: number },
): readonly Reading[] {
  const worst = statements
    .map((one) => ({
      ...one,
      ms: one.side === 'at-most' ? value - uncertainty - one.value : one.value - value - uncertainty,
    }))
    .filter(({ ms }) => ms > 0)
    .sort((a, b) => b.ms - a.ms || a.source - b.source || a.line - b.line)
    .slice(0, WORST);
  return readings.map((reading) => {
    const own = worst.filter(({ source }) => reading.events && reading.events.source[0] === source);
    if (own.length === 0) return reading;
    const { source } = reading;
    const told = own.map(({ side, ms, line }) => ({ line, message: say('clock.violation', { side, ms }) }));
    const problems = [...told, ...source.problems].slice(0, PROBLEMS_KEPT);
    return { ...reading, source: { ...source, problems, problemCount: source.problemCount + told.length } };
  });
}
