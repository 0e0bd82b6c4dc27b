/** What the clients of each traffic saw, counted by when their requests arrived. */
import { ARRIVED_AT, ATTEMPT_AT, OVERHEAD, DURATION, INIT, HIDDEN_INIT, ANSWERED_AT, FN, SOURCE, ATTEMPT, KIND, OUTCOME, ANSWER, TIMES, MARKS } from '../lambda/invocations.js';
import { Histogram } from '../engine/histogram.js';
import type { Micros } from '../engine/units.js';
import { type InvokerId, NONE } from '../lambda/ids.js';
import { CALLER_TIMEOUT, NO_ANSWER, OK, type Outcome, REFUSED_IN_FRONT, THROTTLED, WARM } from '../lambda/outcome.js';
import type { Observed } from './observed.js';
import type { TrafficResult } from './run-result.js';
import { summaryOf } from './summary.js';

const OFFERED = 0;
const SUCCEEDED = 1;
const FAILED = 2;
const GAVE_UP_THROTTLED = 3;
const TIMED_OUT = 4;
const ATTEMPTS = 5;
/** Attempts the front end refused. */
const REFUSED = 6;
/** Sums of microseconds over the requests that succeeded. */
const WAIT = 7;
const OVERHEADS = 8;
const INITS = 9;
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

  finished(rows: Int32Array, count: number): void {
    const { times, marks } = this.observed.invocations;
    const { sums } = this;
    const { warmUp } = this.observed;
    for (let i = 0; i < count; i++) {
      const t = rows[i] << TIMES;
      const m = rows[i] << MARKS;
      if (times[t + ARRIVED_AT] < warmUp) continue;
      const at = marks[m + SOURCE] * WIDTH;
      if (marks[m + FN] !== NONE) {
        if (marks[m + ATTEMPT] === 0) sums[at + OFFERED]++;
        if (times[t + ATTEMPT_AT] !== NONE) sums[at + ATTEMPTS]++;
        if (marks[m + OUTCOME] === REFUSED_IN_FRONT && times[t + ATTEMPT_AT] !== NONE) sums[at + REFUSED]++;
      }
      if (marks[m + ANSWER] === OK) {
        sums[at + SUCCEEDED]++;
        sums[at + (marks[m + ATTEMPT] === 0 ? WAIT : RETRY_WAIT)] += times[t + ATTEMPT_AT] - times[t + ARRIVED_AT];
        this.addParts(at, rows[i]);
        this.latency[marks[m + SOURCE]].record(times[t + ANSWERED_AT] - times[t + ARRIVED_AT]);
      } else if (marks[m + ANSWER] !== NO_ANSWER) {
        sums[at + columnOf(marks[m + ANSWER])]++;
      }
    }
  }

  /** Splits the time of the attempt that succeeded. */
  private addParts(at: number, row: number): void {
    const { times, marks } = this.observed.invocations;
    const t = row << TIMES;
    const warm = marks[(row << MARKS) + KIND] === WARM;
    const handler = warm ? times[t + DURATION] : times[t + DURATION] - times[t + HIDDEN_INIT];
    const overhead = times[t + OVERHEAD];
    this.sums[at + OVERHEADS] += overhead;
    this.sums[at + HANDLER] += handler;
    this.sums[at + INITS] += times[t + ANSWERED_AT] - times[t + ATTEMPT_AT] - overhead - handler;
  }

  /** Requests the front end refused before Lambda saw them. */
  refusedInFrontOf(traffic: InvokerId): number {
    return this.sums[traffic * WIDTH + REFUSED];
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
        overhead: mean(row[OVERHEADS]),
        init: mean(row[INITS]),
        handler: mean(row[HANDLER]),
        downstream: 0,
        retryWait: mean(row[RETRY_WAIT]),
      },
    };
  }
}

function columnOf(answer: Outcome): number {
  if (answer === THROTTLED || answer === REFUSED_IN_FRONT) return GAVE_UP_THROTTLED;
  return answer === CALLER_TIMEOUT ? TIMED_OUT : FAILED;
}
