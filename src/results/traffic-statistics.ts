/** What the clients of each traffic saw, counted by when their requests arrived. */
import { Histogram } from '../engine/histogram.js';
import type { InvocationId, InvokerId } from '../lambda/ids.js';
import { CALLER_TIMEOUT, OK, type Outcome, THROTTLED } from '../lambda/outcome.js';
import type { Observed } from './observed.js';
import type { TrafficResult } from './run-result.js';
import { summaryOf } from './summary.js';

const OFFERED = 0;
const SUCCEEDED = 1;
const FAILED = 2;
const GAVE_UP_THROTTLED = 3;
const TIMED_OUT = 4;
const ATTEMPTS = 5;
const REFUSED_IN_FRONT = 6;
/** Sums of microseconds over the requests that succeeded. */
const WAIT = 7;
const OVERHEAD = 8;
const INIT = 9;
const HANDLER = 10;
const RETRY_WAIT = 11;
const WIDTH = 12;

export class TrafficStatistics {
  private readonly sums: Float64Array;
  readonly latency: readonly Histogram[];

  constructor(
    private readonly observed: Observed,
    traffics: number,
  ) {
    this.sums = new Float64Array(traffics * WIDTH);
    this.latency = Array.from({ length: traffics }, () => new Histogram());
  }

  requested(traffic: InvokerId, invocation: InvocationId): void {
    if (this.counts(invocation)) this.sums[traffic * WIDTH + OFFERED]++;
  }

  attempted(traffic: InvokerId, invocation: InvocationId): void {
    if (this.counts(invocation)) this.sums[traffic * WIDTH + ATTEMPTS]++;
  }

  refusedInFront(traffic: InvokerId, invocation: InvocationId): void {
    if (this.counts(invocation)) this.sums[traffic * WIDTH + REFUSED_IN_FRONT]++;
  }

  answered(traffic: InvokerId, invocation: InvocationId, outcome: Outcome): void {
    if (!this.counts(invocation)) return;
    const { sums } = this;
    const row = traffic * WIDTH;
    if (outcome !== OK) {
      sums[row + (outcome === THROTTLED ? GAVE_UP_THROTTLED : outcome === CALLER_TIMEOUT ? TIMED_OUT : FAILED)]++;
      return;
    }
    const { invocations } = this.observed;
    const answeredAt = invocations.answeredAt[invocation];
    const arrivedAt = invocations.arrivedAt[invocation];
    const attemptAt = invocations.attemptAt[invocation];
    const handler = invocations.duration[invocation] - invocations.hiddenInit[invocation];
    const overhead = invocations.overhead[invocation];
    sums[row + SUCCEEDED]++;
    sums[row + OVERHEAD] += overhead;
    sums[row + HANDLER] += handler;
    sums[row + INIT] += answeredAt - attemptAt - overhead - handler;
    sums[row + (invocations.attempt[invocation] === 0 ? WAIT : RETRY_WAIT)] += attemptAt - arrivedAt;
    this.latency[traffic].record(answeredAt - arrivedAt);
  }

  /** Requests the front end refused before Lambda saw them. */
  refusedInFrontOf(traffic: InvokerId): number {
    return this.sums[traffic * WIDTH + REFUSED_IN_FRONT];
  }

  of(traffic: InvokerId): TrafficResult {
    const row = this.sums.subarray(traffic * WIDTH, (traffic + 1) * WIDTH);
    const finished = row[SUCCEEDED] + row[FAILED] + row[GAVE_UP_THROTTLED] + row[TIMED_OUT];
    const mean = (sum: number) => (row[SUCCEEDED] > 0 ? sum / row[SUCCEEDED] / 1000 : 0);
    return {
      offered: row[OFFERED],
      succeeded: row[SUCCEEDED],
      failed: row[FAILED],
      throttled: row[GAVE_UP_THROTTLED],
      timedOut: row[TIMED_OUT],
      unfinished: row[OFFERED] - finished,
      attempts: row[ATTEMPTS],
      latency: summaryOf(this.latency[traffic]),
      parts: {
        wait: mean(row[WAIT]),
        overhead: mean(row[OVERHEAD]),
        init: mean(row[INIT]),
        handler: mean(row[HANDLER]),
        downstream: 0,
        retryWait: mean(row[RETRY_WAIT]),
      },
    };
  }

  private counts(invocation: InvocationId): boolean {
    return this.observed.invocations.arrivedAt[invocation] >= this.observed.warmUp;
  }
}
