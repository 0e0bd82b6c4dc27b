/**
 * Eight hours of 69 Azure functions as one AWS account (Azure Functions 2019; Shahrad et al., USENIX ATC 2020; CC-BY 4.0):
 * counts a minute as recorded, durations by their percentiles, memory as allocated.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { sharesBelow } from './order-statistic.js';
import { dataRows, haveData } from './real-data.js';
import { type Replay, replay } from './replay.js';

const FOLDER = 'traces/azure-2019-8h-a';
const FILES = ['invocations_per_minute', 'durations', 'memory'].map((name) => `${FOLDER}/${name}.csv`);
const MINUTES = 480;
const FIRST_MINUTE = 480;
/** Percentiles of the durations file, and what they are called in a scenario. */
const PERCENTILES = [0, 1, 25, 50, 75, 99, 100];
/** us-east-1, x86_64, first tier, and per request; AWS Lambda pricing page. */
const USD_PER_GB_SECOND = 0.0000166667;
const USD_PER_REQUEST = 0.2 / 1e6;
const QUANTILES = [
  ['p50', 0.5],
  ['p90', 0.9],
  ['p95', 0.95],
  ['p99', 0.99],
] as const;
/** What a percentile of the results may be off, and the finest time there is, in ms. */
const HISTOGRAM = 0.005;
const MICROSECOND = 0.001;

interface Recorded {
  readonly id: string;
  readonly counts: readonly number[];
  /** Milliseconds at PERCENTILES. */
  readonly durations: readonly number[];
  /** The next size that Lambda has. */
  readonly memoryMb: number;
}

function recorded(): Recorded[] {
  const durations = new Map(dataRows(FILES[1]!).map((row) => [row.HashFunction, row]));
  const memory = new Map(dataRows(FILES[2]!).map((row) => [row.HashFunction, row]));
  return dataRows(FILES[0]!).map((row, index) => ({
    id: `${row.Trigger}-${index}`,
    counts: Array.from({ length: MINUTES }, (_, minute) => Number(row[FIRST_MINUTE + minute])),
    durations: PERCENTILES.map((p) => Number(durations.get(row.HashFunction)![`percentile_Average_${p}`])),
    memoryMb: Math.max(128, Math.ceil(Number(memory.get(row.HashFunction)!.AverageAllocatedMb_pct100))),
  }));
}

function scenarioOf(functions: readonly Recorded[]): { text: string; files: Record<string, string> } {
  const deployed = functions.map(({ id, durations: [min, p1, p25, p50, p75, p99, max], memoryMb }) => {
    const quantiles = `{ min: ${min}ms, p1: ${p1}ms, p25: ${p25}ms, p50: ${p50}ms, p75: ${p75}ms, p99: ${p99}ms, max: ${max}ms }`;
    return `  ${id}: { memory: ${memoryMb}MB, timeout: 15m, init: 200ms, duration: { quantiles: ${quantiles} } }`;
  });
  const arriving = functions.map(
    ({ id }) => `  ${id}: { to: ${id}, retry: none, trace: { file: ${id}.csv, column: count, every: 1m } }`,
  );
  return {
    text: `run: { duration: 8h, seed: azure }
account: { concurrencyLimit: 3000 }
functions:
${deployed.join('\n')}
traffic:
${arriving.join('\n')}
`,
    files: Object.fromEntries(functions.map(({ id, counts }) => [`${id}.csv`, `count\n${counts.join('\n')}\n`])),
  };
}

/** The duration below which this share of the recorded runs lies: straight lines between the percentiles. */
function durationAt(share: number, { durations }: Recorded): number {
  const at = Math.min(1, Math.max(0, share)) * 100;
  const upper = Math.max(
    1,
    PERCENTILES.findIndex((p) => p >= at),
  );
  const [p0, p1] = [PERCENTILES[upper - 1]!, PERCENTILES[upper]!];
  return durations[upper - 1]! + ((durations[upper]! - durations[upper - 1]!) * (at - p0)) / (p1 - p0);
}

describe.skipIf(!haveData('Azure Functions 2019', ...FILES))('69 Azure functions in one account', () => {
  let functions: Recorded[];
  let run: Replay;
  let seconds: number;

  beforeAll(() => {
    functions = recorded();
    const { text, files } = scenarioOf(functions);
    const started = performance.now();
    run = replay(text, files);
    seconds = (performance.now() - started) / 1000;
  });

  it('are 2,364,653 invocations, each replayed in its own minute', () => {
    const replayed = functions.map(({ id }) => run.series(`traffic.${id}`, 'Requests', MINUTES));
    expect(replayed).toEqual(functions.map(({ counts }) => counts));
    expect(replayed.flat().reduce((sum, count) => sum + count, 0)).toBe(2_364_653);
  });

  it('run as often as they were called, and nothing is refused', () => {
    const ran = functions.map(({ id }) => [
      id,
      run.result.functions[id]!.invocations,
      run.result.functions[id]!.throttles,
    ]);
    expect(ran).toEqual(functions.map(({ id, counts }) => [id, counts.reduce((sum, count) => sum + count, 0), 0]));
  });

  it('take as long as the percentiles say: no quantile is farther off than chance allows', () => {
    const outside = functions.flatMap((fn) => {
      const { duration, invocations } = run.result.functions[fn.id]!;
      return QUANTILES.flatMap(([name, share]) => {
        const { low, high } = sharesBelow(share, invocations);
        const from = durationAt(low, fn) * (1 - HISTOGRAM) - MICROSECOND;
        const to = durationAt(high, fn) * (1 + HISTOGRAM) + MICROSECOND;
        const value = duration[name]!;
        return value >= from && value <= to ? [] : [{ id: fn.id, name, from, value, to }];
      });
    });
    expect(outside).toEqual([]);
  });

  it('are billed for their run time, init and rounding, and for nothing else', () => {
    let gbSeconds = 0;
    let requests = 0;
    for (const { id, memoryMb } of functions) {
      const { duration, initDuration, invocations, billed } = run.result.functions[id]!;
      const ranMs = duration.mean! * invocations + (initDuration.mean ?? 0) * initDuration.count;
      const tolerance = 1e-9 * ranMs;
      expect(billed.durationMs, id).toBeGreaterThanOrEqual(ranMs - tolerance);
      expect(billed.durationMs, id).toBeLessThanOrEqual(ranMs + invocations + tolerance);
      expect(billed.requests, id).toBe(invocations);
      gbSeconds += (billed.durationMs / 1000) * (memoryMb / 1024);
      requests += invocations;
    }
    const usd = gbSeconds * USD_PER_GB_SECOND + requests * USD_PER_REQUEST;
    expect(Math.abs(run.result.bill.total / usd - 1)).toBeLessThan(1e-12);
    expect(Math.abs(run.result.bill.monthly / ((usd * 730) / 8) - 1)).toBeLessThan(1e-12);
  });

  it('take seconds to replay, not minutes', () => {
    console.info(`replayed 2,364,653 invocations in ${seconds.toFixed(1)} s`);
    expect(seconds).toBeLessThan(60);
  });
});
