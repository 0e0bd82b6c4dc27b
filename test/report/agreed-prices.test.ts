/** A bill that is not at list prices says so beside its amounts. */
import { expect, test } from 'vitest';
import { renderReport } from '../../src/report/report.js';
import { agreedPrices } from '../../src/scenario/agreed-prices.js';
import { parseScenario } from '../../src/scenario/parse-scenario.js';
import { scenarioWith } from '../scenario/lines-of.js';
import { someResults } from '../support/some-results.js';

const top = 'pricing: { discount: 50%, savingsPlan: no-upfront, overrides: { lambda.request: 0.1 } }';
const SENTENCE = 'prices: 50% off, Savings Plan no-upfront, 1 overridden';

test('a scenario with a discount, a plan or own prices has a warning that results keep', () => {
  expect(parseScenario(scenarioWith({ top })).scenario?.warnings).toContain(SENTENCE);
  expect(parseScenario(scenarioWith()).scenario?.warnings).toEqual([]);
  expect(agreedPrices({ include: undefined, discount: 0.125, savingsPlan: 'none', overrides: {} })).toBe(
    'prices: 12.5% off',
  );
});

test('the summary, report.md and the page show it below the cost, and nothing at list prices', () => {
  const warnings = ['another', SENTENCE];
  expect(renderReport(someResults({ warnings }), 'terminal')).toMatch(
    /\nPer million requests .*\n {2}prices: 50% off, Savings Plan no-upfront, 1 overridden\n/,
  );
  expect(renderReport(someResults({ warnings }), 'markdown')).toContain(
    'of the run.\n\nNot list prices: 50% off, Savings Plan no-upfront, 1 overridden.\n',
  );
  expect(renderReport(someResults({ warnings }), 'html')).toContain(
    'Not list prices: 50% off, Savings Plan no-upfront, 1 overridden.',
  );
  for (const format of ['terminal', 'markdown'] as const)
    expect(renderReport(someResults(), format)).not.toContain('prices: ');
});
