/** What a histogram of a run says as the contract's Summary: counts and extremes exact, percentiles from its buckets. */
import type { Histogram } from '../engine/histogram.js';
import type { Summary } from './run-result.js';

/** A histogram of microseconds as the contract's summary in milliseconds. */
export function summaryOf(histogram: Histogram): Summary {
  const { count } = histogram;
  if (count === 0)
    return { count, mean: null, min: null, p50: null, p90: null, p95: null, p99: null, p999: null, max: null };
  const at = (share: number) => histogram.quantile(share) / 1000;
  return {
    count,
    mean: histogram.mean / 1000,
    min: histogram.min / 1000,
    p50: at(0.5),
    p90: at(0.9),
    p95: at(0.95),
    p99: at(0.99),
    p999: at(0.999),
    max: histogram.max / 1000,
  };
}
