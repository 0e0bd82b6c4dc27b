/**
 * How many invocations ran and how many environments existed: time averages and highest values, by function and in all.
 * The averages are sums of spans, cut at the window, so that no step function has to be integrated.
 */
import type { Micros } from '../engine/units.js';
import type { Account } from '../lambda/account.js';
import type { FunctionId } from '../lambda/ids.js';
import { BUSY, type FunctionStatistics } from './function-statistics.js';
import type { Observed } from './observed.js';
import type { Highest, MeanAndMax } from './run-result.js';

export class Concurrency {
  private readonly highest: Int32Array;
  private readonly highestProvisioned: Int32Array;
  private highestInAll = 0;
  private highestWithOthers = 0;
  private highestUnreserved = 0;
  private readonly environments: Int32Array;
  private readonly environmentsMax: Int32Array;
  private readonly environmentTime: Float64Array;
  private readonly created: Float64Array;

  constructor(
    private readonly observed: Observed,
    private readonly statistics: FunctionStatistics,
    private readonly functions: number,
  ) {
    this.highest = new Int32Array(functions);
    this.highestProvisioned = new Int32Array(functions);
    this.environments = new Int32Array(functions);
    this.environmentsMax = new Int32Array(functions);
    this.environmentTime = new Float64Array(functions);
    this.created = new Float64Array(functions);
  }

  opened(fn: FunctionId): void {
    const { loop, warmUp } = this.observed;
    const count = ++this.environments[fn];
    if (count > this.environmentsMax[fn]) this.environmentsMax[fn] = count;
    if (loop.now >= warmUp) this.created[fn]++;
    this.environmentTime[fn] -= Math.max(warmUp, loop.now);
  }

  closed(fn: FunctionId, at: Micros): void {
    this.environments[fn]--;
    this.environmentTime[fn] += Math.max(this.observed.warmUp, at);
  }

  /** Keeps the highest figures of the account, before it looks again. */
  keep(account: Account): void {
    const { highest, highestProvisioned } = this;
    for (let fn = 0 as FunctionId; fn < this.functions; fn++) {
      highest[fn] = Math.max(highest[fn], account.highestOf(fn));
      highestProvisioned[fn] = Math.max(highestProvisioned[fn], account.highestProvisionedOf(fn));
    }
    this.highestInAll = Math.max(this.highestInAll, account.highestInAll);
    this.highestWithOthers = Math.max(this.highestWithOthers, account.highestInAllWithOthers);
    this.highestUnreserved = Math.max(this.highestUnreserved, account.highestOnUnreservedWithOthers);
  }

  /** What was highest before does not count. */
  warmUpOver(): void {
    this.highest.fill(0);
    this.highestProvisioned.fill(0);
    this.highestInAll = 0;
    this.highestWithOthers = 0;
    this.highestUnreserved = 0;
    this.environmentsMax.set(this.environments);
  }

  of(fn: FunctionId): MeanAndMax {
    return { mean: this.statistics.total(fn, BUSY) / this.span, max: this.highest[fn] };
  }

  provisionedOf(fn: FunctionId): Highest {
    return { max: this.highestProvisioned[fn] };
  }

  environmentsOf(fn: FunctionId): MeanAndMax & { created: number } {
    const time = this.environmentTime[fn] + this.environments[fn] * this.observed.until;
    return { mean: time / this.span, max: this.environmentsMax[fn], created: this.created[fn] };
  }

  get inAll(): MeanAndMax {
    let time = 0;
    for (let fn = 0; fn < this.functions; fn++) time += this.statistics.total(fn as FunctionId, BUSY);
    return { mean: time / this.span, max: this.highestInAll };
  }

  /** With the functions that are not modelled. */
  get inUse(): Highest {
    return { max: this.highestWithOthers };
  }

  /** Of what functions without a reservation share, with those that are not modelled. */
  get unreserved(): Highest {
    return { max: this.highestUnreserved };
  }

  private get span(): Micros {
    return this.observed.until - this.observed.warmUp;
  }
}
