/** What AWS meters, and what the metered time was spent on. Rounding is per invocation; nothing here knows a price. */
import { BLOCK, STARTED_AT, DURATION, AFTER, INIT, RESTORE, ABORTED_INIT, HIDDEN_INIT, FN, ATTEMPT, KIND, OUTCOME, TIMES, MARKS } from '../lambda/invocations.js';
import { type Bytes, GB, type Micros, SECOND } from '../engine/units.js';
import type { FunctionId } from '../lambda/ids.js';
import { COLD, COLD_RERUN, OK, PROVISIONED, WARM } from '../lambda/outcome.js';
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
const INITS = 4;
const ROUNDING = 5;
const FAILED = 6;
const RETRIED = 7;
const RESTORES = 8;
const WIDTH = 9;

export class Usage {
  /** Billed microseconds of each row of the block that was finished last; for those that ran. */
  readonly billed = new Float64Array(BLOCK);
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

  finished(rows: Int32Array, count: number): void {
    const { times, marks } = this.observed.invocations;
    const { sums, granularity, billed } = this;
    const { warmUp } = this.observed;
    for (let i = 0; i < count; i++) {
      const t = rows[i] << TIMES;
      const m = rows[i] << MARKS;
      if (times[t + STARTED_AT] < warmUp) continue;
      const at = marks[m + FN] * WIDTH;
      const warm = marks[m + KIND] === WARM;
      const hidden = warm ? 0 : times[t + HIDDEN_INIT];
      const outside = warm ? 0 : this.initOutside(rows[i]);
      const ran = times[t + DURATION] + times[t + AFTER] + outside;
      const time = Math.max(granularity, Math.ceil(ran / granularity) * granularity);
      billed[i] = time;
      sums[at + REQUESTS]++;
      sums[at + (marks[m + KIND] === PROVISIONED ? ON_PROVISIONED : ON_DEMAND)] += time;
      sums[at + HANDLER] += ran - outside - hidden;
      sums[at + INITS] += outside + hidden;
      sums[at + ROUNDING] += time - ran;
      if (marks[m + OUTCOME] !== OK) sums[at + FAILED] += time;
      if (marks[m + ATTEMPT] > 0) sums[at + RETRIED] += time;
    }
  }

  /** Init outside the Duration that is billed, of a row that was not warm. */
  private initOutside(row: number): Micros {
    const { times, marks } = this.observed.invocations;
    const t = row << TIMES;
    const fn = marks[(row << MARKS) + FN];
    if (marks[(row << MARKS) + KIND] !== COLD && marks[(row << MARKS) + KIND] !== COLD_RERUN) return 0;
    if (times[t + RESTORE] > 0) this.sums[fn * WIDTH + RESTORES]++;
    const init = this.billsInit[fn] === 1 ? times[t + INIT] - times[t + RESTORE] : 0;
    return this.billsAbortedInit ? init + times[t + ABORTED_INIT] : init;
  }

  /** The init of an environment allocated or replaced ahead of demand. */
  provisionedInit(fn: FunctionId, at: Micros, init: Micros): void {
    if (!this.billsProvisionedInit || at < this.observed.warmUp) return;
    const billed = Math.ceil(init / this.granularity) * this.granularity;
    const row = fn * WIDTH;
    this.sums[row + ON_PROVISIONED] += billed;
    this.sums[row + INITS] += init;
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
      init: gbSeconds(row[INITS]),
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
