/** Settings that did not exist on the day of `asOf`. Each names the rule and its first day. */
import { type Feature, featureDates } from '../../rules/feature-dates.js';
import { vpcNetwork } from '../../rules/vpc-network.js';
import type { Context } from '../resolve/context.js';
import type { Path } from '../tree.js';
import type { LambdaFunctionSettings, Scenario } from '../types.js';

export function checkFeatureDates({ functions, traffic, pricing }: Scenario, context: Context): void {
  for (const fn of functions)
    for (const [feature, ...keys] of featuresOf(fn, context))
      checkFeature(feature, ['functions', fn.id, ...keys], context);
  for (const { id, via } of traffic) {
    if (via === 'function-url') checkFeature('functionUrl', ['traffic', id, 'via'], context);
    if (via === 'http-api') checkFeature('httpApi', ['traffic', id, 'via'], context);
  }
  if (pricing.savingsPlan !== 'none') checkFeature('savingsPlan', ['pricing', 'savingsPlan'], context);
}

function featuresOf(fn: LambdaFunctionSettings, context: Context): readonly (readonly [Feature, ...string[]])[] {
  const used: (readonly [Feature, ...string[]])[] = [];
  if (fn.packageType === 'Image') used.push(['containerImage', 'packageType']);
  if (fn.architecture === 'arm64') used.push(['arm64', 'architecture']);
  if (fn.provisionedConcurrency > 0) used.push(['provisionedConcurrency', 'provisionedConcurrency']);
  if (fn.snapStart !== undefined) used.push(['snapStart', 'snapStart']);
  if (fn.extensions !== undefined) used.push(['extensions', 'extensions']);
  if (fn.response.streamed) used.push(['responseStreaming', 'response']);
  // Regions changed over weeks, in which a scenario may say what its own had.
  if (fn.vpc?.mode === 'hyperplane' && context.rules.value(vpcNetwork).mode === 'classic')
    used.push(['sharedInterfaces', 'vpc', 'mode']);
  return used;
}

/** Reports a feature that came after `asOf`. */
export function checkFeature(feature: Feature, path: Path, context: Context): boolean {
  const { since, what } = featureDates[feature];
  if (since <= context.asOf) return true;
  context.report(
    path,
    {
      code: 'not-yet-available',
      message: `${what} came on ${since} (rule feature-dates), and asOf is ${context.asOf}`,
      hint: `set asOf to ${since} or later, or do without it`,
    },
    [['asOf']],
  );
  return false;
}
