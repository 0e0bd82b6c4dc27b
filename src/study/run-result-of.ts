/** The figures of a finished run, in the words and the order of the contract, with its bill. */
import { type BillableUsage, bill } from '../billing/bill.js';
import { HOUR, type Micros, SECOND } from '../engine/units.js';
import type { FunctionId, InvokerId } from '../lambda/ids.js';
import { REASONS } from '../lambda/outcome.js';
import {
  COLD_STARTS,
  ERRORS,
  INVOCATIONS,
  ON_PROVISIONED,
  SERVICE_ERRORS,
  TIMEOUTS,
} from '../results/function-statistics.js';
import type { RunRecorder } from '../results/run-recorder.js';
import type { Bill, FunctionResult, RunResult, StreamResult } from '../results/run-result.js';
import { summaryOf } from '../results/summary.js';
import { responseStreamingCharge, streamedGb } from '../rules/response-streaming-charge.js';
import { type Rulebook, rulebookOf } from '../rules/rulebook.js';
import { isSnapStartFree, snapStartCharge } from '../rules/snap-start-charge.js';
import { claimedConcurrency } from '../scenario/claimed-concurrency.js';
import { runsAtEdge } from '../scenario/lambda-edge.js';
import { consumerId, readersOf } from '../scenario/resource-figures.js';
import type { LambdaFunctionSettings, Scenario } from '../scenario/types.js';
import { neighbourUsage } from './neighbour-usage.js';

export function runResultOf(scenario: Scenario, seed: number | string, recorder: RunRecorder): RunResult {
  const functions: Record<string, FunctionResult> = {};
  let throttles = 0;
  const { resources } = recorder;
  const async = resources.ofKind('async');
  for (const [index, settings] of scenario.functions.entries()) {
    const result = functionResultOf(index as FunctionId, settings, recorder, async[settings.id]!);
    throttles += result.throttles;
    functions[settings.id] = result;
  }
  return {
    seed,
    account: { concurrency: recorder.concurrency.inAll, throttles, ...pools(scenario, recorder) },
    functions,
    queues: resources.ofKind('queues'),
    streams: Object.fromEntries(scenario.streams.map(({ id }) => [id, streamResultOf(id, scenario, recorder)])),
    topics: resources.ofKind('topics'),
    dependencies: resources.ofKind('dependencies'),
    traffic: Object.fromEntries(scenario.traffic.map(({ id }, index) => [id, recorder.traffic.of(index as InvokerId)])),
    bill: billOf(scenario, recorder, rulebookOf(scenario.asOf, scenario.rules)),
  };
}

/** Where what the functions of the scenario run is not all that the account has to give. */
function pools(scenario: Scenario, { concurrency }: RunRecorder): Pick<RunResult['account'], 'inUse' | 'unreserved'> {
  const { account, functions } = scenario;
  return {
    ...(account.otherConcurrency.some(({ amount }) => amount > 0) && { inUse: concurrency.inUse }),
    ...(claimedConcurrency(functions) > 0 && { unreserved: concurrency.unreserved }),
  };
}

/** The bill of what the recorder has seen so far, by the rules of the scenario. */
export function billOf(scenario: Scenario, recorder: RunRecorder, rules: Rulebook): Bill {
  const simulatedHours = (scenario.run.duration - scenario.run.warmUp) / HOUR;
  return bill(usageOf(scenario, recorder, rules), {
    region: scenario.region,
    asOf: scenario.asOf,
    freeTier: scenario.account.freeTier,
    monthToDate: scenario.account.monthToDate,
    pricing: scenario.pricing,
    simulatedHours,
    neighbours: neighbourUsage(scenario, rules, {
      amount: (kind, id, figure) => recorder.resources.amount(kind, id, figure),
      requests: (traffic) => recorder.traffic.passedTo(traffic as InvokerId),
      hours: simulatedHours,
    }),
    rules,
  });
}

