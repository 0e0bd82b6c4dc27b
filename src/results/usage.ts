/** What AWS meters of each function, and what the metered time was spent on. Nothing here knows a price. */
import { type Micros, SECOND } from '../engine/units.js';
import type { FunctionId } from '../lambda/ids.js';
import { billedMicros } from '../rules/billed-duration.js';
import { ephemeralStorageCharge, storageGbSeconds } from '../rules/ephemeral-storage-charge.js';
import { billedProvisionedMicros, provisionedCharge } from '../rules/provisioned-charge.js';
import type { Rulebook } from '../rules/rulebook.js';
import type { LambdaFunctionSettings } from '../scenario/types.js';
import {
  AFTER_SUM,
  BILLED,
  BILLED_ON_PROVISIONED,
  DOWNSTREAM_SUM,
  DURATION_SUM,
  ERRORS,
  FAILED,
  type FunctionStatistics,
  INIT_INSIDE,
  INIT_OUTSIDE,
  INVOCATIONS,
  RESTORES,
  RETRIED,
} from './function-statistics.js';
import type { InitBilling } from './init-billing.js';
import type { Observed } from './observed.js';
import type { ResourceStatistics } from './resource-statistics.js';
import type { Billed, FunctionResult } from './run-result.js';

export class Usage {
  /** Billed inits ahead of requests, of themselves and as billed: on demand, and of provisioned environments. */
  private readonly initsAhead: Float64Array;
  private readonly initsAheadBilled: Float64Array;
  private readonly provisionedInitsBilled: Float64Array;
  private readonly allocations: Float64Array;
  private readonly allocatedSince: Float64Array;
  /** Billed time times amount, of allocations that ended. */
  private readonly allocatedBefore: Float64Array;

  constructor(
    private readonly observed: Observed,
    private readonly functions: readonly LambdaFunctionSettings[],
    private readonly statistics: FunctionStatistics,
    private readonly resources: ResourceStatistics,
    private readonly billing: InitBilling,
    private readonly rules: Rulebook,
  ) {
    this.initsAhead = new Float64Array(functions.length);
    this.initsAheadBilled = new Float64Array(functions.length);
    this.provisionedInitsBilled = new Float64Array(functions.length);
    this.allocations = new Float64Array(functions.length);
    this.allocatedSince = new Float64Array(functions.length);
    this.allocatedBefore = new Float64Array(functions.length);
  }

  /** The init of an environment allocated or replaced ahead of requests. */
  initAhead(fn: FunctionId, at: Micros, init: Micros, provisioned: boolean): void {
    const isBilled = provisioned ? this.billing.billsProvisionedInit : this.billing.billsInit(fn);
    if (!isBilled || at < this.observed.warmUp || init === 0) return;
    this.initsAhead[fn] += init;
    const billed = provisioned ? this.provisionedInitsBilled : this.initsAheadBilled;
    billed[fn] += billedMicros(this.billing.duration, init);
  }

  allocated(fn: FunctionId, amount: number): void {
    this.allocatedBefore[fn] += this.periodUntil(fn, this.observed.loop.now, true);
    this.allocations[fn] = amount;
    this.allocatedSince[fn] = this.observed.loop.now;
  }

  billedOf(fn: FunctionId): Billed {
    const settings = this.functions[fn];
    const gb = settings.memory / 1024;
    const onDemand = this.statistics.sum(fn, BILLED) + this.initsAheadBilled[fn];
    const onProvisioned = this.statistics.sum(fn, BILLED_ON_PROVISIONED) + this.provisionedInitsBilled[fn];
    // An allocation that is still there at the end is billed to the end.
    const allocated = this.allocatedBefore[fn] + this.periodUntil(fn, this.observed.until, false);
    return {
      requests: this.statistics.sum(fn, INVOCATIONS) + this.resources.count('async', settings.id, 'extraRequests'),
      durationMs: (onDemand + onProvisioned) / 1000,
      gbSeconds: (onDemand * gb) / SECOND,
      provisionedDurationGbSeconds: (onProvisioned * gb) / SECOND,
      provisionedGbSeconds: (allocated * gb) / SECOND,
      storageGbSeconds: this.storage(settings.ephemeralStorage, onDemand + onProvisioned),
    };
  }

  gbSecondsBy(fn: FunctionId): FunctionResult['gbSecondsBy'] {
    const { statistics } = this;
    const gbSeconds = (time: Micros) => (time * this.functions[fn].memory) / 1024 / SECOND;
    const inside = statistics.total(fn, INIT_INSIDE);
    const init = inside + statistics.total(fn, INIT_OUTSIDE) + this.initsAhead[fn];
    const downstream = statistics.total(fn, DOWNSTREAM_SUM);
    const handler = statistics.sum(fn, DURATION_SUM) - inside - downstream + statistics.total(fn, AFTER_SUM);
    const billed =
      statistics.sum(fn, BILLED) +
      this.initsAheadBilled[fn] +
      statistics.sum(fn, BILLED_ON_PROVISIONED) +
      this.provisionedInitsBilled[fn];
    const { provisionedGbSeconds, provisionedDurationGbSeconds } = this.billedOf(fn);
    return {
      handler: gbSeconds(handler),
      init: gbSeconds(init),
      downstream: gbSeconds(downstream),
      rounding: gbSeconds(billed - handler - init - downstream),
      failed: gbSeconds(statistics.total(fn, FAILED)),
      retried: gbSeconds(statistics.total(fn, RETRIED)),
      provisionedIdle: Math.max(0, provisionedGbSeconds - provisionedDurationGbSeconds),
    };
  }

  /** Invocations without an error. */
  succeeded(fn: FunctionId): number {
    return this.statistics.sum(fn, INVOCATIONS) - this.statistics.sum(fn, ERRORS);
  }

  /** GB of memory restored from snapshots. */
  restoredGb(fn: FunctionId): number {
    return (this.statistics.total(fn, RESTORES) * this.functions[fn].memory) / 1024;
  }

  private storage(configured: number, billed: Micros): number {
    return storageGbSeconds(this.rules.value(ephemeralStorageCharge), configured, billed);
  }

  /** Billed time of the present allocation, times its amount. */
  private periodUntil(fn: FunctionId, at: Micros, ended: boolean): Micros {
    const period = at - Math.max(this.observed.warmUp, this.allocatedSince[fn]);
    if (period <= 0 || this.allocations[fn] === 0) return 0;
    return billedProvisionedMicros(this.rules.value(provisionedCharge), period, ended) * this.allocations[fn];
  }
}
