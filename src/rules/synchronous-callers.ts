/**
 * Rule     A front end between the client and a synchronous invocation has a time limit, payload limits, its own way to show a throttle, and retries or not.
 * Numbers  Waits: function-url 900 s; http-api 30 s (50 ms to 30 s); rest-api 29 s (50 ms to 29 s, from 2024-06-04 to 900 s); alb 60 s (1 s to 4,000 s); lambda-edge 5 s for viewer events, 30 s for origin events; cognito 5 s; s3-batch 900 s; firehose 300 s; lex 30 s; alexa 8 s; sdk and step-functions for ever. Payloads 6 MB each way, but alb 1 MB, step-functions 256 KB, lambda-edge 40 KB for viewer events and 1 MB for origin events, lex 25 KB and alexa 24 KB for the response. A throttle shows as 429 (sdk, function-url, step-functions, s3-batch, cognito, firehose, lex, alexa), 500 (rest-api), 502 (alb) or 503 (http-api, lambda-edge). Retries: step-functions after 2 s, doubling, 6 attempts; cognito 3 attempts at once (0 s, factor 1); s3-batch after 1 s, doubling, at most 60 s, 10 attempts; sdk as its own rule says; the rest none.
 * Era      2018 to 2024-06-03; since 2024-06-04 the limit of a REST API can be raised.
 * Source   Amazon API Gateway Developer Guide, "Amazon API Gateway quotas"; AWS What's New of 2024-06-04 on the REST integration time-out; AWS Lambda Developer Guide, "Invoking Lambda functions", "Lambda function URLs"; AWS Step Functions Developer Guide, "Handle transient Lambda service exceptions"; Amazon CloudFront Developer Guide, "Restrictions on Lambda@Edge"; AWS re:Post, API Gateway not forwarding 429; read 2026-11-21.
 * Assumes  What `assumes` says, which `lambdasim rules` prints.
 */
import { type Bytes, KB, MB, MILLISECOND, type Micros, SECOND } from '../engine/units.js';
import type { Rule } from './rule.js';

/** How a caller tries again by default; `sdk` follows the rule `client-retry`. */
export type CallerRetry =
  | { readonly kind: 'none' }
  | { readonly kind: 'sdk'; readonly mode: 'standard' }
  | {
      readonly kind: 'backoff';
      readonly interval: Micros;
      readonly backoffRate: number;
      readonly maximumDelay: Micros;
      readonly jitter: 'none' | 'full';
      /** In all, the first included. */
      readonly maximumAttempts: number;
      readonly on: readonly ('throttle' | 'serviceError' | 'timeout')[];
    };

export interface SynchronousCaller {
  /** How long it waits for one invocation unless told otherwise; null: for ever. */
  readonly timeLimit: Micros | null;
  /** What the limit may be set to; null where there is none to set. */
  readonly settable: readonly [Micros, Micros] | null;
  readonly request: Bytes;
  readonly response: Bytes;
  /** HTTP status of a Lambda throttle as the client sees it. */
  readonly throttleStatus: number;
  readonly retry: CallerRetry;
}

/** One entry for each synchronous `via`; Lambda@Edge has one for viewer and one for origin events. */
export interface SynchronousCallers {
  readonly sdk: SynchronousCaller;
  readonly 'function-url': SynchronousCaller;
  readonly 'http-api': SynchronousCaller;
  readonly 'rest-api': SynchronousCaller;
  readonly alb: SynchronousCaller;
  readonly 'lambda-edge-viewer': SynchronousCaller;
  readonly 'lambda-edge-origin': SynchronousCaller;
  readonly 'step-functions': SynchronousCaller;
  readonly cognito: SynchronousCaller;
  readonly 's3-batch': SynchronousCaller;
  readonly firehose: SynchronousCaller;
  readonly lex: SynchronousCaller;
  readonly alexa: SynchronousCaller;
}

const none: CallerRetry = { kind: 'none' };
const payload = { request: 6 * MB, response: 6 * MB };

function backoff(
  interval: Micros,
  backoffRate: number,
  maximumDelay: Micros,
  jitter: 'none' | 'full',
  maximumAttempts: number,
  on: readonly ('throttle' | 'serviceError' | 'timeout')[],
): CallerRetry {
  return { kind: 'backoff', interval, backoffRate, maximumDelay, jitter, maximumAttempts, on };
}

