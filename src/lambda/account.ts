/**
 * The concurrency of one account in one region: who uses how much, and who may have more. Provisioned environments bring
 * their own concurrency, allocated ahead; what is claimed and released here is on demand.
 */
import type { EventLoop } from '../engine/event-loop.js';
import type { AccountSettings, LambdaFunctionSettings } from '../scenario/types.js';
import type { FunctionId } from './ids.js';
import { ADMITTED, type Admission, CONCURRENCY, RESERVED_CONCURRENCY } from './outcome.js';

/** The function has no reservation: it shares the unreserved pool. */
const SHARED = -1;

export class Account {
  /** On-demand invocations running, by function. */
  private readonly busy: Int32Array;
  /** On-demand concurrency of its own (reserved less provisioned), or SHARED. */
  private readonly own: Int32Array;
  /** What the unreserved pool holds before the functions that are not modelled take their part. */
  private readonly unreservedPool: number;
  private unreservedLimit: number;
  private unreservedBusy = 0;

  constructor(loop: EventLoop, settings: AccountSettings, functions: readonly LambdaFunctionSettings[]) {
    this.busy = new Int32Array(functions.length);
    this.own = Int32Array.from(functions, (fn) =>
      fn.reservedConcurrency === undefined ? SHARED : Math.max(0, fn.reservedConcurrency - fn.provisionedConcurrency),
    );
    let pool = settings.concurrencyLimit;
    for (const fn of functions) pool -= fn.reservedConcurrency ?? fn.provisionedConcurrency;
    this.unreservedPool = pool;
    this.unreservedLimit = pool;
    const step = loop.define('account/other-concurrency', (amount) => {
      this.unreservedLimit = this.unreservedPool - amount;
    });
    for (const { at, amount } of settings.otherConcurrency) {
      if (at === 0) this.unreservedLimit = pool - amount;
      else loop.at(at, step, amount);
    }
  }

  /** Claims one on-demand execution, or says which pool is full. */
  claim(fn: FunctionId): Admission {
    const own = this.own[fn];
    if (own === SHARED) {
      if (this.unreservedBusy >= this.unreservedLimit) return CONCURRENCY;
      this.unreservedBusy++;
    } else if (this.busy[fn] >= own) {
      return RESERVED_CONCURRENCY;
    }
    this.busy[fn]++;
    return ADMITTED;
  }

  release(fn: FunctionId): void {
    this.busy[fn]--;
    if (this.own[fn] === SHARED) this.unreservedBusy--;
  }

  /** On-demand executions of a function under way. */
  running(fn: FunctionId): number {
    return this.busy[fn];
  }
}
