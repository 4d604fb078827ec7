/** Fewer requests than this come in any order by chance. */
const LEAST = 20;
/** Ranks of the same requests on both sides are alike to nearly 1, however unfair their queue; those of other things to 0, but for chance. */
const ALIKE = 0.4;

/**
 * Whether requests end in a log in about the order in which their answers stand in the client's record (Spearman's coefficient). Numbers
 * that count the server's own requests may all be the client's as well, if those are of small items: 1 to 60 here and there, and yet
 * not the same.
 */
export function comeInOrder(ends: Iterable<number>, answers: ReadonlySet<number>): boolean {
  const ended = new Set([...ends].filter((id) => answers.has(id)));
  const n = ended.size;
  if (n < LEAST) return true;
  const place = new Map([...ended].map((id, k) => [id, k]));
  const inRecord = [...answers].filter((id) => ended.has(id));
  const apart = inRecord.reduce((sum, id, k) => sum + (k - place.get(id)!) ** 2, 0);
  return 1 - (6 * apart) / (n * (n * n - 1)) >= ALIKE;
}
