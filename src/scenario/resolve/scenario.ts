/** The whole scenario from what the schema read: defaults in place, resources in the order of the file. Whether they fit is checked after. */
import { MINUTE } from '../../engine/units.js';
import type { RuleOverrides } from '../../rules/rulebook.js';
import type { ScenarioInput } from '../schema.js';
import type { Scenario, ThresholdSettings } from '../types.js';
import { resolveAccount } from './account.js';
import type { Context, IdKind } from './context.js';
import { resolveFunction } from './function.js';
import { resolveDependency, resolveQueue, resolveStream, resolveTopic } from './resources.js';
import { resolveTraffic } from './traffic.js';

const MOST_BUCKETS = 50_000;

export function resolveScenario(
  input: ScenarioInput,
  name: string,
  overrides: RuleOverrides,
  context: Context,
): Omit<Scenario, 'warnings'> {
  const { run, pricing } = input;
  const inOrder = <K extends IdKind, T>(
    kind: K,
    resolve: (id: string, one: ScenarioInput[K][string], context: Context) => T,
  ): T[] =>
    inFileOrder(context.ids[kind], input[kind] as Record<string, ScenarioInput[K][string]>).map(([id, one]) =>
      resolve(id, one, context),
    );
  return {
    name: input.name ?? name,
    description: input.description ?? '',
    asOf: context.asOf,
    region: input.region,
    run: {
      duration: run.duration,
      warmUp: run.warmUp,
      startEpochMs: run.start,
      seed: run.seed,
      replications: run.replications,
      timeline: run.timeline ?? timelineOf(run.duration),
    },
    account: resolveAccount(input.account, context),
    functions: inOrder('functions', resolveFunction),
    queues: inOrder('queues', resolveQueue),
    streams: inOrder('streams', resolveStream),
    topics: inOrder('topics', resolveTopic),
    dependencies: inOrder('dependencies', resolveDependency),
    traffic: inOrder('traffic', resolveTraffic),
    thresholds: (input.thresholds ?? []).map(resolveThreshold),
    rules: overrides,
    pricing: {
      include: pricing.include,
      discount: pricing.discount,
      savingsPlan: pricing.savingsPlan,
      overrides: pricing.overrides,
    },
  };
}

/** JavaScript puts keys that look like numbers first; the file decides. */
function inFileOrder<T>(ids: readonly string[], byId: Readonly<Record<string, T>>): (readonly [string, T])[] {
  return ids.filter((id) => Object.hasOwn(byId, id)).map((id) => [id, byId[id]!] as const);
}

/** One minute, doubled until the run has at most 50,000 buckets. */
function timelineOf(duration: number): number {
  let width = MINUTE;
  while (duration / width > MOST_BUCKETS) width *= 2;
  return width;
}

function resolveThreshold(entry: NonNullable<ScenarioInput['thresholds']>[number]): ThresholdSettings {
  return 'check' in entry ? { ...entry.check, severity: entry.severity } : { ...entry, severity: 'fail' };
}
