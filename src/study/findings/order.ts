/** Which finding a reader should see first: what failed a threshold, then what weighs most, trifles at the end. */
import type { Finding } from '../../results/run-result.js';
import type { Scenario, ThresholdSettings } from '../../scenario/types.js';
import type { Figure, Found } from './found.js';

/** The function that a traffic calls, by resource. */
type Targets = ReadonlyMap<string, string>;

/** Below both a finding is a trifle: a thousandth of the requests, a hundredth of the bill. */
const FEW_REQUESTS = 0.001;
const LITTLE_MONEY = 0.01;

/** What is equal in weight stays in the given order. `failed` are the thresholds that were not met. */
export function inOrder(
  found: readonly Found[],
  { traffic }: Scenario,
  failed: readonly ThresholdSettings[],
): Finding[] {
  const targets: Targets = new Map(traffic.map(({ id, to }) => [`traffic.${id}`, `functions.${to}`]));
  const rank = (one: Found) => {
    if (failed.some((threshold) => explains(one, threshold, targets))) return 0;
    return isTrifle(one) ? 2 : 1;
  };
  return [...found].sort((a, b) => rank(a) - rank(b) || weight(b) - weight(a)).map(findingOf);
}

function explains({ resource, touches }: Found, { path }: ThresholdSettings, targets: Targets): boolean {
  if (!touches.includes(figureAt(path))) return false;
  const [owner = '', id = ''] = path;
  if (owner === 'bill' || owner === 'account') return true;
  const judged = `${owner}.${id}`;
  // What befalls a function befalls the traffic that calls it, and the other way round.
  return judged === resource || targets.get(judged) === resource || targets.get(resource) === judged;
}

/** The figure a threshold is about; of a breakdown that which it breaks down. */
function figureAt([owner = '', id = '', metric = '']: readonly string[]): Figure {
  if (owner === 'bill') return 'bill';
  const name = owner === 'account' ? id : metric;
  return WHOLES[name] ?? (name as Figure);
}

const WHOLES: Readonly<Record<string, Figure>> = {
  parts: 'latency',
  throttlesByReason: 'throttles',
  gbSecondsBy: 'bill',
  billed: 'bill',
};

function isTrifle({ requests, bill }: Found): boolean {
  return requests < FEW_REQUESTS && bill < LITTLE_MONEY;
}

function weight({ requests, bill }: Found): number {
  return Math.max(requests, bill);
}

function findingOf({ resource, limit, from, to, message, knob }: Found): Finding {
  return { resource, limit, from, to, message, knob };
}
