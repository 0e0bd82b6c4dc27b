/** A distribution of a time as a person reads it, near the way a scenario spells it. */
import type { DistributionSpec } from '../engine/distribution.js';
import { duration, plainNumber, share } from './format.js';

/** Values are microseconds. */
export function distributionText(spec: DistributionSpec): string {
  switch (spec.kind) {
    case 'constant':
      return time(spec.value);
    case 'two-quantiles':
      return `${quantile(spec.low)} ${time(spec.atLow)}, ${quantile(spec.high)} ${time(spec.atHigh)} (log-normal)`;
    case 'lognormal':
      return `log-normal with mean ${time(spec.mean)}, cv ${plainNumber(spec.cv)}`;
    case 'exponential':
      return `exponential with mean ${time(spec.mean)}`;
    case 'uniform':
      return `${time(spec.min)} to ${time(spec.max)}, uniform`;
    case 'normal':
      return `normal with mean ${time(spec.mean)}, sd ${time(spec.sd)}`;
    case 'gamma':
      return `gamma with mean ${time(spec.mean)}, cv ${plainNumber(spec.cv)}`;
    case 'erlang':
      return `Erlang with mean ${time(spec.mean)}, k ${plainNumber(spec.k)}`;
    case 'weibull':
      return `Weibull with shape ${plainNumber(spec.shape)}, scale ${time(spec.scale)}`;
    case 'pareto':
      return `Pareto from ${time(spec.min)}, alpha ${plainNumber(spec.alpha)}`;
    case 'quantiles':
      return spec.points.map(([at, value]) => `${quantile(at)} ${time(value)}`).join(', ');
    case 'samples':
      return `one of ${plainNumber(spec.values.length)} samples`;
    case 'mixture': {
      const weights = spec.parts.reduce((sum, part) => sum + part.weight, 0);
      return spec.parts.map((part) => `${share(part.weight / weights)}: ${distributionText(part.of)}`).join('; ');
    }
  }
}

function time(micros: number): string {
  return duration(micros / 1000);
}

function quantile(at: number): string {
  if (at === 0) return 'min';
  return at === 1 ? 'max' : `p${plainNumber(at * 100)}`;
}
