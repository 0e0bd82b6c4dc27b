/** The summary after a run, whole, and its promises: 80 columns, no figure that is not one, colour only by invitation. */
import { describe, expect, test } from 'vitest';
import { NO_COLOURS } from '../../src/report/palette.js';
import { type ReportContext, renderReport } from '../../src/report/report.js';
import type { Finding, Results } from '../../src/results/run-result.js';
import { aFunctionResult, aRun, aThreshold, aTrafficResult, NO_SUMMARY, someResults } from '../support/some-results.js';

const FINDING: Finding = {
  resource: 'functions.api',
  limit: 'ReservedFunctionConcurrentInvocationLimitExceeded',
  from: 60,
  to: 1800,
  message: 'api was throttled for 29 min: its reserved concurrency of 10 was in use and 226 attempts were refused.',
  knob: 'functions.api.reservedConcurrency',
};

test('a whole summary: verdict, functions, traffic, cost, why, next', () => {
  const results = someResults({
    thresholds: [
      aThreshold(),
      aThreshold({ expression: 'rate(functions.api.throttles) < 0.01%', value: 0.0041, verdict: 'fail' }),
    ],
    findings: [FINDING],
  });
  const context = { scenarioFile: 'checkout.yaml', directory: 'reports/checkout' };
  expect(renderReport(results, 'terminal', context)).toBe(`checkout
us-east-1, rules of 2026-11-01, 1 h simulated, seed 1
FAIL  1 of 2 thresholds not met
  pass  p99(traffic.web.latency) < 800ms                                  360 ms
  FAIL  rate(functions.api.throttles) < 0.01%                              0.41%

FUNCTION  invocations    cold  errors  throttled      p50     p99  peak
api            54,794  0.046%      0%         0%  45.3 ms  272 ms    12

TRAFFIC  offered  succeeded    p50     p90     p99     max
web       54,794       100%  60 ms  120 ms  360 ms  600 ms
  mean 72 ms = platform 9.5 ms + init 2.5 ms + handler 60 ms

COST                  this run  a month
Requests               $0.0110    $8.00
Duration               $0.0278   $20.26
Total                  $0.0387   $28.26
Per million requests   $0.7066  $0.7066

WHY   api was throttled for 29 min: its reserved concurrency of 10 was in use
      and 226 attempts were refused.
FILES reports/checkout/report.html (report.md, results.json, ... beside it)
NEXT  lambdasim explain checkout.yaml functions.api.reservedConcurrency
`);
});

describe('the verdict', () => {
  const verdict = (thresholds: Results['thresholds']) =>
    renderReport(someResults({ thresholds }), 'terminal').split('\n')[2];
  const fail = aThreshold({ verdict: 'fail' });
  const open = aThreshold({ verdict: 'inconclusive' });
  const silent = aThreshold({ verdict: 'inconclusive', value: null });

  test.each([
    ['no thresholds', [], 'DONE  no thresholds in the scenario'],
    ['one met', [aThreshold()], 'PASS  1 threshold met'],
    ['all met', [aThreshold(), aThreshold()], 'PASS  all 2 thresholds met'],
    [
      'one of severity warn not met',
      [aThreshold(), { ...fail, severity: 'warn' as const }],
      'PASS  1 of 2 thresholds met, 1 warning',
    ],
    ['the only one of severity warn and not met', [{ ...fail, severity: 'warn' as const }], 'PASS  1 warning'],
    [
      'one failed beside one of severity warn',
      [fail, { ...fail, severity: 'warn' as const }, aThreshold()],
      'FAIL  1 of 3 thresholds not met, 1 warning',
    ],
    ['one without data', [aThreshold(), silent], 'INCONCLUSIVE  1 of 2 thresholds without data'],
    [
      'one without data beside one too close to call',
      [open, silent],
      'INCONCLUSIVE  1 of 2 thresholds without data, 1 too close to call',
    ],
    ['one too close to call', [aThreshold(), open], 'INCONCLUSIVE  1 of 2 thresholds too close to call'],
    ['one failed beside one too close to call', [fail, open], 'FAIL  1 of 2 thresholds not met'],
  ])('with %s', (_name, thresholds, line) => expect(verdict(thresholds)).toBe(line));
});

test('with tiers or a free tier the month still adds up, by a line of its own', () => {
  const run = aRun();
  run.bill.monthly = 15.5;
  expect(
    renderReport(someResults({ runs: [run] }), 'terminal'),
  ).toContain(`COST                             this run  a month
Requests                          $0.0110    $8.00
Duration                          $0.0278   $20.26
Tiers, free tier, month to date         -  -$12.76
Total                             $0.0387   $15.50
Per million requests              $0.7066  $0.3875
`);
});

test('with replications every figure is the mean over them', () => {
  const runs = [100, 200].map((invocations) =>
    aRun({
      functions: {
        api: aFunctionResult({ invocations, coldStarts: 0, concurrency: { mean: 1, max: invocations / 10 } }),
      },
    }),
  );
  const text = renderReport(
    someResults({ runs, scenario: { ...someResults().scenario, replications: 2 } }),
    'terminal',
  );
  expect(text).toContain('us-east-1, rules of 2026-11-01, 1 h simulated, means of 2 replications, seed 1');
  expect(text).toContain('\napi               150    0%      0%         0%  45.3 ms  272 ms    15\n');
});

