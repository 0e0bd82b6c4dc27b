/** JUnit XML, the form that build servers read: one test case a threshold. */
import type { ThresholdVerdict } from '../results/run-result.js';
import type { Report } from './report.js';
import { oneLine } from './text.js';
import { measured, verdictWord } from './verdict.js';

/** A scenario without thresholds is one case that passed: it ran. `warn` and `open` thresholds are skipped cases with their value. */
export function junit(report: Report): string {
  const { results } = report;
  const suite = attribute(oneLine(results.scenario.name));
  const cases =
    results.thresholds.length === 0
      ? [`    <testcase classname="${suite}" name="the scenario runs"/>`]
      : results.thresholds.map((threshold) => testCase(suite, threshold));
  const failures = results.thresholds.filter((threshold) => verdictWord(threshold) === 'FAIL').length;
  const skipped = results.thresholds.filter((threshold) => ['warn', 'open'].includes(verdictWord(threshold))).length;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="lambdasim" tests="${cases.length}" failures="${failures}">`,
    `  <testsuite name="${suite}" tests="${cases.length}" failures="${failures}" errors="0" skipped="${skipped}">`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function testCase(suite: string, threshold: ThresholdVerdict): string {
  const open = `    <testcase classname="${suite}" name="${attribute(oneLine(threshold.expression))}"`;
  const message = attribute(measured(threshold));
  switch (verdictWord(threshold)) {
    case 'pass':
      return `${open}/>`;
    case 'FAIL':
      return `${open}><failure message="${message}"/></testcase>`;
    case 'warn':
      return `${open}><skipped message="not met, warned only: ${message}"/></testcase>`;
    case 'open':
      return `${open}><skipped message="${threshold.value === null ? 'no data' : 'too close to call'}: ${message}"/></testcase>`;
  }
}

function attribute(text: string): string {
  // Besides the five characters of XML: lone surrogates and the two code points no XML file may hold.
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(/[\uFFFE\uFFFF]|\p{Surrogate}/gu, '\uFFFD');
}
