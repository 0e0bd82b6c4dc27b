/** Every form of a distribution, and what is wrong with the ones that are none. */
import { describe, expect, it } from 'vitest';
import { readDistribution } from '../../src/scenario/dist.js';
import { distributionText } from '../../src/scenario/dist-text.js';
import { pathText } from '../../src/scenario/tree.js';

function read(raw: unknown): unknown {
  const faults: string[] = [];
  const spec = readDistribution(raw, (path, { code, message }) => faults.push(`${code} ${pathText(path)}: ${message}`));
  return faults.length > 0 ? faults : spec;
}

const SPECS: readonly (readonly [unknown, unknown])[] = [
  ['45ms', { kind: 'constant', value: 45_000 }],
  [
    { p50: '45ms', p99: '400ms' },
    { kind: 'two-quantiles', low: 0.5, atLow: 45_000, high: 0.99, atHigh: 400_000 },
  ],
  [
    { 'p99.9': '2s', p10: '1ms' },
    { kind: 'two-quantiles', low: 0.1, atLow: 1_000, high: 0.999, atHigh: 2_000_000 },
  ],
  [
    { p50: '45ms', p99: '45ms' },
    { kind: 'constant', value: 45_000 },
  ],
  [{ lognormal: { mean: '1s', cv: 0.5 } }, { kind: 'lognormal', mean: 1_000_000, cv: 0.5 }],
  [{ lognormal: { mean: '1s', cv: 0 } }, { kind: 'constant', value: 1_000_000 }],
  [{ exponential: { mean: '2s' } }, { kind: 'exponential', mean: 2_000_000 }],
  [{ uniform: { min: '1s', max: '2s' } }, { kind: 'uniform', min: 1_000_000, max: 2_000_000 }],
  [{ normal: { mean: '1s', sd: '100ms' } }, { kind: 'normal', mean: 1_000_000, sd: 100_000 }],
  [{ gamma: { mean: '1s', cv: 2 } }, { kind: 'gamma', mean: 1_000_000, cv: 2 }],
  [{ erlang: { mean: '1s', k: 3 } }, { kind: 'erlang', mean: 1_000_000, k: 3 }],
  [{ weibull: { shape: 1.5, scale: '1s' } }, { kind: 'weibull', shape: 1.5, scale: 1_000_000 }],
  [{ pareto: { min: '1s', alpha: 2.5 } }, { kind: 'pareto', min: 1_000_000, alpha: 2.5 }],
  [
    { quantiles: { max: '1s', min: '1ms', p50: '45ms' } },
    {
      kind: 'quantiles',
      points: [
        [0, 1_000],
        [0.5, 45_000],
        [1, 1_000_000],
      ],
    },
  ],
  [
    { samples: 'd.csv', column: 'duration_ms' },
    { kind: 'samples-file', file: 'd.csv', column: 'duration_ms' },
  ],
  [
    {
      mixture: [
        { weight: 9, of: '45ms' },
        { weight: 1, of: { exponential: { mean: '2s' } } },
      ],
    },
    {
      kind: 'mixture',
      parts: [
        { weight: 9, of: { kind: 'constant', value: 45_000 } },
        { weight: 1, of: { kind: 'exponential', mean: 2_000_000 } },
      ],
    },
  ],
];

describe('a distribution', () => {
  it.each(SPECS)('%j is read', (raw, spec) => {
    expect(read(raw)).toEqual(spec);
  });

  it.each([
    [45, ['missing-unit : 45 has no unit']],
    [{}, ['bad-distribution : an empty map is no distribution']],
    [['45ms'], ['wrong-type : a time or a distribution is wanted, not a list']],
    [{ p50: '4s', p99: '3s' }, ['not-rising p99: p99 is below p50']],
    [{ p50: '45ms' }, ['bad-distribution : two quantiles are wanted, not 1']],
    [{ p50: '45ms', p90: '1s', p99: '2s' }, ['bad-distribution : two quantiles are wanted, not 3']],
    [{ p50: '0ms', p99: '3s' }, ['below-minimum p50: a log-normal has no quantile at 0']],
    [{ p50: '1s', p100: '3s' }, ['unknown-key p100: p100 is not a quantile']],
    [{ exponental: { mean: '1s' } }, ['unknown-key exponental: exponental is no kind of distribution']],
    [{ exponential: '1s' }, ['wrong-type exponential: exponential needs mean, not 1s']],
    [{ exponential: { mean: '0s' } }, ['below-minimum exponential.mean: 0s is not above 0s']],
    [
      { normal: { mean: '1s', cv: 1 } },
      ['unknown-key normal.cv: normal has no cv', 'missing-setting normal: normal needs sd'],
    ],
    [{ uniform: { min: '2s', max: '1s' } }, ['not-rising uniform: min is above max']],
    [{ gamma: { mean: '1s', cv: -1 } }, ['below-minimum gamma.cv: -1 is below the minimum of 0']],
    [{ erlang: { mean: '1s', k: 1.5 } }, ['not-whole erlang.k: 1.5 is not a whole number']],
    [
      { exponential: { mean: '1s' }, uniform: { min: '1s', max: '2s' } },
      ['bad-distribution : a distribution is of one kind, and this one has exponential and uniform'],
    ],
    [{ samples: 'd.csv' }, ['missing-setting : samples needs column']],
    [{ mixture: [] }, ['wrong-type mixture: mixture is a list of parts, not an empty one']],
    [
      {
        mixture: [
          { weight: 1e308, of: '1s' },
          { weight: 1e308, of: '2s' },
        ],
      },
      [0, 1].map((part) => `above-maximum mixture[${part}].weight: 1e+308 is above the maximum of 1000000000`),
    ],
    [{ mixture: [{ weight: 0, of: '1s' }] }, ['weights-all-zero mixture: the weights are all zero']],
    [
      { mixture: [{ weight: -1, of: 1 }] },
      ['below-minimum mixture[0].weight: -1 is below the minimum of 0', 'missing-unit mixture[0].of: 1 has no unit'],
    ],
    [{ quantiles: { p50: '2s', p90: '1s' } }, ['not-rising quantiles.p90: p90 is below p50']],
  ])('%j is refused', (raw, faults) => {
    expect(read(raw)).toEqual(faults);
  });

  it('is printed in the form of the file', () => {
    const texts = SPECS.map(([raw]) => distributionText(readDistribution(raw, () => {})!));
    expect(texts.slice(0, 6)).toEqual([
      '45ms',
      '{ p50: 45ms, p99: 400ms }',
      '{ p10: 1ms, p99.9: 2s }',
      '45ms',
      '{ lognormal: { mean: 1s, cv: 0.5 } }',
      '1s',
    ]);
    expect(texts[13]).toBe('{ quantiles: { min: 1ms, p50: 45ms, max: 1s } }');
    expect(texts[15]).toBe('{ mixture: [{ weight: 9, of: 45ms }, { weight: 1, of: { exponential: { mean: 2s } } }] }');
  });
});
