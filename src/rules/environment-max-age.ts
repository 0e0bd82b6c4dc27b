/**
 * Rule     An environment is ended after some hours even if requests keep coming.
 * Numbers  Until 2020-11: 3.5 h to 4.5 h. Since: 2 h to 2.25 h.
 * Era      Two versions; AWS says "every few hours".
 * Source   AWS Lambda Developer Guide, "Understanding the Lambda execution environment lifecycle"; theburningmonk.com, "How long does AWS Lambda keep your idle functions around?" (2017); Xebia, "AWS Lambda terminates instances preemptively" (about 2021); read 2026-11-21.
 * Assumes  What `assumes` says, which `lambdasim rules` prints.
 */
import type { DistributionSpec } from '../engine/distribution.js';
import { HOUR } from '../engine/units.js';
import type { Rule } from './rule.js';

export interface EnvironmentMaxAge {
  /** From the creation of an environment to the instant after which it is not used again. */
  readonly age: DistributionSpec;
}

export const environmentMaxAge: Rule<EnvironmentMaxAge> = {
  name: 'environment-max-age',
  statement: 'An environment is replaced after a few hours, busy or not.',
  assumes:
    'Uniform around the measured values, looked at when the environment becomes idle and never during an invocation. Provisioned environments are replaced out of sight.',
  fields: { age: 'distribution' },
  versions: [
    {
      from: '2020-12-01',
      value: { age: { kind: 'uniform', min: 2 * HOUR, max: 2.25 * HOUR } },
      certainty: 'assumed',
      source: 'Chosen around the 2 h of Xebia, "AWS Lambda terminates instances preemptively" (about 2021)',
      read: '2026-11-21',
    },
    {
      from: '2018-01-01',
      value: { age: { kind: 'uniform', min: 3.5 * HOUR, max: 4.5 * HOUR } },
      certainty: 'assumed',
      source:
        'Chosen around the 4 h of theburningmonk.com, "How long does AWS Lambda keep your idle functions around?" (2017)',
      read: '2026-11-21',
    },
  ],
};
