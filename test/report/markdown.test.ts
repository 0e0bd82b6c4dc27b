/** report.md: what each section says, and that hostile text stays text. */
import { expect, test } from 'vitest';
import { renderReport } from '../../src/report/report.js';
import { aFunctionResult, aRun, aThreshold, aTrafficResult, NO_SUMMARY, someResults } from '../support/some-results.js';

function section(markdown: string, title: string): string {
  const from = markdown.indexOf(`## ${title}\n\n`);
  expect(from, `section ${title}`).toBeGreaterThanOrEqual(0);
  const body = markdown.slice(from + title.length + 5);
  const end = body.search(/\n\n(## |<details>)/);
  return end < 0 ? body.trimEnd() : body.slice(0, end);
}

test('it opens with the verdict and where and when the figures hold', () => {
  const scenario = { ...someResults().scenario, warmUpSeconds: 600 };
  const text = renderReport(someResults({ scenario, thresholds: [aThreshold()] }), 'markdown');
  expect(text).toMatch(
    /^# checkout\n\n\*\*PASS\*\*: 1 threshold met\.\n\nRegion us-east-1, rules and prices of 2026-11-01, 1 h from 2026-01-05T00:00:00Z, the first 10 min left out as warm-up\.\n/,
  );
});

test('a threshold shows its interval where there are replications', () => {
  const text = renderReport(someResults({ thresholds: [aThreshold({ low: 350, high: 370 })] }), 'markdown');
  expect(section(text, 'Thresholds')).toBe(`| verdict | threshold | measured |
| --- | --- | --- |
| pass | \`p99(traffic.web.latency) < 800ms\` | 360 ms (350 ms to 370 ms) |`);
});

test.each([
  ['rate(functions.api.errors) < 1%', 0.0041, '0.41%'],
  ['count(functions.api.coldStarts) < 100', 25, '25'],
  ['sum(bill.monthly) < 2500 USD', 28.263556, '$28.26'],
  ['sum(bill.monthly) < 28.26 USD', 28.263556, '$28.263556'],
  ['sum(bill.monthly) < 2500 USD', 0.01234567, '$0.0123'],
  ['sum(bill.monthly) < 2500 USD', 28, '$28.00'],
  ['max(account.concurrency) < 900', 12, '12'],
  ['max(functions.api.initDuration) < 1s', 1234, '1.23 s'],
  ['mean(traffic.web.parts.init) < 5ms', 2.5, '2.5 ms'],
  ['p99(traffic.web.latency) < 1s', null, 'no request succeeded'],
])('the value of %s is told in the unit of its question', (expression, value, told) => {
  const text = renderReport(someResults({ thresholds: [aThreshold({ expression, value })] }), 'markdown');
  expect(section(text, 'Thresholds')).toContain(`| \`${expression}\` | ${told} |`);
});

test('throttles are told apart by the reason AWS gives', () => {
  const reasons = { ConcurrentInvocationLimitExceeded: 1200, CallerRateLimitExceeded: 0 };
  const api = aFunctionResult({ throttles: 1200, throttlesByReason: reasons });
  const text = renderReport(someResults({ runs: [aRun({ functions: { api } })] }), 'markdown');
  expect(section(text, 'Functions')).toMatch(/\n\n- `api` throttled: `ConcurrentInvocationLimitExceeded` 1,200$/);
});

test('a rule is shown with its value, its certainty and its source', () => {
  const rules = [
    {
      name: 'billed-duration',
      since: '2020-12-01',
      value: { granularity: '1ms' },
      certainty: 'documented',
      assumed: ['day', 'granularity'],
      source: 'AWS Lambda pricing page',
    },
    {
      name: 'no-such-rule',
      since: '2020-12-01',
      value: { list: [1, 2], flag: false },
      certainty: 'overridden',
      source: 'x',
    },
  ];
  expect(
    renderReport(someResults({ rules }), 'markdown'),
  ).toContain(`<summary>AWS rules this run relied on: 2 (1 assumed in part, 1 overridden)</summary>

| rule | since | value | certainty | source |
| --- | --- | --- | --- | --- |
| \`billed-duration\` | 2020-12-01 | granularity 1ms | documented; day, granularity assumed | AWS Lambda pricing page |
| \`no-such-rule\` | 2020-12-01 | list \\[1, 2\\], flag no | overridden | x |
`);
});

test('what is charged for without a known price is said under the cost, on the page too', () => {
  const notBilled = ['what cognito charges for the requests of traffic.web', 'what <ses> charges'];
  const markdown = renderReport(someResults({ notBilled }), 'markdown');
  expect(markdown).toContain(
    'Not on the bill: what cognito charges for the requests of traffic.web; what &lt;ses&gt; charges.\n',
  );
  expect(renderReport(someResults({ notBilled }), 'html')).toContain(
    'Not on the bill: what cognito charges for the requests of traffic.web; what &lt;ses&gt; charges.',
  );
  expect(renderReport(someResults(), 'markdown')).not.toContain('Not on the bill');
});

test('the last section is the command that gives the same numbers', () => {
  const text = renderReport(someResults(), 'markdown', { command: "lambdasim run shop.yaml --set 'name=a b'" });
  expect(section(text, 'The same numbers again')).toBe(
    "`lambdasim run shop.yaml --set 'name=a b'` with lambdasim 0.0.0-test, seed `1`: the same file, seed and version give the same `results.json`, byte for byte.",
  );
});

test('where the file is not known the command has a placeholder for it', () => {
  const scenario = { ...someResults().scenario, replications: 4 };
  const text = renderReport(someResults({ scenario }), 'markdown');
  expect(section(text, 'The same numbers again')).toMatch(
    /^`lambdasim run SCENARIO --seed 1 --replications 4`, where SCENARIO is the file of checkout, with lambdasim /,
  );
});

test('a name that is Markdown, HTML or a line of its own stays a name', () => {
  const name = '<script>alert(1)</script> | **x**\n# y';
  const text = renderReport(
    someResults({
      scenario: { ...someResults().scenario, name },
      warnings: [name],
      thresholds: [aThreshold({ expression: 'p99(a|`b`) < 1s' })],
      findings: [{ resource: name, limit: name, from: 0, to: 1, message: name, knob: name }],
    }),
    'markdown',
  );
  expect(text).toMatch(/^# &lt;script&gt;alert\(1\)&lt;\/script&gt; \\\| \\\*\\\*x\\\*\\\* \\# y\n/);
  expect(text.split('\n').filter((line) => line.startsWith('# '))).toHaveLength(1);
  expect(text.replace(/(`+)[^`].*?\1/g, '')).not.toContain('<script>');
});

test('a run in which nothing happened has no figure that is not one', () => {
  const run = aRun({
    functions: {
      api: aFunctionResult({ invocations: 0, coldStarts: 0, duration: NO_SUMMARY, initDuration: NO_SUMMARY }),
    },
    traffic: { web: aTrafficResult({ offered: 0, succeeded: 0, latency: NO_SUMMARY }) },
    bill: { lines: [], total: 0, monthly: 0, simulatedHours: 1 },
  });
  expect(renderReport(someResults({ runs: [run] }), 'markdown')).not.toMatch(/NaN|undefined|null|Infinity|\[object/);
});
