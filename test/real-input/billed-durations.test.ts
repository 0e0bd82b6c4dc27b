/**
 * Billed Duration of real invocations against the rules of their day: rounding to 100 ms or 1 ms, init billed or not, a timeout
 * billed as the timeout. Each line must be explained; REPORT prints two decimals, so a sum that looks whole may not be.
 */
import { describe, expect, it } from 'vitest';
import { MILLISECOND } from '../../src/engine/units.js';
import { billedDuration, billedMicros } from '../../src/rules/billed-duration.js';
import { billedInit, initKindOf, isInitBilled } from '../../src/rules/billed-init.js';
import { valueAt } from '../../src/rules/rule.js';
import { dataRows, dataText, haveData } from './real-data.js';
import { replay } from './replay.js';

interface Report {
  readonly asOf: string;
  readonly durationMs: number;
  readonly initMs: number;
  readonly billedMs: number;
  readonly packageType: 'Zip' | 'Image';
  readonly customRuntime: boolean;
}

/** What the printed value leaves open, either way: half of its last digit, for each of the two printed figures. */
const PRINTED = 0.005;

/** Every Billed Duration the rules allow for figures that print like these: one, or two where the sum is nearly whole. */
function allowed({ asOf, durationMs, initMs, packageType, customRuntime }: Report): number[] {
  const init = isInitBilled(valueAt(billedInit, asOf), initKindOf(packageType, customRuntime)) ? initMs : 0;
  const reach = init > 0 ? 2 * PRINTED : PRINTED;
  const bill = (ms: number): number =>
    billedMicros(valueAt(billedDuration, asOf), Math.round(ms * MILLISECOND)) / MILLISECOND;
  return [...new Set([bill(durationMs + init - reach), bill(durationMs + init + reach)])];
}

/** What the rules say of the printed figures, taken to be exact. */
function expected({ asOf, durationMs, initMs, packageType, customRuntime }: Report): number {
  const init = isInitBilled(valueAt(billedInit, asOf), initKindOf(packageType, customRuntime)) ? initMs : 0;
  const micros = Math.round(durationMs * MILLISECOND) + Math.round(init * MILLISECOND);
  return billedMicros(valueAt(billedDuration, asOf), micros) / MILLISECOND;
}

function unexplained(reports: readonly Report[]): Report[] {
  return reports.filter((report) => !allowed(report).includes(report.billedMs));
}

/** Those that a run bills otherwise than the rules say: a function for each, called once, always as long as was recorded. */
function billedOtherwiseByRun(reports: readonly Report[]): Report[] {
  const functions = reports.map(({ durationMs, initMs, packageType, customRuntime }, i) => {
    const runtime = customRuntime ? 'runtime: provided.al2, ' : '';
    return `  fn-${i}: { ${runtime}packageType: ${packageType}, timeout: 15m, duration: ${durationMs}ms, init: ${initMs}ms }`;
  });
  const traffic = reports.map((_, i) => `  once-${i}: { to: fn-${i}, burst: { count: 1 } }`);
  const text = `asOf: ${reports[0]!.asOf}
account: { concurrencyLimit: 5000 }
run: { duration: 15m }
functions:
${functions.join('\n')}
traffic:
${traffic.join('\n')}
rules: { function-scaling-rate: { burst: 5000, burstByRegion: { us-east-1: 5000 } } }
`;
  const { result } = replay(text, {});
  return reports.filter((report, i) => {
    const { billed, coldStarts } = result.functions[`fn-${i}`]!;
    return coldStarts !== 1 || billed.durationMs !== expected(report);
  });
}

const MBWILDING = 'durations/mbwilding-2023-s3-writes.csv';
const RUTKOWSKI = 'durations/rutkowski-2025-zip-vs-image.csv';
const README_LINES = 'logs/report-lines-serverless-patterns-readmes.txt';
const COLD_2020 = 'logs/subscription-event-coldstart.json';
const WARM_2020 = 'logs/subscription-event-invocation.json';
const TIMEOUT_2020 = 'logs/subscription-event-timeout.json';
const INSIGHTS = 'logs/insights-get-query-results.json';

function reportsOf(
  file: string,
  asOf: string,
  packageOf: (row: Record<string, string>) => 'Zip' | 'Image',
  custom: RegExp,
): Report[] {
  return dataRows(file).map((row) => ({
    asOf,
    durationMs: Number(row.duration_ms),
    initMs: Number(row.init_duration_ms ?? 0),
    billedMs: Number(row.billed_duration_ms),
    packageType: packageOf(row),
    customRuntime: custom.test(row.runtime!),
  }));
}

