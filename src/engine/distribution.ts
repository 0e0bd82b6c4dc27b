/**
 * A random quantity: what a scenario may say (`DistributionSpec`) and what a run draws from (`Distribution`).
 * One file a kind in `distributions/`; the registry that makes one from the other is `distributions/registry.ts`.
 * Values are microseconds wherever the quantity is a time; a kind neither knows nor cares.
 */
import type { Stream } from './random-streams.js';

export type DistributionSpec =
  | { readonly kind: 'constant'; readonly value: number }
  /** The log-normal through two quantiles: `low`, `high` are shares, 0 < low < high < 1; 0 < atLow < atHigh. */
  | {
      readonly kind: 'two-quantiles';
      readonly low: number;
      readonly atLow: number;
      readonly high: number;
      readonly atHigh: number;
    }
  | { readonly kind: 'lognormal'; readonly mean: number; readonly cv: number }
  | { readonly kind: 'exponential'; readonly mean: number }
  | { readonly kind: 'uniform'; readonly min: number; readonly max: number }
  /** Cut at 0: a negative draw becomes 0. */
  | { readonly kind: 'normal'; readonly mean: number; readonly sd: number }
  | { readonly kind: 'gamma'; readonly mean: number; readonly cv: number }
  | { readonly kind: 'erlang'; readonly mean: number; readonly k: number }
  | { readonly kind: 'weibull'; readonly shape: number; readonly scale: number }
  | { readonly kind: 'pareto'; readonly min: number; readonly alpha: number }
  /** Piecewise linear through `[share, value]`, shares rising within [0, 1]; constant below the first and above the last. */
  | { readonly kind: 'quantiles'; readonly points: readonly (readonly [number, number])[] }
  /** One of the values, each as likely as the next. */
  | { readonly kind: 'samples'; readonly values: readonly number[] }
  | { readonly kind: 'mixture'; readonly parts: readonly { readonly weight: number; readonly of: DistributionSpec }[] };

export interface Distribution {
  /** Exact mean of what `fill` draws, before rounding. */
  readonly mean: number;
  /** Draws `count` values into `out` from index 0, in the order of the stream, whatever the block size. Never below 0. */
  fill(stream: Stream, out: Float64Array, count: number): void;
}
