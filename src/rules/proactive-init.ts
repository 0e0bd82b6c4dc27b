/**
 * Rule     Lambda may make an environment before a request needs it, so that nobody waits for its init.
 * Numbers  Share 0 of the environments that end by age; once switched on, a half is a fair guess.
 * Era      Documented since 2023; the same here on every day.
 * Source   AWS Lambda Developer Guide, "Understanding the Lambda execution environment lifecycle"; A. Stuyvenberg, "Understanding Proactive Initialization" (2023), who saw 50 to 85 % in his workloads; read 2026-11-21.
 * Assumes  What `assumes` says, which `lambdasim rules` prints.
 */
import type { Share } from '../engine/units.js';
import type { Rule } from './rule.js';

export interface ProactiveInit {
  /** Of the environments that reach their maximum age, how many are replaced before a request asks. */
  readonly share: Share;
}

export const proactiveInit: Rule<ProactiveInit> = {
  name: 'proactive-init',
  statement: 'Lambda may replace an aged environment before a request needs it, so that no request waits for the init.',
  assumes:
    'Share 0, because AWS promises none. An environment that reaches its maximum age is replaced at that instant, or when its last invocation ends, by one whose init lies before; it is billed where inits of cold starts are, and is no cold start.',
  fields: { share: 'share' },
  versions: [
    {
      from: '2018-01-01',
      value: { share: 0 },
      certainty: 'assumed',
      source:
        'AWS Lambda Developer Guide, "Understanding the Lambda execution environment lifecycle" (no share is given)',
      read: '2026-11-21',
    },
  ],
};
