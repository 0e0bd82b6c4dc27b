/** What AWS meters, and what the metered time was spent on. Rounding is per invocation; nothing here knows a price. */
import { type Bytes, GB, type Micros, SECOND } from '../engine/units.js';
import type { FunctionId, InvocationId } from '../lambda/ids.js';
import { OK, PROVISIONED } from '../lambda/outcome.js';
import { billedDuration } from '../rules/billed-duration.js';
import { billedInit } from '../rules/billed-init.js';
import { ephemeralStorage } from '../rules/ephemeral-storage.js';
import { isCustomRuntime } from '../rules/init-duration.js';
import { responseStreaming } from '../rules/response-streaming.js';
import type { Rulebook } from '../rules/rulebook.js';
import type { LambdaFunctionSettings } from '../scenario/types.js';
import type { Observed } from './observed.js';
import type { Billed, FunctionResult } from './run-result.js';

/** Columns of one function, in microseconds except REQUESTS. */
const REQUESTS = 0;
const ON_DEMAND = 1;
const ON_PROVISIONED = 2;
const HANDLER = 3;
const INIT = 4;
const ROUNDING = 5;
const FAILED = 6;
const RETRIED = 7;
const RESTORES = 8;
const WIDTH = 9;

export class Usage {
  private readonly sums: Float64Array;
  private readonly granularity: Micros;
  private readonly billsInit: Uint8Array;
  private readonly billsAbortedInit: boolean;
  private readonly billsProvisionedInit: boolean;
  private readonly allocations: Float64Array;
  private readonly allocatedSince: Float64Array;
  private readonly allocatedTime: Float64Array;
  private readonly includedStorage: number;
  private readonly freeResponse: Bytes;

  constructor(
    private readonly observed: Observed,
    private readonly functions: readonly LambdaFunctionSettings[],
    rules: Rulebook,
  ) {
    const init = rules.value(billedInit);
    this.sums = new Float64Array(functions.length * WIDTH);
    this.granularity = rules.value(billedDuration).granularity;
    this.billsInit = Uint8Array.from(functions, (fn) => {
      // Of a snapshot only the time after its restore is billed, in every era.
      if (fn.snapStart !== undefined) return 1;
      return Number(fn.packageType === 'Image' ? init.image : isCustomRuntime(fn.runtime) ? init.custom : init.zip);
    });
    this.billsAbortedInit = init.aborted;
    this.billsProvisionedInit = init.provisioned;
    this.allocations = new Float64Array(functions.length);
    this.allocatedSince = new Float64Array(functions.length);
    this.allocatedTime = new Float64Array(functions.length);
    this.includedStorage = functions.some((fn) => fn.ephemeralStorage > 512) ? rules.value(ephemeralStorage).included : 512;
    this.freeResponse = functions.some((fn) => fn.response.streamed) ? rules.value(responseStreaming).uncapped : 0;
  }

  started(fn: FunctionId): void {
    if (this.observed.loop.now >= this.observed.warmUp) this.sums[fn * WIDTH + REQUESTS]++;
  }

  /** Returns the billed microseconds; 0 in the warm-up. */
  ended(fn: FunctionId, invocation: InvocationId): Micros {
    const { invocations, warmUp } = this.observed;
    if (invocations.startedAt[invocation] < warmUp) return 0;
    const { sums } = this;
    const row = fn * WIDTH;
    const hidden = invocations.hiddenInit[invocation];
    const handler = invocations.duration[invocation] - hidden + invocations.after[invocation];
    let init = hidden;
    if (this.billsInit[fn] === 1) init += invocations.init[invocation] - invocations.restore[invocation];
    if (this.billsAbortedInit) init += invocations.abortedInit[invocation];
    const ran = handler + init;
    const billed = Math.ceil(ran / this.granularity) * this.granularity;
    sums[row + (invocations.kind[invocation] === PROVISIONED ? ON_PROVISIONED : ON_DEMAND)] += billed;
    sums[row + HANDLER] += handler;
    sums[row + INIT] += init;
    sums[row + ROUNDING] += billed - ran;
    if (invocations.outcome[invocation] !== OK) sums[row + FAILED] += billed;
    if (invocations.attempt[invocation] > 0) sums[row + RETRIED] += billed;
    if (invocations.restore[invocation] > 0) sums[row + RESTORES]++;
    return billed;
  }

  /** The init of an environment allocated or replaced ahead of demand. */
  provisionedInit(fn: FunctionId, at: Micros, init: Micros): void {
    if (!this.billsProvisionedInit || at < this.observed.warmUp) return;
    const billed = Math.ceil(init / this.granularity) * this.granularity;
    const row = fn * WIDTH;
    this.sums[row + ON_PROVISIONED] += billed;
    this.sums[row + INIT] += init;
    this.sums[row + ROUNDING] += billed - init;
  }

  allocated(fn: FunctionId, amount: number): void {
    this.closeAllocation(fn, this.observed.loop.now);
    this.allocations[fn] = amount;
    this.allocatedSince[fn] = this.observed.loop.now;
  }

  billedOf(fn: FunctionId): Billed {
    this.closeAllocation(fn, this.observed.until);
    const settings = this.functions[fn];
    const row = this.sums.subarray(fn * WIDTH, (fn + 1) * WIDTH);
    const gb = settings.memory / 1024;
    const billed = row[ON_DEMAND] + row[ON_PROVISIONED];
    return {
      requests: row[REQUESTS],
      durationMs: billed / 1000,
      gbSeconds: (row[ON_DEMAND] * gb) / SECOND,
      provisionedDurationGbSeconds: (row[ON_PROVISIONED] * gb) / SECOND,
      provisionedGbSeconds: (this.allocatedTime[fn] * gb) / SECOND,
      storageGbSeconds: (Math.max(0, settings.ephemeralStorage - this.includedStorage) / 1024) * (billed / SECOND),
    };
  }

  gbSecondsBy(fn: FunctionId): FunctionResult['gbSecondsBy'] {
    const row = this.sums.subarray(fn * WIDTH, (fn + 1) * WIDTH);
    const gbSeconds = (time: Micros) => (time * this.functions[fn].memory) / 1024 / SECOND;
    const billed = this.billedOf(fn);
    return {
      handler: gbSeconds(row[HANDLER]),
      init: gbSeconds(row[INIT]),
      downstream: 0,
      rounding: gbSeconds(row[ROUNDING]),
      failed: gbSeconds(row[FAILED]),
      retried: gbSeconds(row[RETRIED]),
      provisionedIdle: Math.max(0, billed.provisionedGbSeconds - billed.provisionedDurationGbSeconds),
    };
  }

  /** GB of streamed responses beyond what each may send free. */
  streamedGb(fn: FunctionId): number {
    const { response } = this.functions[fn];
    return response.streamed ? (this.sums[fn * WIDTH + REQUESTS] * Math.max(0, response.size - this.freeResponse)) / GB : 0;
  }

  /** GB of memory restored from snapshots. */
  restoredGb(fn: FunctionId): number {
    return (this.sums[fn * WIDTH + RESTORES] * this.functions[fn].memory) / 1024;
  }

  private closeAllocation(fn: FunctionId, at: Micros): void {
    const from = Math.max(this.observed.warmUp, this.allocatedSince[fn]);
    if (at > from) this.allocatedTime[fn] += (at - from) * this.allocations[fn];
    this.allocatedSince[fn] = at;
  }
}
