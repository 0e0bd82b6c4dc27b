/** Which file makes which kind of distribution. A kind without its line does not compile. */
import type { Distribution, DistributionSpec } from '../distribution.js';
import { constant } from './constant.js';
import { exponentialDistribution } from './exponential.js';
import { erlang, gamma } from './gamma.js';
import { lognormal, twoQuantiles } from './lognormal.js';
import { mixture } from './mixture.js';
import { normalDistribution } from './normal.js';
import { pareto } from './pareto.js';
import { quantiles } from './quantiles.js';
import { samples } from './samples.js';
import { uniform } from './uniform.js';
import { weibull } from './weibull.js';

type Kind = DistributionSpec['kind'];
type SpecOf<K extends Kind> = Extract<DistributionSpec, { readonly kind: K }>;

const KINDS: { readonly [K in Kind]: (spec: SpecOf<K>) => Distribution } = {
  constant,
  'two-quantiles': twoQuantiles,
  lognormal,
  exponential: exponentialDistribution,
  uniform,
  normal: normalDistribution,
  gamma,
  erlang,
  weibull,
  pareto,
  quantiles,
  samples,
  mixture: (spec) => mixture(spec.parts.map(({ weight, of }) => ({ weight, of: makeDistribution(of) }))),
};

/** The distribution a checked scenario asked for, in the unit of the spec's values. */
export function makeDistribution(spec: DistributionSpec): Distribution {
  return (KINDS[spec.kind] as (spec: DistributionSpec) => Distribution)(spec);
}
