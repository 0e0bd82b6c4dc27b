/**
 * Why a run came out as it did: which limit bound, when, and the setting that removes it. What made requests fail comes
 * first, by when it began; then what made them slow; then what made them dear. Judged on the first replication.
 */
import type { Finding, RunResult } from '../results/run-result.js';
import type { Scenario } from '../scenario/types.js';
import { type Evidence, NO_EVIDENCE } from './evidence.js';
import { billedInits, roundedTime } from './findings/billed-time.js';
import { coldStarts, initTimeouts } from './findings/cold-starts.js';
import { apiGatewayRefusals, exhaustedRetries, serviceErrors } from './findings/failed-requests.js';
import { idleReservations } from './findings/idle-reservations.js';
import { idleProvisioned, spillover } from './findings/provisioned-concurrency.js';
import { type Finder, Subject } from './findings/subject.js';
import { throttles } from './findings/throttles.js';
import { clientTimeouts, functionTimeouts } from './findings/time-limits.js';

/** What failed, what followed from it or made it worse, what was slow, what was dear. */
const FINDERS: readonly (readonly Finder[])[] = [
  [throttles, apiGatewayRefusals, serviceErrors, functionTimeouts, clientTimeouts, initTimeouts],
  [exhaustedRetries, idleReservations],
  [spillover, coldStarts],
  [idleProvisioned, roundedTime, billedInits],
];

/** Without evidence every period is the whole measured time, and what only evidence tells is not found. */
export function findingsOf(scenario: Scenario, run: RunResult, evidence: Evidence = NO_EVIDENCE): Finding[] {
  const subject = new Subject(scenario, run, evidence);
  return FINDERS.flatMap((finders) =>
    // Stable: what began at once stays in the order of the list.
    finders.flatMap((find) => find(subject)).sort((a, b) => a.from - b.from),
  );
}
