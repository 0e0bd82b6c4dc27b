/** A distribution printed in the form of the file, for `explain`. */

import type { DistributionForm } from './dist.js';
import { durationText } from './quantities/duration.js';
import { numberText } from './quantities/reading.js';

export function distributionText(spec: DistributionForm): string {
  switch (spec.kind) {
    case 'constant':
      return durationText(spec.value);
    case 'two-quantiles':
      return `{ ${quantileName(spec.low)}: ${time(spec.atLow)}, ${quantileName(spec.high)}: ${time(spec.atHigh)} }`;
    case 'lognormal':
    case 'gamma':
      return `{ ${spec.kind}: { mean: ${time(spec.mean)}, cv: ${numberText(spec.cv)} } }`;
    case 'exponential':
      return `{ exponential: { mean: ${time(spec.mean)} } }`;
    case 'uniform':
      return `{ uniform: { min: ${time(spec.min)}, max: ${time(spec.max)} } }`;
    case 'normal':
      return `{ normal: { mean: ${time(spec.mean)}, sd: ${time(spec.sd)} } }`;
    case 'erlang':
      return `{ erlang: { mean: ${time(spec.mean)}, k: ${spec.k} } }`;
    case 'weibull':
      return `{ weibull: { shape: ${numberText(spec.shape)}, scale: ${time(spec.scale)} } }`;
    case 'pareto':
      return `{ pareto: { min: ${time(spec.min)}, alpha: ${numberText(spec.alpha)} } }`;
    case 'quantiles':
      return `{ quantiles: { ${spec.points.map(([share, value]) => `${quantileName(share)}: ${time(value)}`).join(', ')} } }`;
    case 'samples':
      return `${spec.values.length} samples`;
    case 'samples-file':
      return `{ samples: ${spec.file}, column: ${spec.column} }`;
    case 'mixture':
      return `{ mixture: [${spec.parts.map(({ weight, of }) => `{ weight: ${numberText(weight)}, of: ${distributionText(of)} }`).join(', ')}] }`;
  }
}

function quantileName(share: number): string {
  if (share === 0) return 'min';
  return share === 1 ? 'max' : `p${numberText(Number((share * 100).toPrecision(10)))}`;
}

/** Rounded to whole microseconds. */
function time(micros: number): string {
  return durationText(Math.round(micros));
}
