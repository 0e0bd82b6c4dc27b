/** An attempt as an object with names, for recorders that would rather read than be fast: a row of the table of invocations. */
import type { Micros } from '../engine/units.js';
import type { EnvironmentId, FunctionId, InvocationId, InvokerId } from './ids.js';
import { NONE } from './ids.js';
import {
  ANSWER,
  ANSWERED_AT,
  ARRIVED_AT,
  ATTEMPT,
  ATTEMPT_AT,
  DURATION,
  ENDS_AT,
  ENVIRONMENT,
  FN,
  HIDDEN_INIT,
  INIT,
  KIND,
  MARKS,
  OUTCOME,
  REFUSAL,
  SOURCE,
  STARTED_AT,
  TIMES,
} from './invocations.js';
import {
  CALLER_TIMEOUT,
  COLD,
  NO_ANSWER,
  OUTCOMES,
  type OutcomeName,
  REASONS,
  START_KINDS,
  type StartKindName,
  THROTTLED,
  WARM,
} from './outcome.js';

/** The rows themselves; both are exchanged when the table grows, so read them anew for each fact. */
export interface InvocationTable {
  readonly times: Float64Array;
  readonly marks: Int32Array;
}

/** Instants and times in microseconds; what never happened is undefined. */
export interface Attempt {
  /** Position in the scenario's `functions`; undefined for a client that gave up on an attempt of which another row tells. */
  readonly fn: FunctionId | undefined;
  /** Position in the scenario's `traffic`. */
  readonly source: InvokerId;
  /** 0 for the first try of a request. */
  readonly attempt: number;
  /** When the request was first made. */
  readonly arrivedAt: Micros;
  /** When this attempt was made; undefined while it waits to be. */
  readonly attemptAt: Micros | undefined;
  /** When Lambda admitted it. */
  readonly startedAt: Micros | undefined;
  /** When the handler ends; of an attempt that is under way, when it is going to. */
  readonly endsAt: Micros | undefined;
  /** When its request was over for the client, where this attempt decided that, and how. */
  readonly answeredAt: Micros | undefined;
  readonly answer: OutcomeName | undefined;
  readonly environment: EnvironmentId | undefined;
  readonly start: StartKindName | undefined;
  /** As a REPORT line has it: an init that was repeated or suppressed is inside. */
  readonly duration: Micros | undefined;
  /** As a REPORT line has it, of a cold start whose init kept its limit. */
  readonly initDuration: Micros | undefined;
  /** The part of `duration` that is init. */
  readonly hiddenInit: Micros | undefined;
  readonly outcome: OutcomeName | undefined;
  /** AWS's reason, of a throttle. */
  readonly throttleReason: string | undefined;
}

/** The attempt in a row, at the time it is asked for: rows are used again. */
export function attemptIn({ times, marks }: InvocationTable, row: InvocationId | number): Attempt {
  const t = row << TIMES;
  const m = row << MARKS;
  const isClientAlone = marks[m + FN] === NONE;
  const wasMade = times[t + ATTEMPT_AT] !== NONE;
  const ran = times[t + STARTED_AT] !== NONE;
  const kind = marks[m + KIND];
  const outcome = isClientAlone ? CALLER_TIMEOUT : marks[m + OUTCOME];
  const isAnswered = marks[m + ANSWER] !== NO_ANSWER;
  return {
    fn: isClientAlone ? undefined : (marks[m + FN] as FunctionId),
    source: marks[m + SOURCE] as InvokerId,
    attempt: marks[m + ATTEMPT],
    arrivedAt: times[t + ARRIVED_AT],
    attemptAt: wasMade ? times[t + ATTEMPT_AT] : undefined,
    startedAt: ran ? times[t + STARTED_AT] : undefined,
    endsAt: ran ? times[t + ENDS_AT] : undefined,
    answeredAt: isAnswered ? times[t + ANSWERED_AT] : undefined,
    answer: isAnswered ? OUTCOMES[marks[m + ANSWER]] : undefined,
    environment: ran ? (marks[m + ENVIRONMENT] as EnvironmentId) : undefined,
    start: ran ? START_KINDS[kind] : undefined,
    duration: ran ? times[t + DURATION] : undefined,
    initDuration: ran && kind === COLD ? times[t + INIT] : undefined,
    hiddenInit: ran && kind !== WARM ? times[t + HIDDEN_INIT] : undefined,
    outcome: wasMade ? OUTCOMES[outcome] : undefined,
    throttleReason: wasMade && outcome === THROTTLED ? REASONS[marks[m + REFUSAL]] : undefined,
  };
}
