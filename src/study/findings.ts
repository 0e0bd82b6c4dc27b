/**
 * Why a run came out as it did: which limit bound, when, and the setting that removes it. What failed a
 * threshold comes first, then what weighs most; of equal weight what made requests fail, slow, dear, in this order. Judged on
 * one replication.
 */
import type { Finding, RunResult, ThresholdVerdict } from '../results/run-result.js';
import type { Scenario } from '../scenario/types.js';
import { type Evidence, NO_EVIDENCE } from './evidence.js';
import { droppedEvents, failedHandOvers, recursion } from './findings/asynchronous.js';
import { batchingWindows } from './findings/batching-windows.js';
import { billedInits, roundedTime } from './findings/billed-time.js';
import { coldStarts, initTimeouts, slowInits } from './findings/cold-starts.js';
import { highConcurrency } from './findings/concurrency.js';
import { dearestItem } from './findings/dearest-item.js';
import { paidWaiting, refusedCalls } from './findings/dependencies.js';
import { slowedCalls } from './findings/dependency-outages.js';
import { apiGatewayRefusals, exhaustedRetries, serviceErrors } from './findings/failed-requests.js';
import { ownErrors } from './findings/function-errors.js';
import { idleReservations } from './findings/idle-reservations.js';
import { inOrder } from './findings/order.js';
import { idleProvisioned, spillover } from './findings/provisioned-concurrency.js';
import {
  expiredMessages,
  fewReceives,
  fifoThroughput,
  shortVisibility,
  throttledDeadLetters,
} from './findings/queues.js';
import { slowRuns } from './findings/slow-runs.js';
import { streamRecursion } from './findings/stream-loops.js';
import { blockedShards, crowdedShards, growingAge, lostRecords, rejectedWrites } from './findings/streams.js';
import { type Finder, Subject } from './findings/subject.js';
import { throttles } from './findings/throttles.js';
import { clientTimeouts, functionTimeouts } from './findings/time-limits.js';
import { failedMessages, heldBacklog } from './findings/waiting-messages.js';

/** What failed, what followed from it or made it worse, what was slow, what was dear. */
const FINDERS: readonly (readonly Finder[])[] = [
  [throttles, apiGatewayRefusals, serviceErrors, functionTimeouts, clientTimeouts, initTimeouts, ownErrors],
  [recursion, streamRecursion, droppedEvents, refusedCalls, slowedCalls, failedHandOvers],
  [throttledDeadLetters, expiredMessages, fifoThroughput, heldBacklog, failedMessages, shortVisibility, fewReceives],
  [rejectedWrites, blockedShards, lostRecords, growingAge, crowdedShards],
  [exhaustedRetries, idleReservations],
  [slowRuns, highConcurrency, batchingWindows, spillover, coldStarts, slowInits],
  [idleProvisioned, paidWaiting, roundedTime, billedInits, dearestItem],
];

/** What is known beside the run that findings are looked for in. */
export interface Judged {
  /** In the order of the scenario's thresholds. */
  readonly verdicts?: readonly ThresholdVerdict[];
  /** Index of the run among so many replications. */
  readonly replication?: number;
  readonly replications?: number;
}

/** Without evidence every period is the whole measured time, and what only evidence tells is not found. */
export function findingsOf(
  scenario: Scenario,
  run: RunResult,
  evidence: Evidence = NO_EVIDENCE,
  { verdicts = [], replication = 0, replications = 1 }: Judged = {},
): Finding[] {
  const failed = scenario.thresholds.filter((_, index) => verdicts[index]?.verdict === 'fail');
  const subject = new Subject(scenario, run, evidence, failed);
  const found = FINDERS.flatMap((finders) =>
    // Stable: what began at once stays in the order of the list.
    finders.flatMap((find) => find(subject)).sort((a, b) => a.from - b.from),
  );
  // Tables show means over replications; the counts of a finding are those of the run it was found in.
  const where = replications > 1 ? `In replication ${replication + 1} of ${replications}: ` : '';
  return inOrder(found, subject).map((finding) => ({ ...finding, message: where + finding.message }));
}
