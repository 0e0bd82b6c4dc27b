/**
 * What queueing theory says of a run, beside what the run says: a reader who trusts neither sees whether they agree.
 * A law is given only where the scenario meets its assumptions, and the assumptions stand beside it.
 */
import { SECOND } from '../engine/units.js';
import { REASONS, RESERVED_CONCURRENCY } from '../lambda/outcome.js';
import type { FunctionResult, RunResult, TheoryCheck } from '../results/run-result.js';
import type { LambdaFunctionSettings, Scenario } from '../scenario/types.js';
import { erlangB } from './erlang.js';
import { erlangDelays, isPoisson } from './erlang-c.js';

const RESERVED = REASONS[RESERVED_CONCURRENCY]!;

/** In the order of the functions, then what waits elsewhere. Of the first replication, as findings are. */
export function theoryOf(scenario: Scenario, run: RunResult): TheoryCheck[] {
  const ofFunctions = scenario.functions.flatMap((fn) => {
    const result = run.functions[fn.id]!;
    return result.invocations === 0 ? [] : [littlesLaw(scenario, fn, result), ...erlangLoss(scenario, fn, run)];
  });
  return [...ofFunctions, ...erlangDelays(scenario, run)];
}

/** L = lambda W (Little 1961): holds for any arrivals and any durations, but for what hangs over the ends of the run. */
function littlesLaw({ run }: Scenario, { id }: LambdaFunctionSettings, result: FunctionResult): TheoryCheck {
  const seconds = (run.duration - run.warmUp) / SECOND;
  return {
    resource: `functions.${id}`,
    law: "Little's law",
    figure: `functions.${id}.concurrency.mean`,
    expected: (result.invocations / seconds) * (holdMs(result) / 1000),
    simulated: result.concurrency.mean,
    assumes: 'mean concurrency = invocations a second × mean time held; the placement of cold starts is left out',
  };
}

/** Handler and init, a mean over the invocations. */
function holdMs({ duration, initDuration, invocations }: FunctionResult): number {
  return (duration.mean ?? 0) + ((initDuration.mean ?? 0) * initDuration.count) / invocations;
}

/**
 * Erlang's loss formula (M/G/c/c): Poisson arrivals of a constant rate on a reservation, refused requests lost. Whatever
 * the law of the duration. Not given where another limit refused requests too, or environments of both kinds ran.
 */
function erlangLoss(scenario: Scenario, fn: LambdaFunctionSettings, run: RunResult): TheoryCheck[] {
  const { reservedConcurrency: servers = 0, provisionedConcurrency } = fn;
  const callers = scenario.traffic.filter(({ to }) => to === fn.id);
  const { throttles, throttlesByReason, invocations, serviceErrors } = run.functions[fn.id]!;
  if (servers === 0 || provisionedConcurrency > 0 || serviceErrors > 0 || callers.length === 0) return [];
  if (!callers.every(isPoisson) || throttles !== (throttlesByReason[RESERVED] ?? 0)) return [];
  const seconds = (scenario.run.duration - scenario.run.warmUp) / SECOND;
  const offered = ((invocations + throttles) / seconds) * (holdMs(run.functions[fn.id]!) / 1000);
  return [
    {
      resource: `functions.${fn.id}`,
      law: 'Erlang B',
      figure: `functions.${fn.id}.throttles`,
      expected: erlangB(offered, servers),
      simulated: throttles / (invocations + throttles),
      assumes: `share throttled of ${offered.toPrecision(3)} Erlang on ${servers} reserved; Poisson arrivals of a constant rate, no retries`,
    },
  ];
}
