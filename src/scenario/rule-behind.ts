/** The AWS rule that `explain` names beside a setting: that of its schema, or the one that decides in this scenario. */
import { ruleNamed } from '../rules/catalogue.js';
import { initDuration, initDurationOf } from '../rules/init-duration.js';
import { initStandIn } from '../rules/init-stand-in.js';
import { type Known, knownOf, type Rule, versionAt } from '../rules/rule.js';
import { rulebookOf } from '../rules/rulebook.js';
import type { Path } from './tree.js';
import type { Scenario } from './types.js';

export type RuleBehind = Known & { readonly name: string; readonly since: string; readonly source: string };

/** `name` is what the schema says of the setting. */
export function ruleBehind(scenario: Scenario, path: Path, name: string | undefined): RuleBehind | undefined {
  const rule = name === undefined ? undefined : ruleNamed(name);
  if (rule === undefined) return undefined;
  return rule === initDuration ? initBehind(scenario, path) : inForce(scenario, rule);
}

/** As measured for the runtime of the function. */
function initBehind(scenario: Scenario, [, id]: Path): RuleBehind | undefined {
  const fn = scenario.functions.find((one) => one.id === id);
  if (fn === undefined) return undefined;
  const { source, certainty } = initDurationOf(fn, rulebookOf(scenario.asOf, scenario.rules));
  const isOverridden = [initDuration, initStandIn].some(({ name }) => Object.hasOwn(scenario.rules, name));
  const { name, since } = inForce(scenario, initDuration);
  return { name, since, source, certainty: isOverridden ? 'overridden' : certainty };
}

function inForce<T extends object>({ asOf, rules }: Scenario, rule: Rule<T>): RuleBehind {
  const { name } = rule;
  const version = versionAt(rule, asOf);
  const override = Object.hasOwn(rules, name) ? rules[name] : undefined;
  return { name, since: version.from, source: version.source, ...knownOf(version, override) };
}
