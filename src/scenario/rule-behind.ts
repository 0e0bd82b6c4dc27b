/** The AWS rule that `explain` names beside a setting: that of its schema, or the one that decides in this scenario. */
import { ruleNamed } from '../rules/catalogue.js';
import { clientBackoff } from '../rules/client-backoff.js';
import { clientRetry } from '../rules/client-retry.js';
import { initDuration, initDurationOf } from '../rules/init-duration.js';
import { initStandIn } from '../rules/init-stand-in.js';
import { type Known, knownOf, type Rule, versionAt } from '../rules/rule.js';
import { rulebookOf } from '../rules/rulebook.js';
import { synchronousCallers } from '../rules/synchronous-callers.js';
import { type Path, type Tree, treeAt } from './tree.js';
import type { Scenario } from './types.js';

export type RuleBehind = Known & { readonly name: string; readonly since: string; readonly source: string };

/** `name` is what the schema says of the setting at `path`, `tree` what is written. */
export function ruleBehind(
  scenario: Scenario,
  tree: Tree,
  path: Path,
  name: string | undefined,
): RuleBehind | undefined {
  if (path[0] === 'traffic' && path[2] === 'retry') return retryBehind(scenario, tree, path);
  const rule = name === undefined ? undefined : ruleNamed(name);
  if (rule === undefined) return undefined;
  return rule === initDuration ? initBehind(scenario, path) : inForce(scenario, rule);
}

/** As measured for the runtime of the function, or for the one that stands in for it: then that choice decides. */
function initBehind(scenario: Scenario, [, id]: Path): RuleBehind | undefined {
  const fn = scenario.functions.find((one) => one.id === id);
  if (fn === undefined) return undefined;
  const { source, certainty } = initDurationOf(fn, rulebookOf(scenario.asOf, scenario.rules));
  const { name, since } = certainty === 'measured' ? inForce(scenario, initDuration) : inForce(scenario, initStandIn);
  // The runtime that an override chooses is that of functions without one; one that is given stands for itself.
  const decisive = fn.runtime === undefined ? [initDuration, initStandIn] : [initDuration];
  const isOverridden = decisive.some((rule) => Object.hasOwn(scenario.rules, rule.name));
  return { name, since, source, certainty: isOverridden ? 'overridden' : certainty };
}

/** Who retries by whose rule: a client as its `via` does unless it says otherwise, an SDK in its mode, a back-off of one's own. */
function retryBehind(scenario: Scenario, tree: Tree, path: Path): RuleBehind | undefined {
  const traffic = scenario.traffic.find(({ id }) => id === path[1]);
  // Who hands over an event waits for no answer.
  if (traffic === undefined || traffic.invocation === 'Event') return undefined;
  const { kind } = traffic.retry;
  if (kind === 'sdk') return inForce(scenario, clientRetry);
  if (treeAt(tree, path.slice(0, 3)) === undefined) return inForce(scenario, synchronousCallers);
  return kind === 'backoff' ? inForce(scenario, clientBackoff) : undefined;
}

function inForce<T extends object>({ asOf, rules }: Scenario, rule: Rule<T>): RuleBehind {
  const { name } = rule;
  const version = versionAt(rule, asOf);
  const override = Object.hasOwn(rules, name) ? rules[name] : undefined;
  return { name, since: version.from, source: version.source, ...knownOf(version, override) };
}
