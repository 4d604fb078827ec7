/** Ids of the requests of a log that is learnt. */
export const LEARNED_IDS = Array.from({ length: 24 }, (_, n) => n + 1);

/** The stamp of its nth second. */
export const stampOf = (n: number) => `2026-01-05 10:30:${String(n % 60).padStart(2, '0')}.25${n % 10}`;

/** Each request's two lines in words of a test's own, four requests at a time. */
export const fourAtOnce = (begin: (id: number) => string, end: (id: number) => string): readonly string[] =>
  LEARNED_IDS.flatMap((_, n) => [
    ...(n % 4 === 0 ? LEARNED_IDS.slice(n, n + 4).map((id) => `${stampOf(n)} ${begin(id)}`) : []),
    `${stampOf(n + 4)} ${end(n + 1)}`,
  ]);
