/** How far from its share a sample quantile can lie by chance: bounds that hold for any number of samples. */

/** ln of the chance that a bound allows to be passed, each way. */
const UNLIKELY = Math.log(1e-6);

/**
 * The true shares below the nearest-rank `share`-quantile of `count` independent samples, but for a chance of 1e-6 each way.
 * H. Chernoff (1952), theorem 1, for the binomial: P(Bin(n, u) >= k) <= exp(-n KL(k/n, u)) for u < k/n, and the mirror of it.
 */
export function sharesBelow(share: number, count: number): { low: number; high: number } {
  const rank = Math.ceil(share * count);
  return {
    low: farthest(rank / count, 0, count),
    high: farthest((rank - 1) / count, 1, count),
  };
}

/** Between `from` and `end`, the share at which the bound has fallen to UNLIKELY. */
function farthest(from: number, end: number, count: number): number {
  let near = from;
  let far = end;
  for (let i = 0; i < 60; i++) {
    const middle = (near + far) / 2;
    if (-count * divergence(from, middle) > UNLIKELY) near = middle;
    else far = middle;
  }
  return far;
}

/** Kullback-Leibler divergence of two coins. */
function divergence(p: number, q: number): number {
  const term = (a: number, b: number): number => (a === 0 ? 0 : a * Math.log(a / b));
  return term(p, q) + term(1 - p, 1 - q);
}