describe('NEXT', () => {
  const next = (changes: Partial<Results>, context: ReportContext) =>
    /^NEXT {2}(.*)$/m.exec(renderReport(someResults(changes), 'terminal', context))?.[1];
  const shop = { scenarioFile: 'shop.yaml', directory: 'reports/shop' };

  test('belongs to the first WHY, whatever kind of setting that names', () => {
    const first = (knob: string) => next({ findings: [{ ...FINDING, knob }, FINDING] }, shop);
    expect(first('asOf')).toBe('lambdasim explain shop.yaml asOf');
    expect(first('account.outages')).toBe('lambdasim explain shop.yaml account.outages');
    expect(first('rules.api-gateway-rate.perSecond')).toBe('lambdasim explain shop.yaml rules.api-gateway-rate');
  });

  test('asks for no more replications of what never happened', () => {
    const thresholds = [aThreshold({ value: null, verdict: 'inconclusive' })];
    expect(next({ thresholds }, shop)).toBe('lambdasim report reports/shop --format markdown');
  });

  test('names no file that the results do not name', () => {
    expect(next({ findings: [FINDING] }, { directory: 'out' })).toBe('lambdasim report out --format markdown');
    expect(next({ findings: [FINDING] }, {})).toBeUndefined();
  });
});

test.each([
  ['p99(traffic.web.latency) < 800ms', 'no request succeeded'],
  ['rate(traffic.web.throttled) < 1%', 'no request was counted'],
  ['rate(functions.api.coldStarts) < 1%', 'no invocation was counted'],
  ['rate(functions.api.throttles) < 1%', 'no attempt was counted'],
  ['p50(functions.api.initDuration) < 1s', 'no cold start was counted'],
])('%s without a figure says that %s', (expression, reason) => {
  const thresholds = [aThreshold({ expression, value: null, verdict: 'inconclusive' })];
  const line = renderReport(someResults({ thresholds }), 'terminal').split('\n')[3]!;
  expect(line.replace(/ +/g, ' ')).toBe(` open ${expression} ${reason}`);
});

test('an amount between two cents is rounded up, the same in every column', () => {
  const bill = { lines: [], total: 9.975, monthly: 9.975 * 730, simulatedHours: 1 };
  const billed = { ...aFunctionResult().billed, requests: 1_000_000 };
  const text = renderReport(
    someResults({ runs: [aRun({ bill, functions: { api: aFunctionResult({ billed }) } })] }),
    'terminal',
  );
  // Without lines all of the month stands in the line of what works on the month as a whole.
  expect(text).toMatch(/^Tiers, free tier, month to date +- +\$7,281\.75$/m);
  expect(text).toMatch(/^Total +\$9\.98 +\$7,281\.75$/m);
  expect(text).toMatch(/^Per million requests +\$9\.98 +\$9\.98$/m);
});

test('nothing found and one run: how sure the figures are is the next question', () => {
  expect(renderReport(someResults(), 'terminal', { scenarioFile: 'my shop.yaml' })).toMatch(
    /\nNEXT {2}lambdasim run 'my shop.yaml' --replications 10\n$/,
  );
});

const SILENT = someResults({
  runs: [
    aRun({
      functions: {
        api: aFunctionResult({ invocations: 0, coldStarts: 0, duration: NO_SUMMARY, initDuration: NO_SUMMARY }),
      },
      traffic: { web: aTrafficResult({ offered: 0, succeeded: 0, attempts: 0, latency: NO_SUMMARY }) },
      bill: { lines: [], total: 0, monthly: 0, simulatedHours: 1 },
    }),
  ],
  thresholds: [aThreshold({ value: null, verdict: 'fail' })],
});

const CROWDED = someResults({
  scenario: { ...someResults().scenario, name: 'n'.repeat(300), seed: 's'.repeat(300) },
  runs: [
    aRun({
      functions: Object.fromEntries(
        Array.from({ length: 100 }, (_, i) => [
          `${'function-'.repeat(6)}${i}`,
          aFunctionResult({ invocations: 123_456_789 * i, coldStarts: 7 }),
        ]),
      ),
      traffic: { [`traffic${'x'.repeat(57)}`]: aTrafficResult({ offered: 987_654_321 }) },
    }),
  ],
  thresholds: [aThreshold({ expression: `p99(traffic.${'y'.repeat(200)}.latency) < 1s`, low: 355.5, high: 365.5 })],
  findings: Array.from({ length: 12 }, () => ({ ...FINDING, message: 'word '.repeat(60) + 'z'.repeat(100) })),
});

test.each([
  ['a run in which nothing happened', SILENT],
  ['more and longer than anyone should see', CROWDED],
])('%s fits into 80 columns and shows no figure that is not one', (_name, results) => {
  const text = renderReport(results, 'terminal');
  for (const line of text.split('\n')) expect([...line].length, line).toBeLessThanOrEqual(80);
  expect(text).not.toMatch(/NaN|undefined|null|Infinity|\[object/);
});

test('of very many functions the busiest are shown and the others counted', () => {
  const lines = renderReport(CROWDED, 'terminal').split('\n');
  expect(lines.filter((line) => line.startsWith('func'))).toHaveLength(30);
  expect(lines).toContain('  and 70 more functions: see summary.csv');
});

test('colour changes nothing but colour', () => {
  const paint = (text: string) => `\u001b[1m${text}\u001b[22m`;
  const palette = { bold: paint, dim: paint, red: paint, green: paint, yellow: paint };
  const coloured = renderReport(CROWDED, 'terminal', { palette });
  expect(coloured).not.toBe(renderReport(CROWDED, 'terminal', { palette: NO_COLOURS }));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the colours
  expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(renderReport(CROWDED, 'terminal'));
});
