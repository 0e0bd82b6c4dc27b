/**
 * Cold starts as simulated for a runtime against real Init Durations of that runtime (maxday/lambda-perf, every second day of
 * August 2026; Apache-2.0): the default init of a function comes from a table made of the same source over a longer time.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import type { FunctionResult } from '../../src/results/run-result.js';
import { dataRows, haveData } from './real-data.js';
import { replay } from './replay.js';

const FILE = 'cold-starts/lambda-perf-daily.csv.gz';
const COLD_STARTS = 10_000;

const RUNTIMES = [
  ...[
    'nodejs20.x',
    'nodejs22.x',
    'nodejs24.x',
    'python3.9',
    'python3.10',
    'python3.11',
    'python3.12',
    'python3.13',
    'python3.14',
  ],
  ...['java11', 'java17', 'java21', 'java25', 'dotnet8', 'dotnet10', 'ruby3.2', 'ruby3.3', 'ruby3.4'],
];

/** Configurations of which August is not typical of the longer time that the table was made of. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  'python3-13-Zip-x86_64': 'became faster in summer: half of the variance of its 86 days lies between days',
  'java17-Image-arm64': 'slower in August: its median is 8% above that of the 86 days',
};

interface Configuration {
  /** As function id. */
  readonly id: string;
  readonly runtime: string;
  readonly packageType: string;
  readonly architecture: string;
}

const CONFIGURATIONS: readonly Configuration[] = RUNTIMES.flatMap((runtime) =>
  ['Zip', 'Image'].flatMap((packageType) =>
    ['x86_64', 'arm64'].map((architecture) => ({
      id: `${runtime.replace('.', '-')}-${packageType}-${architecture}`,
      runtime,
      packageType,
      architecture,
    })),
  ),
);

/** Each configuration as a function that is called ten thousand times at once, and has no environment. */
function simulated(): Record<string, FunctionResult> {
  const functions = CONFIGURATIONS.map(
    ({ id, runtime, packageType, architecture }) =>
      `  ${id}: { runtime: ${runtime}, packageType: ${packageType}, architecture: ${architecture}, duration: 1ms }`,
  );
  const traffic = CONFIGURATIONS.map(
    ({ id }) => `  ${id}: { to: ${id}, burst: { count: ${COLD_STARTS} }, retry: none }`,
  );
  const text = `run: { duration: 1m, seed: august }
account: { concurrencyLimit: ${COLD_STARTS * CONFIGURATIONS.length} }
functions:
${functions.join('\n')}
traffic:
${traffic.join('\n')}
rules: { function-scaling-rate: { burst: ${COLD_STARTS} } }
`;
  return replay(text, {}).result.functions;
}

/** Init Durations in milliseconds, day by day. */
function recorded(
  { runtime, packageType, architecture }: Configuration,
  rows: readonly Record<string, string>[],
): number[][] {
  const wanted = [runtime.replaceAll('.', ''), packageType.toLowerCase(), architecture, '512'].join();
  return rows
    .filter((row) => [row.runtime_key, row.package, row.architecture, row.memory_mb].join() === wanted)
    .map((row) => row.init_ms_samples!.split(' ').map(Number));
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Mean of shares that are 0 to 1 and its standard error over configurations. */
function meanAndError(shares: readonly number[]): { mean: number; error: number } {
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  const variance = shares.reduce((sum, share) => sum + (share - mean) ** 2, 0) / (shares.length - 1);
  return { mean, error: Math.sqrt(variance / shares.length) };
}

describe.skipIf(!haveData('Init Durations of August 2026', FILE))('simulated inits against real ones', () => {
  let days: Map<string, number[][]>;
  let results: Record<string, FunctionResult>;

  beforeAll(() => {
    const rows = dataRows(FILE);
    days = new Map(CONFIGURATIONS.map((configuration) => [configuration.id, recorded(configuration, rows)]));
    results = simulated();
  });

  it('are compared for 72 configurations, each with 11 days of August and ten thousand cold starts', () => {
    const counted = CONFIGURATIONS.map(({ id }) => [id, days.get(id)!.length, results[id]!.coldStarts]);
    expect(counted).toEqual(CONFIGURATIONS.map(({ id }) => [id, 11, COLD_STARTS]));
    expect(counted).toHaveLength(72);
    expect([...days.values()].flat(2)).toHaveLength(7472);
  });

  it('have a median between those of the fastest and the slowest day', () => {
    const outside = CONFIGURATIONS.filter(({ id }) => {
      const medians = days.get(id)!.map(median);
      const simulatedMedian = results[id]!.initDuration.p50!;
      return simulatedMedian < Math.min(...medians) || simulatedMedian > Math.max(...medians);
    });
    expect(outside.map(({ id }) => id)).toEqual(Object.keys(EXCEPTIONS));
  });

  it.each([
    ['p50', 0.5],
    ['p90', 0.9],
  ] as const)('have, over all configurations, the right share of real inits below their %s', (name, share) => {
    const below = CONFIGURATIONS.map(({ id }) => {
      const real = days.get(id)!.flat();
      return real.filter((ms) => ms <= results[id]!.initDuration[name]!).length / real.length;
    });
    const { mean, error } = meanAndError(below);
    console.info(
      `${(100 * mean).toFixed(1)}% of real inits below the simulated ${name}, standard error ${(100 * error).toFixed(1)}%`,
    );
    expect(Math.abs(mean - share)).toBeLessThan(3.29 * error);
  });
});
