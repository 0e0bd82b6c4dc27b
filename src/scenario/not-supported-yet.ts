/** Keys of the scenario format that this version does not simulate. Each is refused by name, so that nobody takes silence for support. */
import type { Fault } from './quantities/reading.js';
import type { Path } from './tree.js';

/** Kind of place → key → what to do meanwhile. */
const KEYS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  scenario: {
    plan: 'compare settings with --set',
    variants: 'compare settings with --set',
  },
  functions: {
    deployments: 'remove it',
    warmer: 'use provisionedConcurrency, or traffic with a schedule',
    tenancy: 'remove it',
    network: 'remove it',
    logs: 'remove it',
    tracing: 'remove it',
  },
  pricing: { file: 'use overrides for single prices' },
};

/** The fault for a key that is known and not supported, or undefined for any other key. */
export function notSupportedYet(path: Path, key: string): Fault | undefined {
  const place = path.length === 0 ? 'scenario' : String(path[0]);
  const depth = place === 'scenario' ? 0 : place === 'pricing' ? 1 : 2;
  if (path.length !== depth || !Object.hasOwn(KEYS, place)) return undefined;
  const keys = KEYS[place]!;
  return Object.hasOwn(keys, key)
    ? {
        code: 'not-supported-yet',
        message: `${key} ${isPlural(key) ? 'are' : 'is'} not supported yet`,
        hint: keys[key]!,
      }
    : undefined;
}

function isPlural(key: string): boolean {
  return key.endsWith('s');
}
