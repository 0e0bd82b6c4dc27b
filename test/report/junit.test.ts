/** JUnit XML for build servers: one case a threshold. */
import { expect, test } from 'vitest';
import { renderReport } from '../../src/report/report.js';
import { aThreshold, someResults } from '../support/some-results.js';

test('a threshold is a case: passed, failed with the value, or skipped when it cannot fail the build', () => {
  const results = someResults({
    scenario: { ...someResults().scenario, name: 'a "b" <c> & d\u0000' },
    thresholds: [
      aThreshold(),
      aThreshold({ expression: 'rate(functions.api.errors) < 1%', value: 0.05, verdict: 'fail' }),
      aThreshold({ expression: 'sum(bill.monthly) < 1 USD', value: 2, verdict: 'fail', severity: 'warn' }),
      aThreshold({ value: 790, low: 770, high: 810, verdict: 'inconclusive' }),
    ],
  });
  expect(renderReport(results, 'junit')).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="lambdasim" tests="4" failures="1">
  <testsuite name="a &quot;b&quot; &lt;c&gt; &amp; d" tests="4" failures="1" errors="0" skipped="2">
    <testcase classname="a &quot;b&quot; &lt;c&gt; &amp; d" name="p99(traffic.web.latency) &lt; 800ms"/>
    <testcase classname="a &quot;b&quot; &lt;c&gt; &amp; d" name="rate(functions.api.errors) &lt; 1%"><failure message="5%"/></testcase>
    <testcase classname="a &quot;b&quot; &lt;c&gt; &amp; d" name="sum(bill.monthly) &lt; 1 USD"><skipped message="not met, warned only: $2.00"/></testcase>
    <testcase classname="a &quot;b&quot; &lt;c&gt; &amp; d" name="p99(traffic.web.latency) &lt; 800ms"><skipped message="too close to call: 790 ms (770 ms to 810 ms)"/></testcase>
  </testsuite>
</testsuites>
`);
});

test('what is open fails where the run is strict, unless it only warns', () => {
  const open = aThreshold({ value: 790, low: 770, high: 810, verdict: 'inconclusive' });
  const results = someResults({
    thresholds: [open, { ...open, value: null }, { ...open, severity: 'warn' }],
  });
  const xml = renderReport(results, 'junit', { strict: true });
  expect(xml).toContain('tests="3" failures="2" errors="0" skipped="1"');
  expect(xml).toContain('<failure message="too close to call: 790 ms (770 ms to 810 ms)"/>');
  expect(xml).toContain('<failure message="no data: no request succeeded"/>');
  expect(xml).toContain('<skipped message="too close to call: 790 ms (770 ms to 810 ms)"/>');
});

test('a scenario without thresholds is one case that passed: it ran', () => {
  expect(renderReport(someResults(), 'junit')).toContain('<testcase classname="checkout" name="the scenario runs"/>');
});
