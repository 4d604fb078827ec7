/** Two-sided confidence of the intervals given beside quantiles. */
export const CONFIDENCE = 0.95;

/**
 * The p-quantile by nearest rank: the smallest value that at least a share `p` of all are not above (Hyndman & Fan's
 * definition 1). `sorted` ascends and is not empty.
 */
export function nearestRank(sorted: ArrayLike<number>, p: number): number {
  const rank = Math.max(1, Math.ceil(p * sorted.length - 1e-9));
  return sorted[rank - 1]!;
}

/**
 * A confidence interval for the p-quantile that assumes nothing of the distribution: the order statistics between which the
 * quantile lies with at least `CONFIDENCE`, from the binomial distribution of how many values fall below it (David &
 * Nagaraja, Order Statistics, 7.1). `undefined` where the sample is too small for such an interval.
 */
export function quantileInterval(sorted: ArrayLike<number>, p: number): readonly [number, number] | undefined {
  const n = sorted.length;
  const tail = (1 - CONFIDENCE) / 2;
  const below = binomialQuantile(n, p, tail);
  const above = binomialQuantile(n, p, 1 - tail) + 1;
  if (below < 1 || above > n) return undefined;
  return [sorted[below - 1]!, sorted[above - 1]!];
}

/** The smallest k with P(X ≤ k) ≥ q for X ~ Binomial(n, p); summed outward from the mode in logarithms, so n may be millions. */
function binomialQuantile(n: number, p: number, q: number): number {
  const mean = n * p;
  const spread = Math.sqrt(n * p * (1 - p));
  // Ten standard deviations below the mean hold less than 1e-20: starting there loses nothing.
  let k = Math.max(0, Math.floor(mean - 10 * spread - 10));
  let log = logBinomial(n, k) + k * Math.log(p) + (n - k) * Math.log1p(-p);
  let sum = Math.exp(log);
  while (sum < q && k < n) {
    log += Math.log((n - k) / (k + 1)) + Math.log(p) - Math.log1p(-p);
    k++;
    sum += Math.exp(log);
  }
  return k;
}

function logBinomial(n: number, k: number): number {
  return logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
}

/** ln Γ(x) for x ≥ 1: Stirling's series after shifting x above 10, good to 1e-12. */
function logGamma(x: number): number {
  let shift = 0;
  let y = x;
  for (; y < 10; y++) shift += Math.log(y);
  const square = y * y;
  const series = (1 / 12 - (1 / 360 - (1 / 1260 - 1 / 1680 / square) / square) / square) / y;
  return (y - 0.5) * Math.log(y) - y + 0.5 * Math.log(2 * Math.PI) + series - shift;
}
