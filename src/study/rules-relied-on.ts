/**
 * The AWS rules that the figures of a scenario rest on: those its parts ask for when they are put together, and those its
 * bill asks for. They depend on the scenario alone, so no run has to be asked which threads it ran on.
 */
import type { RuleInForce } from '../rules/rulebook.js';
import type { Scenario } from '../scenario/types.js';
import { build } from './build.js';
import { billOf } from './run-result-of.js';

/** By name. Throws a `UsageError` when a price the scenario needs is not known. */
export function rulesReliedOn(scenario: Scenario): RuleInForce[] {
  const { world, recorder } = build(scenario, {
    seed: scenario.run.seed,
    replication: 0,
    timeline: false,
    recorders: [],
  });
  billOf(scenario, recorder, world.rules);
  return world.rules.reliedOn();
}
