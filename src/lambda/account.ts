/**
 * The concurrency of one account in one region: who uses how much, who may have more, and the most that was in use at once.
 * Provisioned environments bring their own concurrency, allocated ahead.
 */
import type { EventLoop } from '../engine/event-loop.js';
import { claimedConcurrency } from '../scenario/claimed-concurrency.js';
import type { AccountSettings, LambdaFunctionSettings } from '../scenario/types.js';
import type { FunctionId } from './ids.js';
import { ADMITTED, type Admission, CONCURRENCY, RESERVED_CONCURRENCY } from './outcome.js';

/** A row of `use` is 2^3 wide. */
const USE = 3;
/** On-demand concurrency of its own (reserved less provisioned), or SHARED. */
const OWN = 0;
/** Invocations running on demand. */
const ON_DEMAND = 1;
/** Invocations running. */
const RUNNING = 2;
/** The most that ran at once since the last look. */
const HIGHEST = 3;
/** The most that ran at once on provisioned concurrency. */
const HIGHEST_PROVISIONED = 4;

/** The function has no reservation: it shares the unreserved pool. */
const SHARED = -1;

export class Account {
  private readonly use: Int32Array;
  /** What the unreserved pool holds before the functions that are not modelled take their part. */
  private readonly unreservedPool: number;
  private unreservedLimit: number;
  private unreserved = 0;
  private running = 0;
  private highest = 0;
  private highestUnreserved = 0;
  /** The highest figures of the last look up to the last step of the functions that are not modelled. */
  private readonly beforeStep = { all: 0, unreserved: 0, withOthers: 0, unreservedWithOthers: 0 };

  constructor(
    loop: EventLoop,
    private readonly settings: AccountSettings,
    functions: readonly LambdaFunctionSettings[],
  ) {
    this.use = new Int32Array(functions.length << USE);
    for (const [fn, { reservedConcurrency: reserved, provisionedConcurrency: provisioned }] of functions.entries()) {
      this.use[(fn << USE) + OWN] = reserved === undefined ? SHARED : Math.max(0, reserved - provisioned);
    }
    const pool = settings.concurrencyLimit - claimedConcurrency(functions);
    this.unreservedPool = pool;
    this.unreservedLimit = pool;
    const step = loop.define('account/other-concurrency', (amount) => {
      this.keepBeforeStep();
      this.unreservedLimit = this.unreservedPool - amount;
    });
    for (const { at, amount } of settings.otherConcurrency) {
      if (at === 0) this.unreservedLimit = pool - amount;
      else loop.at(at, step, amount);
    }
  }

  /** Whether the function may run one more on demand, or which pool is full. */
  admits(fn: FunctionId): Admission {
    const row = fn << USE;
    const own = this.use[row + OWN];
    if (own === SHARED) return this.unreserved < this.unreservedLimit ? ADMITTED : CONCURRENCY;
    return this.use[row + ON_DEMAND] < own ? ADMITTED : RESERVED_CONCURRENCY;
  }

  /** One more runs on demand; after `admits` said so. */
  claim(fn: FunctionId): void {
    const { use } = this;
    const row = fn << USE;
    if (use[row + OWN] === SHARED && ++this.unreserved > this.highestUnreserved)
      this.highestUnreserved = this.unreserved;
    use[row + ON_DEMAND]++;
    this.count(row);
  }

  /** One more runs on provisioned concurrency. */
  claimProvisioned(fn: FunctionId): void {
    const { use } = this;
    const row = fn << USE;
    this.count(row);
    const provisioned = use[row + RUNNING] - use[row + ON_DEMAND];
    if (provisioned > use[row + HIGHEST_PROVISIONED]) use[row + HIGHEST_PROVISIONED] = provisioned;
  }

  release(fn: FunctionId): void {
    const row = fn << USE;
    if (this.use[row + OWN] === SHARED) this.unreserved--;
    this.use[row + ON_DEMAND]--;
    this.use[row + RUNNING]--;
    this.running--;
  }

  releaseProvisioned(fn: FunctionId): void {
    this.use[(fn << USE) + RUNNING]--;
    this.running--;
  }

  highestOf(fn: FunctionId): number {
    return this.use[(fn << USE) + HIGHEST];
  }

  highestProvisionedOf(fn: FunctionId): number {
    return this.use[(fn << USE) + HIGHEST_PROVISIONED];
  }

  /** The most invocations that ran at once, of all functions together. */
  get highestInAll(): number {
    return Math.max(this.beforeStep.all, this.highest);
  }

  get highestOnUnreserved(): number {
    return Math.max(this.beforeStep.unreserved, this.highestUnreserved);
  }

  /** The same with the functions that are not modelled. What they take while ours still run is not more than there is. */
  get highestInAllWithOthers(): number {
    const highest = Math.min(this.settings.concurrencyLimit, this.highest + this.others);
    return Math.max(this.beforeStep.withOthers, highest);
  }

  get highestOnUnreservedWithOthers(): number {
    const highest = Math.min(this.unreservedPool, this.highestUnreserved + this.others);
    return Math.max(this.beforeStep.unreservedWithOthers, highest);
  }

  /** From now on the highest figures are those of what runs now and comes later. */
  lookAgain(): void {
    const { use } = this;
    for (let row = 0; row < use.length; row += 1 << USE) {
      use[row + HIGHEST] = use[row + RUNNING];
      use[row + HIGHEST_PROVISIONED] = use[row + RUNNING] - use[row + ON_DEMAND];
    }
    this.lookAgainAtAll();
    Object.assign(this.beforeStep, { all: 0, unreserved: 0, withOthers: 0, unreservedWithOthers: 0 });
  }

  private get others(): number {
    return this.unreservedPool - this.unreservedLimit;
  }

  private keepBeforeStep(): void {
    Object.assign(this.beforeStep, {
      all: this.highestInAll,
      unreserved: this.highestOnUnreserved,
      withOthers: this.highestInAllWithOthers,
      unreservedWithOthers: this.highestOnUnreservedWithOthers,
    });
    this.lookAgainAtAll();
  }

  private lookAgainAtAll(): void {
    this.highest = this.running;
    this.highestUnreserved = this.unreserved;
  }

  private count(row: number): void {
    const running = ++this.use[row + RUNNING];
    if (running > this.use[row + HIGHEST]) this.use[row + HIGHEST] = running;
    if (++this.running > this.highest) this.highest = this.running;
  }
}
