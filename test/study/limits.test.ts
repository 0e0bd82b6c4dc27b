/** The limits a run is held against, with the settings that move them. */
import { expect, test } from 'vitest';
import { SECOND } from '../../src/engine/units.js';
import { figureOf } from '../../src/study/figure.js';
import { limitsOf } from '../../src/study/limits.js';
import { simulate } from '../../src/study/simulate.js';
import { aScenario } from '../support/a-scenario.js';

const scenario = aScenario()
  .account({ concurrencyLimit: 500 })
  .withFunction('api', { reservedConcurrency: 20, provisionedConcurrency: 5, timeout: 3 * SECOND })
  .withTraffic('web', 'api', 2, { timeout: 29 * SECOND })
  .withTraffic('batch', 'api', 1)
  .build();

test('are those of account, functions and clients', () => {
  expect(limitsOf(scenario).map(({ setting, metric, value }) => [setting, metric, value])).toEqual([
    ['account.concurrencyLimit', 'ConcurrentExecutions', 500],
    ['functions.api.reservedConcurrency', 'ConcurrentExecutions', 20],
    ['functions.api.provisionedConcurrency', 'ProvisionedConcurrentExecutions', 5],
    ['functions.api.timeout', 'Duration.Maximum', 3000],
    ['traffic.web.timeout', 'Latency.Maximum', 29_000],
  ]);
});

test('bound figures that a run has and that stay within them', () => {
  const run = simulate(scenario);
  for (const { figure, setting, value } of limitsOf(scenario)) {
    const peak = figureOf(run, 'max', figure.split('.'));
    expect(peak, figure).toBeGreaterThan(0);
    // Provisioned environments spill over into those on demand.
    if (!setting.endsWith('provisionedConcurrency')) expect(peak, figure).toBeLessThanOrEqual(value);
  }
});
