/** The distributions that a few parameters describe: which parameters each has, their ranges, and the spec they make. */
import type { DistributionSpec } from '../engine/distribution.js';
import { readDuration } from './quantities/duration.js';
import { readCount, readNumber } from './quantities/number.js';
import type { Fault, Reading } from './quantities/reading.js';

type Parameter = (raw: unknown) => Reading<number>;
type Values = Readonly<Record<string, number>>;

export interface ClosedFormEntry {
  readonly parameters: Readonly<Record<string, Parameter>>;
  /** The spec, or what is wrong with the parameters together. A spread of 0 makes a constant. */
  readonly make: (values: Values) => DistributionSpec | Fault;
}

const time: Parameter = (raw) => readDuration(raw);
const timeAboveZero: Parameter = (raw) => readDuration(raw, { above: 0 });
const spread: Parameter = (raw) => readNumber(raw, { minimum: 0, maximum: 1000 });
const shape: Parameter = (raw) => readNumber(raw, { above: 0, maximum: 1000 });

function spreadAround(kind: 'lognormal' | 'gamma'): ClosedFormEntry {
  return {
    parameters: { mean: timeAboveZero, cv: spread },
    make: (v) => (v.cv === 0 ? constant(v.mean!) : { kind, mean: v.mean!, cv: v.cv! }),
  };
}

export const CLOSED_FORMS = {
  lognormal: spreadAround('lognormal'),
  exponential: { parameters: { mean: timeAboveZero }, make: (v) => ({ kind: 'exponential', mean: v.mean! }) },
  uniform: {
    parameters: { min: time, max: time },
    make: ({ min, max }) => {
      if (min! > max!) return { code: 'not-rising', message: 'min is above max', hint: 'swap them' };
      return min === max ? constant(min!) : { kind: 'uniform', min: min!, max: max! };
    },
  },
  normal: {
    parameters: { mean: time, sd: time },
    make: ({ mean, sd }) => (sd === 0 ? constant(mean!) : { kind: 'normal', mean: mean!, sd: sd! }),
  },
  gamma: spreadAround('gamma'),
  erlang: {
    parameters: { mean: timeAboveZero, k: (raw) => readCount(raw, { minimum: 1, maximum: 10_000 }) },
    make: (v) => ({ kind: 'erlang', mean: v.mean!, k: v.k! }),
  },
  weibull: {
    parameters: { shape, scale: timeAboveZero },
    make: (v) => ({ kind: 'weibull', shape: v.shape!, scale: v.scale! }),
  },
  pareto: {
    parameters: { min: timeAboveZero, alpha: shape },
    make: (v) => ({ kind: 'pareto', min: v.min!, alpha: v.alpha! }),
  },
} as const satisfies Readonly<Record<string, ClosedFormEntry>>;

export type ClosedForm = keyof typeof CLOSED_FORMS;

export function isClosedForm(kind: string): kind is ClosedForm {
  return Object.hasOwn(CLOSED_FORMS, kind);
}

function constant(value: number): DistributionSpec {
  return { kind: 'constant', value };
}
