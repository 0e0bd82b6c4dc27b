/** The region: one whose prices are known, and whether it was open on the day. What a list lacks is found by the bill. */
import { isRegion, openedOn, REGIONS } from '../../rules/regions.js';
import { nearest } from '../nearest.js';
import { type Fault, shown } from '../quantities/reading.js';
import type { Context } from '../resolve/context.js';
import type { Scenario } from '../types.js';

/** What is wrong with the name of a region, or undefined. */
export function regionFault(region: string): Fault | undefined {
  if (isRegion(region)) return undefined;
  const near = nearest(region, REGIONS);
  return {
    code: 'unknown-region',
    message: `no prices are known for region ${shown(region)}`,
    hint: near === undefined ? 'lambdasim prices lists the regions' : `did you mean ${near}?`,
  };
}

export function checkRegion({ region, asOf }: Scenario, context: Context): void {
  const fault = regionFault(region);
  if (fault !== undefined) context.report(['region'], fault);
  const opened = openedOn(region);
  if (opened !== undefined && asOf < opened)
    context.warn(`region ${region} opened on ${opened} (from memory), after asOf ${asOf}`);
}
