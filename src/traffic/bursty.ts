/**
 * A renewal process whose gaps have mean 1 and a given coefficient of variation: gamma gaps below 1, above it two
 * exponential phases with balanced means (Tijms, "A First Course in Stochastic Models", appendix B). The first gap has
 * the stationary law, so that the expected number of arrivals is exact from the first instant on.
 */
import { gammaOfShape } from '../engine/distributions/gamma.js';
import type { Stream } from '../engine/random-streams.js';
import { exponential } from '../engine/ziggurat.js';
import type { Spacing } from './spacing.js';

/** `cv` is 0 or more; 1 is the Poisson process, 0 is regular with a random beginning. */
export function bursty(cv: number): Spacing {
  return cv > 1 ? twoPhases(cv) : gammaGaps(cv);
}

function twoPhases(cv: number): Spacing {
  const squared = cv * cv;
  const shortShare = (1 + Math.sqrt((squared - 1) / (squared + 1))) / 2;
  const short = 1 / (2 * shortShare);
  const long = 1 / (2 * (1 - shortShare));
  return {
    // Balanced means: an instant taken at random lies in either phase with the same probability.
    first: (stream) => (stream.uniform() < 0.5 ? short : long) * exponential(stream),
    fill(stream, gaps, count) {
      for (let i = 0; i < count; i++) gaps[i] = (stream.uniform() < shortShare ? short : long) * exponential(stream);
    },
  };
}

function gammaGaps(cv: number): Spacing {
  if (cv === 0)
    return { first: (stream) => stream.uniform(), fill: (_stream, gaps, count) => void gaps.fill(1, 0, count) };
  const shape = 1 / (cv * cv);
  const gap = gammaOfShape(1, shape);
  // The gap around an instant taken at random is longer: a gamma of one shape more. The instant lies anywhere in it.
  const around = gammaOfShape((shape + 1) / shape, shape + 1);
  const one = new Float64Array(1);
  return {
    first(stream: Stream) {
      around.fill(stream, one, 1);
      return one[0] * stream.uniform();
    },
    fill: (stream, gaps, count) => gap.fill(stream, gaps, count),
  };
}
