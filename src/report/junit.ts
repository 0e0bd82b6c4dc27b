/** JUnit XML, the form that build servers read: one test case a threshold. */
import type { ThresholdVerdict } from '../results/run-result.js';
import type { Report } from './report.js';
import { oneLine } from './text.js';
import { failsRun, measured, verdictWord, whyOpen } from './verdict.js';

/**
 * A scenario without thresholds is one case that passed: it ran. What does not fail the run is a skipped case with its value:
 * a threshold that only warns, and one that is open unless the run is strict.
 */
export function junit(report: Report): string {
  const { results, strict: isStrict = false } = report;
  const suite = attribute(oneLine(results.scenario.name));
  const cases =
    results.thresholds.length === 0
      ? [`    <testcase classname="${suite}" name="the scenario runs"/>`]
      : results.thresholds.map((threshold) => testCase(suite, threshold, isStrict));
  const failures = results.thresholds.filter((threshold) => failsRun(threshold, isStrict)).length;
  const passed = results.thresholds.filter((threshold) => verdictWord(threshold) === 'pass').length;
  const skipped = results.thresholds.length - passed - failures;
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

function testCase(suite: string, threshold: ThresholdVerdict, isStrict: boolean): string {
  const open = `    <testcase classname="${suite}" name="${attribute(oneLine(threshold.expression))}"`;
  const word = verdictWord(threshold);
  if (word === 'pass') return `${open}/>`;
  const why = { FAIL: '', warn: 'not met, warned only: ', open: `${whyOpen(threshold)}: ` }[word];
  const element = failsRun(threshold, isStrict) ? 'failure' : 'skipped';
  return `${open}><${element} message="${attribute(`${why}${measured(threshold)}`)}"/></testcase>`;
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
