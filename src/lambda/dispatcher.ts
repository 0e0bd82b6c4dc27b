/** The decision about one request: which environment runs it, or why none does. It never queues. */
import type { Account } from './account.js';
import type { Execution } from './execution.js';
import { type InvocationId, NONE } from './ids.js';
import type { LambdaFunction } from './lambda-function.js';
import {
  ADMITTED,
  type Admission,
  CALLER_RATE,
  ENI_LIMIT,
  RESERVED_CONCURRENCY,
  RESERVED_RATE,
  SCALING_RATE,
} from './outcome.js';
import type { TokenBucket } from './token-bucket.js';

export class Dispatcher {
  constructor(
    private readonly account: Account,
    /** Requests per second of the account. */
    private readonly requests: TokenBucket,
    private readonly execution: Execution,
  ) {}

  /** Starts the invocation now, or says why not. A refused request uses up no part of any quota. */
  tryInvoke(fn: LambdaFunction, invocation: InvocationId): Admission {
    if (fn.stopped) return RESERVED_CONCURRENCY;
    if (!this.requests.has()) return CALLER_RATE;
    if (fn.hasOwnConcurrency) {
      if (fn.isOverReservedRate) return RESERVED_RATE;
      if (this.startedProvisioned(fn, invocation)) return this.admitted(fn);
    }
    const admission = this.account.admits(fn.id);
    if (admission !== ADMITTED) return admission;

    const idle = fn.environments.takeIdle();
    if (idle === NONE) return this.tryCold(fn, invocation);
    this.account.claim(fn.id);
    this.execution.startWarm(fn, invocation, idle);
    return this.admitted(fn);
  }

  /** On an environment of its own, if the function may have one more. */
  private tryCold(fn: LambdaFunction, invocation: InvocationId): Admission {
    if (!fn.hasAddress) return ENI_LIMIT;
    if (!fn.scaling.has()) return SCALING_RATE;
    fn.scaling.take();
    this.account.claim(fn.id);
    this.execution.startCold(fn, invocation, fn.environments.open());
    return this.admitted(fn);
  }

  /** On an idle provisioned environment, while its own rate of requests lasts. */
  private startedProvisioned(fn: LambdaFunction, invocation: InvocationId): boolean {
    if (fn.provisionedRequests === undefined || !fn.provisionedRequests.has()) return false;
    const environment = fn.environments.takeIdleProvisioned();
    if (environment === NONE) return false;
    fn.provisionedRequests.take();
    this.account.claimProvisioned(fn.id);
    this.execution.startProvisioned(fn, invocation, environment);
    return true;
  }

  private admitted(fn: LambdaFunction): Admission {
    this.requests.take();
    if (fn.hasOwnConcurrency) fn.reservedRequests?.take();
    return ADMITTED;
  }
}
