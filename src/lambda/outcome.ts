/** Closed lists of what can become of an attempt, with the names reports use. */

/** How an attempt ended, as Lambda sees it. */
export type Outcome = number;
export const OK: Outcome = 0;
export const FUNCTION_ERROR: Outcome = 1;
export const FUNCTION_TIMEOUT: Outcome = 2;
export const THROTTLED: Outcome = 3;
export const SERVICE_ERROR: Outcome = 4;
/** The caller stopped waiting; the function goes on. */
export const CALLER_TIMEOUT: Outcome = 5;
/** The front end in front of the function refused the request: Lambda saw nothing of it. */
export const REFUSED_IN_FRONT: Outcome = 6;
/** The attempt did not decide the request: it is tried again, or somebody else tells. */
export const NO_ANSWER: Outcome = 255;
/** By outcome. */
export const OUTCOMES = [
  'ok',
  'functionError',
  'functionTimeout',
  'throttled',
  'serviceError',
  'callerTimeout',
  'refusedInFront',
] as const;
export type OutcomeName = (typeof OUTCOMES)[number];

/** Answer of the dispatcher: admitted, or the reason of the throttle. */
export type Admission = number;
export const ADMITTED: Admission = 0;
export const CONCURRENCY: Admission = 1;
export const RESERVED_CONCURRENCY: Admission = 2;
export const SCALING_RATE: Admission = 3;
export const CALLER_RATE: Admission = 4;
export const RESERVED_RATE: Admission = 5;
export const ENI_LIMIT: Admission = 6;
/** AWS's `Reason` strings, by admission; the ENI limit is AWS's error code of the classic VPC network. */
export const REASONS: readonly string[] = [
  '',
  'ConcurrentInvocationLimitExceeded',
  'ReservedFunctionConcurrentInvocationLimitExceeded',
  'FunctionInvocationRateLimitExceeded',
  'CallerRateLimitExceeded',
  'ReservedFunctionInvocationRateLimitExceeded',
  'EniLimit',
];

/** Why a try of a batch of stream records failed. */
export type BatchFault = number;
/** A record that fails on every try is in it. */
export const POISON_RECORD: BatchFault = 0;
/** A record of it failed on this try. */
export const RECORD_ERROR: BatchFault = 1;
/** The handler itself failed. */
export const HANDLER_ERROR: BatchFault = 2;
/** A call of the handler failed, or what had to be done before it. */
export const CALL_ERROR: BatchFault = 3;
export const HANDLER_TIMEOUT: BatchFault = 4;
/** The function never had it: it was throttled, or Lambda itself failed. */
export const BATCH_THROTTLED: BatchFault = 5;
export const BATCH_SERVICE_ERROR: BatchFault = 6;
/** By fault. */
export const BATCH_FAULTS = ['poison', 'record', 'handler', 'call', 'timeout', 'throttle', 'service'] as const;
export type BatchFaultName = (typeof BATCH_FAULTS)[number];

/** What an invocation found when it started. */
export type StartKind = number;
export const WARM: StartKind = 0;
/** A new on-demand environment, initialised before the handler. */
export const COLD: StartKind = 1;
/** As COLD, but the init passed its limit and was repeated inside the invocation. */
export const COLD_RERUN: StartKind = 2;
/** An environment that was reset by a timeout: it initialises again inside the invocation. */
export const SUPPRESSED_INIT: StartKind = 3;
export const PROVISIONED: StartKind = 4;
/** By start kind. */
export const START_KINDS = ['warm', 'cold', 'coldRerun', 'suppressedInit', 'provisioned'] as const;
export type StartKindName = (typeof START_KINDS)[number];
