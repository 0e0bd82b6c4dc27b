/** A distribution as the value that a scenario would hold for it: reads back as the same one, to whole microseconds. */
import type { DistributionForm } from './dist.js';
import { durationText } from './quantities/duration.js';
import { numberText } from './quantities/reading.js';

/** Plain data, ready for YAML or JSON: text, a number, or maps and lists of them. */
export type Written = string | number | boolean | null | readonly Written[] | { readonly [key: string]: Written };

export function distributionWritten(spec: DistributionForm): Written {
  switch (spec.kind) {
    case 'constant':
      return durationText(spec.value);
    case 'two-quantiles':
      return { [quantileName(spec.low)]: time(spec.atLow), [quantileName(spec.high)]: time(spec.atHigh) };
    case 'lognormal':
    case 'gamma':
      return { [spec.kind]: { mean: time(spec.mean), cv: plain(spec.cv) } };
    case 'exponential':
      return { exponential: { mean: time(spec.mean) } };
    case 'uniform':
      return { uniform: { min: time(spec.min), max: time(spec.max) } };
    case 'normal':
      return { normal: { mean: time(spec.mean), sd: time(spec.sd) } };
    case 'erlang':
      return { erlang: { mean: time(spec.mean), k: spec.k } };
    case 'weibull':
      return { weibull: { shape: plain(spec.shape), scale: time(spec.scale) } };
    case 'pareto':
      return { pareto: { min: time(spec.min), alpha: plain(spec.alpha) } };
    case 'quantiles':
      return { quantiles: Object.fromEntries(spec.points.map(([share, at]) => [quantileName(share), time(at)])) };
    case 'samples':
      return { samples: spec.values.map(time) };
    case 'samples-file':
      return { samples: spec.file, column: spec.column };
    case 'mixture':
      return { mixture: spec.parts.map(({ weight, of }) => ({ weight: plain(weight), of: distributionWritten(of) })) };
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

/** Without the tail of digits that a calculation leaves. */
function plain(value: number): number {
  return Number(value.toPrecision(12));
}
