import { type FailureKind, OUTCOMES } from '../../../model/samples.js';
import type { Fates } from './fates.js';

/** Kinds in the contract's order, by which ties are decided; `other` tells nothing of overload. */
const KINDS = OUTCOMES.filter(
  (kind): kind is Exclude<FailureKind, 'other'> => kind !== 'succeeded' && kind !== 'other' && kind !== 'abandoned',
);

/**
 * The commonest kind over the client's failed requests. Of a kind that the limit explains for the most part all count: the rest came when
 * lost lines hide that it was reached.
 */
export function commonest({
  byKind,
  unexplained,
}: Pick<Fates, 'byKind' | 'unexplained'>): Exclude<FailureKind, 'other'> | undefined {
  let best: Exclude<FailureKind, 'other'> | undefined;
  let most = 0;
  for (const kind of KINDS) {
    const explained = byKind.get(kind)?.length ?? 0;
    const rest = unexplained.get(kind) ?? 0;
    const n = rest <= explained ? explained + rest : explained;
    if (n <= most) continue;
    best = kind;
    most = n;
  }
  return best;
}
