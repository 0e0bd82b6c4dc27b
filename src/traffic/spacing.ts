/**
 * How arrivals follow each other, apart from how many they are: points on a line on which one is expected per unit. A
 * rate profile or a trace bucket stretches that line over time. Which file makes which kind; one left out does not compile.
 */
import type { Stream } from '../engine/random-streams.js';
import { exponential, fillExponential } from '../engine/ziggurat.js';
import type { ArrivalsSettings } from '../scenario/types.js';
import { bursty } from './bursty.js';

export interface Spacing {
  /** From 0 to the first point. */
  first(stream: Stream): number;
  /** `count` gaps between points, of mean 1, in the order of the stream. */
  fill(stream: Stream, gaps: Float64Array, count: number): void;
}

const POISSON: Spacing = {
  first: exponential,
  fill: (stream, gaps, count) => fillExponential(stream, gaps, count, 1),
};

const REGULAR: Spacing = {
  first: () => 0,
  fill: (_stream, gaps, count) => {
    gaps.fill(1, 0, count);
  },
};

type Kind = ArrivalsSettings['kind'];

const SPACINGS: { readonly [K in Kind]: (settings: Extract<ArrivalsSettings, { kind: K }>) => Spacing } = {
  poisson: () => POISSON,
  regular: () => REGULAR,
  bursty: ({ cv }) => bursty(cv),
  // The two states turn the rate up and down (modulation.ts); within a state arrivals are Poisson.
  modulated: () => POISSON,
};

export function spacingOf(settings: ArrivalsSettings): Spacing {
  return (SPACINGS[settings.kind] as (settings: ArrivalsSettings) => Spacing)(settings);
}
