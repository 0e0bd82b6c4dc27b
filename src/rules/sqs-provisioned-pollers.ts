/**
 * Rule     In provisioned mode a mapping keeps event pollers ready, adds more while messages wait, and pays for each by the hour.
 * Numbers  Minimum 2 to 200 pollers, default 2; maximum 2 to 10,000, default 200. A poller reads 1 MB a second, polls 10 times a second and has 10 invocations at once. 100 more a minute, which is 1,000 invocations.
 * Era      Since 2025-11-14 (src/rules/feature-dates.ts).
 * Source   AWS Lambda API reference, "ProvisionedPollerConfig"; AWS Lambda Developer Guide, "Configuring scaling behavior for SQS event source mappings"; AWS News Blog, "AWS Lambda enhances event processing with provisioned mode for SQS event-source mapping"; read 2026-11-21.
 * Assumes  What `assumes` says, which `lambdasim rules` prints.
 */
import { type Bytes, MB } from '../engine/units.js';
import type { Rule } from './rule.js';

export interface SqsProvisionedPollers {
  /** Default and least minimum. */
  readonly minimum: number;
  readonly maximumMinimum: number;
  /** Default maximum. */
  readonly maximum: number;
  readonly maximumMaximum: number;
  readonly bytesPerSecond: Bytes;
  readonly pollsPerSecond: number;
  readonly invocations: number;
  readonly perMinute: number;
}

export const sqsProvisionedPollers: Rule<SqsProvisionedPollers> = {
  name: 'sqs-provisioned-pollers',
  statement: 'A mapping in provisioned mode keeps pollers ready and adds more while messages wait.',
  assumes:
    'More are added at full minutes, as without provisioned mode, and leave as fast when fewer would do. A poller that has nothing to do makes one long poll at a time. At the launch the maximum was 2,000; the later one is used throughout.',
  fields: {
    minimum: 'count',
    maximumMinimum: 'count',
    maximum: 'count',
    maximumMaximum: 'count',
    bytesPerSecond: 'size',
    pollsPerSecond: 'count',
    invocations: 'count',
    perMinute: 'count',
  },
  versions: [
    {
      from: '2025-11-14',
      value: {
        minimum: 2,
        maximumMinimum: 200,
        maximum: 200,
        maximumMaximum: 10_000,
        bytesPerSecond: 1 * MB,
        pollsPerSecond: 10,
        invocations: 10,
        perMinute: 100,
      },
      certainty: 'documented',
      assumed: ['maximumMaximum'],
      source: 'AWS Lambda API reference, "ProvisionedPollerConfig"',
      read: '2026-11-21',
    },
  ],
};
