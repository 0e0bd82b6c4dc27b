/** Laws beside the figures they are about: given where they hold, silent where they do not. */
import { describe, expect, test } from 'vitest';
import { HOUR, SECOND } from '../../src/engine/units.js';
import type { Scenario } from '../../src/scenario/types.js';
import { simulate } from '../../src/study/simulate.js';
import { erlangB, theoryOf } from '../../src/study/theory.js';
import { aScenario, constant, type ScenarioBuilder } from '../support/a-scenario.js';

const checksOf = (scenario: Scenario) => theoryOf(scenario, simulate(scenario));
const lawsOf = (builder: ScenarioBuilder) => checksOf(builder.build()).map(({ law }) => law);

/** 8 Erlang on 10. */
const loss = () =>
  aScenario()
    .rules({ 'request-rate-quota': { perConcurrency: 1e6 } })
    .withFunction('f', { duration: constant(SECOND), reservedConcurrency: 10 })
    .withTraffic('web', 'f', 8)
    .run({ duration: 6 * HOUR });

test("Little's law and Erlang B agree with a run that meets their assumptions", () => {
  const [little, erlang] = checksOf(loss().build());
  expect(little).toMatchObject({
    law: "Little's law",
    resource: 'functions.f',
    figure: 'functions.f.concurrency.mean',
  });
  expect(little!.expected / little!.simulated).toBeCloseTo(1, 3);
  expect(erlang).toMatchObject({ law: 'Erlang B', resource: 'functions.f' });
  expect(erlang!.expected).toBeCloseTo(erlangB(8, 10), 2);
  expect(erlang!.expected / erlang!.simulated).toBeCloseTo(1, 1);
});

test('inits are a part of the time held', () => {
  const [little] = checksOf(
    aScenario()
      .withFunction('f', { duration: constant(SECOND), init: constant(2 * SECOND), keepAlive: constant(1) })
      .withTraffic('web', 'f', 1)
      .build(),
  );
  expect(little!.simulated).toBeGreaterThan(2.5);
  expect(little!.expected / little!.simulated).toBeCloseTo(1, 2);
});

describe('Erlang B is not given', () => {
  const withTraffic = (settings: Parameters<ScenarioBuilder['withTraffic']>[3]) =>
    loss().withTraffic('more', 'f', 1, settings);

  test.each([
    ['for clients that retry', withTraffic({ retry: { kind: 'sdk', mode: 'standard', maximumAttempts: 3 } })],
    ['for arrivals that are not Poisson', withTraffic({ arrivals: { kind: 'regular' } })],
    ['for a rate that changes', withTraffic({ spikes: [{ at: HOUR, for: HOUR, rate: 10, ramp: 0 }] })],
    ['where another limit refused requests', loss().rules({ 'request-rate-quota': { perConcurrency: 0.5 } })],
    ['without a reservation', aScenario().withFunction('f').withTraffic('web', 'f', 8)],
  ])('%s', (_name, scenario) => expect(lawsOf(scenario)).toEqual(["Little's law"]));
});

test('a function that never ran has no laws', () => {
  expect(lawsOf(aScenario().withFunction('f'))).toEqual([]);
});