/** What AWS would bill for each function of the run. */
export function usageOf(scenario: Scenario, recorder: RunRecorder, rules: Rulebook): BillableUsage[] {
  const measured = scenario.run.duration - scenario.run.warmUp;
  return scenario.functions.map((settings, index) => {
    const fn = index as FunctionId;
    const billed = recorder.usage.billedOf(fn);
    return {
      resource: settings.id,
      architecture: settings.architecture,
      memoryMb: settings.memory,
      billed,
      atEdge: runsAtEdge(settings.id, scenario.traffic),
      streamedGb: streamedGbOf(settings, recorder.usage.succeeded(fn), rules),
      snapStart: snapStartOf(settings, recorder.usage.restoredGb(fn), measured, rules),
    };
  });
}

/** Of the responses that were sent whole: how much of another had left when it was cut is not known. */
function streamedGbOf({ response }: LambdaFunctionSettings, whole: number, rules: Rulebook): number | undefined {
  return response.streamed ? whole * streamedGb(rules.value(responseStreamingCharge), response.size) : undefined;
}

/** The snapshot is still cached when the run ends, so it costs the time of the run: the shortest billed life is not over. */
function snapStartOf(
  settings: LambdaFunctionSettings,
  restoredGb: number,
  measured: Micros,
  rules: Rulebook,
): BillableUsage['snapStart'] {
  if (settings.snapStart === undefined) return undefined;
  if (isSnapStartFree(rules.value(snapStartCharge), settings.runtime)) return undefined;
  return { cacheGbSeconds: ((settings.memory / 1024) * measured) / SECOND, restoredGb };
}

/** The figures of a stream are those of the consumer furthest behind; what was rejected no consumer saw. */
function streamResultOf(id: string, { functions }: Scenario, { resources, shards }: RunRecorder): StreamResult {
  const own = resources.ofKind('streams')[id]!;
  const all = resources.ofKind('consumers');
  const consumers = Object.fromEntries(readersOf(id, functions).map((fn) => [fn, all[consumerId(id, fn)]!]));
  const [furthest] = Object.values(consumers).sort((a, b) => b.waiting - a.waiting);
  return { ...own, ...furthest, rejected: own.rejected, consumers, shards: shards.of(id) };
}

function functionResultOf(
  fn: FunctionId,
  settings: LambdaFunctionSettings,
  recorder: RunRecorder,
  async: FunctionResult['async'],
): FunctionResult {
  const statistics = recorder.functions;
  const throttles = statistics.throttlesOf(fn);
  const duration = summaryOf(statistics.duration[fn]);
  const invocations = statistics.sum(fn, INVOCATIONS);
  const errors = statistics.sum(fn, ERRORS);
  const coldStarts = statistics.sum(fn, COLD_STARTS);
  const onProvisioned = statistics.sum(fn, ON_PROVISIONED);
  return {
    invocations,
    errors,
    timeouts: statistics.total(fn, TIMEOUTS),
    throttles: throttles.reduce((sum, throttle) => sum + throttle.count, 0),
    throttlesByReason: Object.fromEntries(throttles.map((throttle) => [REASONS[throttle.reason], throttle.count])),
    serviceErrors: statistics.total(fn, SERVICE_ERRORS),
    coldStarts,
    provisionedInvocations: onProvisioned,
    spilloverInvocations: settings.provisionedConcurrency > 0 ? invocations - onProvisioned : 0,
    duration,
    initDuration: summaryOf(statistics.init[fn]),
    concurrency: recorder.concurrency.of(fn),
    ...(settings.provisionedConcurrency > 0 && { provisionedConcurrency: recorder.concurrency.provisionedOf(fn) }),
    environments: recorder.concurrency.environmentsOf(fn),
    async,
    versions: [
      {
        version: '$LATEST',
        invocations,
        errors,
        coldStarts,
        duration,
      },
    ],
    gbSecondsBy: recorder.usage.gbSecondsBy(fn),
    billed: recorder.usage.billedOf(fn),
  };
}