/** The figures of each REPORT line in a text; tabs may be written as \t. */
function reportLines(text: string, asOf: string): Report[] {
  return [...text.matchAll(/REPORT RequestId: [^\n"]*/g)].map(([line]) => {
    const figure = (label: string): number =>
      Number(new RegExp(`(?:[ \\t]|\\\\t)${label}: ([\\d.]+) ms`).exec(line)?.[1] ?? 0);
    return {
      asOf,
      durationMs: figure('Duration'),
      initMs: figure('Init Duration'),
      billedMs: figure('Billed Duration'),
      packageType: 'Zip',
      customRuntime: false,
    };
  });
}

describe.skipIf(!haveData('billed durations of 2023', MBWILDING))('1,280 invocations of 2023, zip packages', () => {
  it('pay for no init on managed runtimes and for all of it on a custom one', () => {
    const reports = reportsOf(MBWILDING, '2023-06-01', () => 'Zip', /^rust$/);
    expect(reports).toHaveLength(1280);
    expect(unexplained(reports)).toEqual([]);
    expect(billedOtherwiseByRun(reports)).toEqual([]);
    const wrongDay = reports.map((report) => ({ ...report, asOf: '2025-10-01' }));
    expect(unexplained(wrongDay).length).toBeGreaterThan(900);
  });
});

describe.skipIf(!haveData('billed durations of 2025', RUTKOWSKI))(
  '192 invocations of October 2025, zips and images',
  () => {
    it('pay for duration and init together, rounded up once', () => {
      const reports = reportsOf(
        RUTKOWSKI,
        '2025-10-15',
        (row) => (row.package === 'zip' ? 'Zip' : 'Image'),
        /aot|llrt/,
      );
      expect(reports).toHaveLength(192);
      expect(unexplained(reports)).toEqual([]);
      expect(billedOtherwiseByRun(reports)).toEqual([]);
      const before = reports.filter(({ packageType, customRuntime }) => packageType === 'Zip' && !customRuntime);
      expect(unexplained(before.map((report) => ({ ...report, asOf: '2025-07-31' })))).toHaveLength(before.length);
    });
  },
);

describe.skipIf(!haveData('REPORT lines of 2020', COLD_2020, WARM_2020, TIMEOUT_2020))('REPORT lines of 2020', () => {
  it('are rounded up to 100 ms, without the init', () => {
    const reports = [COLD_2020, WARM_2020].flatMap((file) => reportLines(dataText(file), '2020-06-04'));
    expect(reports.map(({ durationMs, initMs, billedMs }) => [durationMs, initMs, billedMs])).toEqual([
      [1.76, 120.96, 100],
      [619.31, 0, 700],
    ]);
    expect(unexplained(reports)).toEqual([]);
  });

  it('bill a timeout of 3 s as 3 s, although the report shows when the environment was stopped', () => {
    const reports = reportLines(dataText(TIMEOUT_2020), '2020-06-04');
    expect(reports.map(({ durationMs, billedMs }) => [durationMs, billedMs])).toEqual([[3003.16, 3000]]);
    expect(
      unexplained(reports.map((report) => ({ ...report, durationMs: Math.min(report.durationMs, 3000 - PRINTED) }))),
    ).toEqual([]);
  });
});

describe.skipIf(!haveData('a Logs Insights export of 2023', INSIGHTS))(
  'a Logs Insights export of December 2023',
  () => {
    it('is rounded up to 1 ms, without the init', () => {
      const reports = reportLines(dataText(INSIGHTS), '2023-12-05');
      expect(reports.length).toBeGreaterThan(10);
      expect(reports.filter(({ initMs }) => initMs > 0).length).toBeGreaterThan(0);
      expect(unexplained(reports)).toEqual([]);
    });
  },
);

describe.skipIf(!haveData('REPORT lines of READMEs', README_LINES))(
  'REPORT lines of sample projects, whose days are not known',
  () => {
    it('follow the rules of one of the years since 2020-12', () => {
      const text = dataText(README_LINES);
      const neither = unexplained(
        unexplained(reportLines(text, '2023-06-01')).map((report) => ({ ...report, asOf: '2025-10-15' })),
      );
      expect(reportLines(text, '2023-06-01')).toHaveLength(8);
      expect(neither).toEqual([]);
    });
  },
);
