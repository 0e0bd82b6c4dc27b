/**
 * Rule     A function whose runtime is unknown, its own or not measured has a default init too: that of another runtime.
 * Numbers  none; the runtime that stands in where the scenario names none, the newest Node.js measured at the time.
 * Era      As the tables of `init-duration`.
 * Source   maxday/lambda-perf (Apache-2.0), the runtimes measured at the two times; read 2026-11-21.
 * Assumes  What `assumes` says, which `lambdasim rules` prints.
 */
import { INIT_MEASURED_2022 } from './init-durations-2022.js';
import { INIT_MEASURED_2026 } from './init-durations-measured.js';
import type { Rule } from './rule.js';

export interface InitStandIn {
  /** AWS's identifier of the runtime whose init a function without one takes. */
  readonly withoutRuntime: string;
}

export const initStandIn: Rule<InitStandIn> = {
  name: 'init-stand-in',
  statement: 'A function whose runtime is not given, not managed or not measured starts like one that was measured.',
  assumes:
    'Without a runtime it starts like the newest Node.js, and so does one of no known family. A runtime that was not measured starts like the nearest of its family, a custom one like Go.',
  fields: { withoutRuntime: [...new Set([...Object.keys(INIT_MEASURED_2026), ...Object.keys(INIT_MEASURED_2022)])] },
  versions: [
    {
      from: '2023-07-01',
      value: { withoutRuntime: 'nodejs24.x' },
      certainty: 'assumed',
      source: 'maxday/lambda-perf, runtimes measured in June to August 2026',
      read: '2026-11-21',
    },
    {
      from: '2018-01-01',
      value: { withoutRuntime: 'nodejs14.x' },
      certainty: 'assumed',
      source: 'maxday/lambda-perf, runtimes measured in October to December 2022',
      read: '2026-11-21',
    },
  ],
};
