/** The decision about one request: which environment runs it, or why none does. It never queues. */
import type { Account } from './account.js';
import type { Execution } from './execution.js';
import { type InvocationId, NONE } from './ids.js';
import type { LambdaFunction } from './lambda-function.js';
import { ADMITTED, type Admission, CALLER_RATE, ENI_LIMIT, RESERVED_CONCURRENCY, RESERVED_RATE, SCALING_RATE } from './outcome.js';
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
    if (fn.reservedRequests !== undefined && !fn.reservedRequests.has()) return RESERVED_RATE;

    const admission = this.place(fn, invocation);
    if (admission === ADMITTED) {
      this.requests.take();
      if (fn.reservedRequests !== undefined) fn.reservedRequests.take();
    }
    return admission;
  }

  private place(fn: LambdaFunction, invocation: InvocationId): Admission {
    if (fn.provisionedRequests?.has()) {
      const provisioned = fn.environments.takeIdleProvisioned();
      if (provisioned !== NONE) {
        fn.provisionedRequests.take();
        this.execution.startProvisioned(fn, invocation, provisioned);
        return ADMITTED;
      }
    }
    const refusal = this.account.claim(fn.id);
    if (refusal !== ADMITTED) return refusal;

    const idle = fn.environments.takeIdle();
    if (idle !== NONE) {
      this.execution.startWarm(fn, invocation, idle);
      return ADMITTED;
    }
    if (!fn.hasAddress || !fn.scaling.has()) {
      this.account.release(fn.id);
      return fn.hasAddress ? SCALING_RATE : ENI_LIMIT;
    }
    fn.scaling.take();
    this.execution.startCold(fn, invocation, fn.environments.open());
    return ADMITTED;
  }
}
