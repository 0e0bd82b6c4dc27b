/** What `results.json` holds: the runs of a scenario with what they say together, against what was demanded, and why. */
import { SECOND } from '../engine/units.js';
import type { Results, RunResult } from '../results/run-result.js';
import { ruleWritten } from '../scenario/rule-written.js';
import type { Scenario } from '../scenario/types.js';
import { estimatesOf } from './estimates.js';
import type { Evidence } from './evidence.js';
import { findingsOf } from './findings.js';
import { isChargeKnown } from './front-end-meters.js';
import { limitsOf } from './limits.js';
import { rulesReliedOn } from './rules-relied-on.js';
import { theoryOf } from './theory.js';
import { thresholdVerdicts } from './thresholds.js';
import { toldReplication } from './told-replication.js';

/**
 * `runs` are the replications of the scenario, in order, at least one; `program` is who made them; `evidence`, of the one that
 * `toldReplication` names, tells when things happened; that of another is left out. A pure function of its arguments: the same
 * runs give the same bytes, whatever ran them.
 */
export function resultsOf(
  scenario: Scenario,
  runs: readonly RunResult[],
  program: Results['program'],
  evidence?: Evidence,
): Results {
  if (runs.length === 0) throw new RangeError('results need at least one run');
  const verdicts = thresholdVerdicts(scenario, runs);
  const told = toldReplication(scenario, runs);
  const seen = evidence?.replication === told ? evidence : undefined;
  return {
    schema: 'lambdasim/results/1',
    program: { name: program.name, version: program.version },
    scenario: settingsOf(scenario),
    runs: [...runs],
    estimates: estimatesOf(runs),
    thresholds: verdicts,
    rules: rulesReliedOn(scenario).map((rule) => ({ ...rule, value: ruleWritten(rule.name, rule.value) })),
    findings: findingsOf(scenario, runs[told]!, seen, { verdicts, replication: told, replications: runs.length }),
    ...(told > 0 && { toldReplication: told + 1 }),
    limits: limitsOf(scenario),
    theory: theoryOf(scenario, runs[0]!),
    ...notBilled(scenario),
    warnings: [...scenario.warnings, ...silentTraffic(scenario, runs)],
  };
}

/** Front ends that charge by a price list that was not found. Whoever names the services of the bill knows what it lacks. */
function notBilled({ traffic, pricing }: Scenario): Pick<Results, 'notBilled'> {
  const unknown = pricing.include === undefined ? traffic.filter(({ via }) => !isChargeKnown(via)) : [];
  if (unknown.length === 0) return {};
  return { notBilled: unknown.map(({ id, via }) => `what ${via} charges for the requests of traffic.${id}`) };
}

/** A schedule that never comes, a trace of zeros, a burst after the end. */
function silentTraffic({ traffic }: Scenario, runs: readonly RunResult[]): string[] {
  return traffic
    .filter(({ id }) => runs.every((run) => run.traffic[id]!.offered === 0))
    .map(({ id }) => `traffic.${id} sent nothing: none of its requests falls into the time that is measured`);
}

function settingsOf({ name, asOf, region, run }: Scenario): Results['scenario'] {
  return {
    name,
    asOf,
    region,
    seed: run.seed,
    start: new Date(run.startEpochMs).toISOString().replace('.000Z', 'Z'),
    durationSeconds: run.duration / SECOND,
    warmUpSeconds: run.warmUp / SECOND,
    replications: run.replications,
    timelineSeconds: run.timeline / SECOND,
  };
}
