/** How large the report of a large run is: what GitHub takes and a browser opens, and that what is left out is counted. */
import { beforeAll, describe, expect, test } from 'vitest';
import { renderReport } from '../../src/report/report.js';
import { TimelineThinner } from '../../src/report/timeline-series.js';
import type { Results } from '../../src/results/run-result.js';
import { parseScenario } from '../../src/scenario/parse-scenario.js';
import { rowsWithCharges } from '../../src/study/estimated-charges.js';
import { evidenceOf } from '../../src/study/evidence.js';
import { resultsOf } from '../../src/study/results-of.js';
import { Simulation } from '../../src/study/simulation.js';
import { allKindsOfResults, named } from '../support/all-kinds-of-results.js';

const FUNCTIONS = 1000;

/** Names of 40 characters. */
const nameOf = (number: number) => `checkout-service-orders-handler-f${String(number).padStart(7, '0')}`;

/** A thousand functions of which each has findings of its own: seldom called, too slow for its client, short of concurrency. */
function scenarioText(): string {
  const ids = Array.from({ length: FUNCTIONS }, (_, number) => nameOf(number));
  return [
    'run: { duration: 1d }',
    'functions:',
    ...ids.map((id) => `  ${id}: { memory: 512MB, reservedConcurrency: 1, duration: { p50: 50ms, p99: 4s } }`),
    'traffic:',
    ...ids.map((id) => `  to-${id}: { to: ${id}, rate: 6/h }`),
    'account: { concurrencyLimit: 2000 }',
  ].join('\n');
}

describe('a day of a thousand functions with names of 40 characters', () => {
  let results: Results;
  let html: string;
  let markdown: string;

  beforeAll(() => {
    const { scenario, problems } = parseScenario(scenarioText());
    if (scenario === undefined) throw new Error(problems[0]!.message);
    const simulation = new Simulation(scenario, { timeline: true });
    simulation.advance();
    const run = simulation.result();
    results = resultsOf(scenario, [run], { name: 'lambdasim', version: '0' }, evidenceOf(simulation));
    const thinner = new TimelineThinner(results);
    for (const row of rowsWithCharges(simulation.timeline!, scenario, run)) thinner.add(row);
    html = renderReport(results, 'html', { timeline: thinner.finish() });
    markdown = renderReport(results, 'markdown');
  }, 120_000);

  test('has more findings than functions', () => {
    expect(results.findings.length).toBeGreaterThan(FUNCTIONS);
  });

  test('is a page below 5 MB that counts what it leaves out, and names the file that has it', () => {
    console.info(`1,000 functions, ${results.findings.length} findings: ${html.length} characters of HTML`);
    expect(Buffer.byteLength(html)).toBeLessThan(5e6);
    const left = (results.findings.length - 100).toLocaleString('en');
    expect(html).toContain(`<p class="lead">${left} more findings: results.json has them.</p>`);
    expect(html).toContain('<p class="lead">700 more functions: summary.csv has them.</p>');
    expect(html).toContain('<p class="lead">1,400 more lines: bill.csv has them.</p>');
    expect(html.match(/<ol class="findings">/g)).toHaveLength(2);
    expect(html.slice(0, html.indexOf('<details>')).match(/<li><h3>/g)).toHaveLength(10);
  });

  test('is a report.md that fits into a comment, counts what it leaves out, and names the file that has it', () => {
    console.info(`1,000 functions, ${results.findings.length} findings: ${markdown.length} characters of Markdown`);
    expect(markdown.length).toBeLessThanOrEqual(60_000);
    const left = (shown: number) => (results.findings.length - shown).toLocaleString('en');
    expect(markdown).toMatch(new RegExp(`\n\n(${left(40)}|${left(20)}) more findings: \`results.json\` has them\\.\n`));
    for (const rest of ['functions: `summary.csv`', 'traffic: `summary.csv`', 'lines: `bill.csv`'])
      expect(markdown).toContain(` more ${rest} has them.`);
    // What opens is closed, or a comment folds all that comes after it.
    expect(markdown.match(/<details>/g)!.length).toBe(markdown.match(/<\/details>/g)!.length);
  });
});

test('names of ten thousand characters do not make report.md longer than a comment', () => {
  const name = 'x|@'.repeat(3_333);
  const results = allKindsOfResults(named(name), name);
  const findings = Array.from({ length: 100 }, () => results.findings[0]!);
  expect(renderReport({ ...results, findings }, 'markdown', { command: name }).length).toBeLessThanOrEqual(60_000);
});
