/**
 * Rule     Requests and responses have a greatest size, by kind of invocation.
 * Numbers  Synchronous 6 MB each way. Streamed response 20 MB, 200 MB from 2025-07-31. Asynchronous 256 KB, 1 MB from 2025-10-24.
 * Era      Three versions.
 * Source   AWS Lambda Developer Guide, "Lambda quotas" (2019, 2026); AWS Compute Blog, "More room to build: serverless services now support payloads up to 1 MB"; read 2026-11-21.
 * Assumes  What `assumes` says, which `lambdasim rules` prints.
 */
import { type Bytes, KB, MB } from '../engine/units.js';
import type { Rule } from './rule.js';

export interface PayloadLimits {
  /** Of a synchronous invocation. */
  readonly request: Bytes;
  readonly response: Bytes;
  readonly streamedResponse: Bytes;
  /** Event of an asynchronous invocation. */
  readonly asynchronous: Bytes;
}

export const payloadLimits: Rule<PayloadLimits> = {
  name: 'payload-limits',
  statement:
    'A synchronous request or response holds at most 6 MB; asynchronous events and streamed responses have limits of their own.',
  assumes: 'The days within July and October 2025. Streamed responses exist since April 2023 only.',
  fields: { request: 'size', response: 'size', streamedResponse: 'size', asynchronous: 'size' },
  versions: [
    {
      from: '2025-10-24',
      value: { request: 6 * MB, response: 6 * MB, streamedResponse: 200 * MB, asynchronous: 1 * MB },
      certainty: 'documented',
      assumed: ['day'],
      source: 'AWS Compute Blog, "More room to build: serverless services now support payloads up to 1 MB"',
      read: '2026-11-21',
    },
    {
      from: '2025-07-31',
      value: { request: 6 * MB, response: 6 * MB, streamedResponse: 200 * MB, asynchronous: 256 * KB },
      certainty: 'documented',
      assumed: ['day'],
      source: 'AWS Lambda Developer Guide, "Lambda quotas"',
      read: '2026-11-21',
    },
    {
      from: '2018-01-01',
      value: { request: 6 * MB, response: 6 * MB, streamedResponse: 20 * MB, asynchronous: 256 * KB },
      certainty: 'documented',
      source: 'AWS Lambda Developer Guide, "Lambda quotas" (2019)',
      read: '2026-11-21',
    },
  ],
};
