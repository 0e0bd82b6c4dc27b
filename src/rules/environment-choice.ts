/**
 * Rule     Of several idle environments the one used last is used again; a new one is made only when none is idle.
 * Numbers  none
 * Era      The same since the first day covered.
 * Source   EuroSys 2026 data set ubc-cirrus-lab/demystifying-serverless-costs: in logs of 11 runtimes the environments used equal the most requests in flight; read 2026-11-21.
 * Assumes  What `assumes` says, which `lambdasim rules` prints.
 */
import type { Rule } from './rule.js';

export interface EnvironmentChoice {
  readonly order: 'most-recently-used' | 'least-recently-used' | 'random';
}

export const environmentChoice: Rule<EnvironmentChoice> = {
  name: 'environment-choice',
  statement: 'Of several idle environments the one used last is used again.',
  assumes:
    'The order among idle environments, which AWS does not publish. Most recently used first lets the surplus expire.',
  fields: { order: ['most-recently-used', 'least-recently-used', 'random'] },
  versions: [
    {
      from: '2018-01-01',
      value: { order: 'most-recently-used' },
      certainty: 'assumed',
      source: 'Not published; agrees with ubc-cirrus-lab/demystifying-serverless-costs (logs of 2025)',
      read: '2026-11-21',
    },
  ],
};
