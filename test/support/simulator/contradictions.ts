import type { Findings } from '../../../src/model/finding.js';

/** Counts of connections may differ by so much from one look to the next. */
const LOOKS_DIFFER = 2;

/** What two readings of one thing contradict each other in: both call their answer exact and differ, or the other promises more than there were. */
export function contradictions(one: Findings, other: Findings): string[] {
  const found: string[] = [];
  const exact = (question: 'maxConcurrency' | 'backlog' | 'reuse' | 'overload') =>
    one[question].bound === 'exact' && other[question].bound === 'exact';
  const put = (what: string, a: unknown, b: unknown) => found.push(`${what} ${a} → ${b}`);
  if (exact('maxConcurrency') && one.maxConcurrency.value !== other.maxConcurrency.value)
    put('maxConcurrency', one.maxConcurrency.value, other.maxConcurrency.value);
  if (exact('backlog') && Math.abs(one.backlog.value! - other.backlog.value!) > LOOKS_DIFFER)
    put('backlog', one.backlog.value, other.backlog.value);
  const most = one.maxConcurrency.bound === 'exact' ? one.maxConcurrency.value! : Number.POSITIVE_INFINITY;
  if (other.maxConcurrency.bound === 'at-least' && other.maxConcurrency.value! > most)
    put('maxConcurrency', most, `at least ${other.maxConcurrency.value}`);
  if (exact('reuse') && one.reuse.pattern !== other.reuse.pattern) put('reuse', one.reuse.pattern, other.reuse.pattern);
  if (exact('overload') && one.overload.outcome !== other.overload.outcome)
    put('overload', one.overload.outcome, other.overload.outcome);
  return found;
}