const callers: SynchronousCallers = {
  sdk: { timeLimit: null, settable: null, ...payload, throttleStatus: 429, retry: { kind: 'sdk', mode: 'standard' } },
  'function-url': { timeLimit: 900 * SECOND, settable: null, ...payload, throttleStatus: 429, retry: none },
  'http-api': {
    timeLimit: 30 * SECOND,
    settable: [50 * MILLISECOND, 30 * SECOND],
    ...payload,
    throttleStatus: 503,
    retry: none,
  },
  'rest-api': {
    timeLimit: 29 * SECOND,
    settable: [50 * MILLISECOND, 900 * SECOND],
    ...payload,
    throttleStatus: 500,
    retry: none,
  },
  alb: {
    timeLimit: 60 * SECOND,
    settable: [1 * SECOND, 4_000 * SECOND],
    request: 1 * MB,
    response: 1 * MB,
    throttleStatus: 502,
    retry: none,
  },
  'lambda-edge-viewer': {
    timeLimit: 5 * SECOND,
    settable: null,
    request: 40 * KB,
    response: 40 * KB,
    throttleStatus: 503,
    retry: none,
  },
  'lambda-edge-origin': {
    timeLimit: 30 * SECOND,
    settable: null,
    request: 1 * MB,
    response: 1 * MB,
    throttleStatus: 503,
    retry: none,
  },
  'step-functions': {
    timeLimit: null,
    settable: null,
    request: 256 * KB,
    response: 256 * KB,
    throttleStatus: 429,
    retry: backoff(2 * SECOND, 2, 900 * SECOND, 'none', 6, ['throttle', 'serviceError']),
  },
  cognito: {
    timeLimit: 5 * SECOND,
    settable: null,
    ...payload,
    throttleStatus: 429,
    retry: backoff(0, 1, 0, 'none', 3, ['throttle', 'serviceError', 'timeout']),
  },
  's3-batch': {
    timeLimit: 900 * SECOND,
    settable: null,
    ...payload,
    throttleStatus: 429,
    retry: backoff(1 * SECOND, 2, 60 * SECOND, 'full', 10, ['throttle']),
  },
  firehose: { timeLimit: 300 * SECOND, settable: null, ...payload, throttleStatus: 429, retry: none },
  lex: {
    timeLimit: 30 * SECOND,
    settable: null,
    request: 6 * MB,
    response: 25 * KB,
    throttleStatus: 429,
    retry: none,
  },
  alexa: {
    timeLimit: 8 * SECOND,
    settable: null,
    request: 6 * MB,
    response: 24 * KB,
    throttleStatus: 429,
    retry: none,
  },
};

/** All that have something from memory. */
const assumedIn = [
  'http-api',
  'alb',
  'lambda-edge-viewer',
  'lambda-edge-origin',
  'step-functions',
  'cognito',
  's3-batch',
  'firehose',
  'lex',
  'alexa',
] as const;

export const synchronousCallers: Rule<SynchronousCallers> = {
  name: 'synchronous-callers',
  statement: 'Each front end of a synchronous invocation waits for its own time and shows a throttle in its own way.',
  assumes:
    "From memory: alb, http-api, cognito, firehose, lex and alexa, the payload limits but 6 MB, and what a throttle looks like behind alb, http-api and lambda-edge. A raised REST limit ends at the longest function timeout. Attempts count the first one, as in a scenario's `maximumAttempts`; the `MaxAttempts` of a Step Functions state counts retries, so its 6 are read as 6 attempts in all, one fewer than the state would make. Retries of s3-batch are on throttles only, with full jitter; those of step-functions on throttles and service errors.",
  fields: {
    sdk: 'table',
    'function-url': 'table',
    'http-api': 'table',
    'rest-api': 'table',
    alb: 'table',
    'lambda-edge-viewer': 'table',
    'lambda-edge-origin': 'table',
    'step-functions': 'table',
    cognito: 'table',
    's3-batch': 'table',
    firehose: 'table',
    lex: 'table',
    alexa: 'table',
  },
  versions: [
    {
      from: '2024-06-04',
      value: callers,
      certainty: 'documented',
      assumed: assumedIn,
      source:
        'AWS What\'s New of 2024-06-04, "Amazon API Gateway integration timeout limit increase beyond 29 seconds"',
      read: '2026-11-21',
    },
    {
      from: '2018-01-01',
      value: { ...callers, 'rest-api': { ...callers['rest-api'], settable: [50 * MILLISECOND, 29 * SECOND] } },
      certainty: 'documented',
      assumed: assumedIn,
      source: 'Amazon API Gateway Developer Guide, "Amazon API Gateway quotas"',
      read: '2026-11-21',
    },
  ],
};

/** The most that the time limit of a front end may be set to; null where it waits for ever. */
export function longestTimeLimit({ timeLimit, settable }: SynchronousCaller): Micros | null {
  return settable === null ? timeLimit : settable[1];
}

/** The entry of a synchronous `via`; `edgeEvent` tells viewer from origin events of Lambda@Edge, viewer by default. */
export function callerOf(
  value: SynchronousCallers,
  via: Exclude<keyof SynchronousCallers, 'lambda-edge-viewer' | 'lambda-edge-origin'> | 'lambda-edge',
  edgeEvent?: string,
): SynchronousCaller {
  if (via !== 'lambda-edge') return value[via];
  return value[edgeEvent?.startsWith('origin') === true ? 'lambda-edge-origin' : 'lambda-edge-viewer'];
}
