/**
 * What made the money: each amount on the bill by what it was spent on. Run time is split by what the billed time held
 * (`gbSecondsBy`), provisioned capacity by whether it was in use, and services beside Lambda are its neighbours.
 */
import type { BillLine, FunctionResult, Results } from '../results/run-result.js';
import { billLines, overRuns } from './over-runs.js';

export type CostDriver =
  | 'requests'
  | 'handler'
  | 'init'
  | 'downstream'
  | 'rounding'
  | 'provisionedUsed'
  | 'provisionedIdle'
  | 'otherLambda'
  | 'neighbours';

export const COST_DRIVERS: readonly CostDriver[] = [
  'requests',
  'handler',
  'init',
  'downstream',
  'rounding',
  'provisionedUsed',
  'provisionedIdle',
  'otherLambda',
  'neighbours',
];

export const DRIVER_NAMES: Readonly<Record<CostDriver, string>> = {
  requests: 'requests',
  handler: 'run time of handlers',
  init: 'init',
  downstream: 'waiting for others',
  rounding: 'rounding',
  provisionedUsed: 'provisioned capacity, used',
  provisionedIdle: 'provisioned capacity, idle',
  otherLambda: 'other Lambda charges',
  neighbours: 'neighbours of Lambda',
};

export interface CostDrivers {
  /** USD of the run by driver; their sum is the bill's. */
  readonly usd: Readonly<Record<CostDriver, number>>;
  /** Of the run time, what ran in attempts that failed, and in attempts that repeated one. Both are in the drivers already. */
  readonly failedUsd: number;
  readonly retriedUsd: number;
}

type GbSeconds = FunctionResult['gbSecondsBy'];

/** Of one resource as the bill names it, or of all. */
export function costDrivers(results: Results, resource?: string): CostDrivers {
  const usd = Object.fromEntries(COST_DRIVERS.map((driver) => [driver, 0])) as Record<CostDriver, number>;
  let failedUsd = 0;
  let retriedUsd = 0;
  for (const line of billLines(results)) {
    if (resource !== undefined && line.resource !== resource) continue;
    const kind = kindOf(line);
    if (kind === 'requests' || kind === 'otherLambda' || kind === 'neighbours') {
      usd[kind] += line.usd;
      continue;
    }
    const by = (key: keyof GbSeconds) => meanOf(results, line.resource, key);
    if (kind === 'capacity') {
      const allocated = overRuns(results, (run) => run.functions[line.resource]?.billed.provisionedGbSeconds) ?? 0;
      const idle = allocated > 0 ? Math.min(1, by('provisionedIdle') / allocated) : 0;
      usd.provisionedIdle += line.usd * idle;
      usd.provisionedUsed += line.usd * (1 - idle);
      continue;
    }
    const whole = by('handler') + by('init') + by('downstream') + by('rounding');
    if (whole <= 0) {
      usd.otherLambda += line.usd;
      continue;
    }
    for (const part of ['handler', 'init', 'downstream', 'rounding'] as const)
      usd[part] += (line.usd * by(part)) / whole;
    failedUsd += (line.usd * by('failed')) / whole;
    retriedUsd += (line.usd * by('retried')) / whole;
  }
  return { usd, failedUsd, retriedUsd };
}

/** `Provisioned concurrency` is capacity; `Duration on provisioned concurrency` is run time. */
function kindOf({ service, item }: BillLine): 'requests' | 'runTime' | 'capacity' | 'otherLambda' | 'neighbours' {
  if (service !== 'AWS Lambda') return 'neighbours';
  if (/^(Lambda@Edge r|R)equests/.test(item)) return 'requests';
  if (/duration/i.test(item)) return 'runTime';
  return item.startsWith('Provisioned concurrency') ? 'capacity' : 'otherLambda';
}

function meanOf(results: Results, fn: string, key: keyof GbSeconds): number {
  return overRuns(results, (run) => run.functions[fn]?.gbSecondsBy[key]) ?? 0;
}
