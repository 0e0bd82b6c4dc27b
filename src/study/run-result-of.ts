/** The figures of a finished run, in the words and the order of the contract, with its bill. */
import { type BillableUsage, bill } from '../billing/bill.js';
import { HOUR } from '../engine/units.js';
import type { FunctionId, InvokerId } from '../lambda/ids.js';
import { REASONS } from '../lambda/outcome.js';
import type { RunRecorder } from '../results/run-recorder.js';
import type { FunctionResult, RunResult, Summary } from '../results/run-result.js';
import { summaryOf } from '../results/summary.js';
import type { LambdaFunctionSettings, Scenario } from '../scenario/types.js';

/** What a function without a source of its own that could count them shows. */
const NO_AGE: Summary = { count: 0, mean: null, min: null, p50: null, p90: null, p95: null, p99: null, p999: null, max: null };

export function runResultOf(scenario: Scenario, seed: number | string, recorder: RunRecorder): RunResult {
  const functions: Record<string, FunctionResult> = {};
  let throttles = 0;
  for (const [index, settings] of scenario.functions.entries()) {
    const result = functionResultOf(index as FunctionId, settings, recorder);
    throttles += result.throttles;
    functions[settings.id] = result;
  }
  return {
    seed,
    account: { concurrency: recorder.concurrency.inAll, throttles },
    functions,
    queues: {},
    streams: {},
    topics: {},
    dependencies: {},
    traffic: Object.fromEntries(scenario.traffic.map(({ id }, index) => [id, recorder.traffic.of(index as InvokerId)])),
    bill: bill(usageOf(scenario, recorder), {
      region: scenario.region,
      asOf: scenario.asOf,
      freeTier: scenario.account.freeTier,
      monthToDate: scenario.account.monthToDate,
      pricing: scenario.pricing,
      simulatedHours: (scenario.run.duration - scenario.run.warmUp) / HOUR,
    }),
  };
}

/** What AWS would bill for each function of the run. */
export function usageOf(scenario: Scenario, recorder: RunRecorder): BillableUsage[] {
  return scenario.functions.map((settings, index) => {
    const fn = index as FunctionId;
    return {
      resource: settings.id,
      architecture: settings.architecture,
      memoryMb: settings.memory,
      billed: recorder.usage.billedOf(fn),
    };
  });
}

function functionResultOf(fn: FunctionId, settings: LambdaFunctionSettings, recorder: RunRecorder): FunctionResult {
  const count = recorder.counts.of(fn);
  const throttles = recorder.counts.throttlesOf(fn);
  const duration = summaryOf(recorder.durations.duration[fn]);
  return {
    invocations: count.invocations,
    errors: count.errors,
    timeouts: count.timeouts,
    throttles: throttles.reduce((sum, throttle) => sum + throttle.count, 0),
    throttlesByReason: Object.fromEntries(throttles.map((throttle) => [REASONS[throttle.reason], throttle.count])),
    serviceErrors: count.serviceErrors,
    coldStarts: count.coldStarts,
    provisionedInvocations: count.onProvisioned,
    spilloverInvocations: settings.provisionedConcurrency > 0 ? count.onDemand : 0,
    duration,
    initDuration: summaryOf(recorder.durations.init[fn]),
    concurrency: recorder.concurrency.of(fn),
    environments: recorder.concurrency.environmentsOf(fn),
    async: {
      received: 0,
      succeeded: 0,
      dropped: 0,
      retries: 0,
      throttledAttempts: 0,
      serviceErrorAttempts: 0,
      duplicates: 0,
      waiting: 0,
      running: 0,
      age: NO_AGE,
    },
    versions: [{ version: '$LATEST', invocations: count.invocations, errors: count.errors, coldStarts: count.coldStarts, duration }],
    gbSecondsBy: recorder.usage.gbSecondsBy(fn),
    billed: recorder.usage.billedOf(fn),
  };
}
