/** A finding with what decides its place among the others; shares are of what the message itself tells of. */
import type { Finding } from '../../results/run-result.js';

export interface Found extends Finding {
  /** Figures of thresholds that it explains, by the name they have in a path; `bill` stands for money and what is metered. */
  readonly touches: readonly Figure[];
  /** Share of the requests of its resource that it made fail or wait. */
  readonly requests: number;
  /** Share of the bill that it is, before tiers and the free tier. */
  readonly bill: number;
  /** What the scenario asks for, or too little to be felt. */
  readonly onlyWhereFailed?: true;
}

export type Figure =
  | 'age'
  | 'async'
  | 'attempts'
  | 'bill'
  | 'coldStarts'
  | 'concurrency'
  | 'deadLettered'
  | 'delay'
  | 'discarded'
  | 'duplicates'
  | 'duration'
  | 'errors'
  | 'expired'
  | 'failed'
  | 'initDuration'
  | 'iteratorAge'
  | 'latency'
  | 'rejected'
  | 'serviceErrors'
  | 'spilloverInvocations'
  | 'succeeded'
  | 'throttled'
  | 'throttles'
  | 'timedOut'
  | 'timeouts'
  | 'visible'
  | 'waiting';
