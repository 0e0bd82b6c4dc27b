/** What is put into results.json around the runs. */
import { describe, expect, test } from 'vitest';
import { GB, HOUR, MINUTE } from '../../src/engine/units.js';
import { renderReport } from '../../src/report/report.js';
import type { LambdaFunctionSettings, Scenario } from '../../src/scenario/types.js';
import { build } from '../../src/study/build.js';
import { resultsOf } from '../../src/study/results-of.js';
import { rulesReliedOn } from '../../src/study/rules-relied-on.js';
import { billOf } from '../../src/study/run-result-of.js';
import { simulate } from '../../src/study/simulate.js';
import { aScenario, constant } from '../support/a-scenario.js';

const program = { name: 'lambdasim', version: '1.2.3' };
const small = () =>
  aScenario()
    .withFunction('api')
    .withTraffic('web', 'api', 1)
    .run({ duration: 2 * MINUTE });

describe('results', () => {
  test('say what was run, by what', () => {
    const scenario = { ...small().run({ warmUp: MINUTE, seed: 'x' }).build(), warnings: ['a word of warning'] };
    const results = resultsOf(scenario, [simulate(scenario)], program);
    expect(results.program).toEqual(program);
    expect(results.scenario).toEqual({
      name: 'test',
      asOf: '2026-11-21',
      region: 'us-east-1',
      seed: 'x',
      start: '2026-01-05T00:00:00Z',
      durationSeconds: 120,
      warmUpSeconds: 60,
      replications: 1,
      timelineSeconds: 60,
    });
    expect(results.warnings).toEqual(['a word of warning']);
  });

  test('are the same bytes again', () => {
    const scenario = small().build();
    const text = () => renderReport(resultsOf(scenario, [simulate(scenario)], program), 'json');
    expect(text()).toBe(text());
  });

  test('need a run', () => {
    expect(() => resultsOf(small().build(), [], program)).toThrow(RangeError);
  });
});

describe('the rules relied on', () => {
  const scenarios: readonly (readonly [string, Scenario])[] = [
    ['a plain function', small().build()],
    ['an era of its own', small().asOf('2019-06-01').build()],
    [
      'most of what a function may have',
      aScenario()
        .withFunction('a', { provisionedConcurrency: 2, ephemeralStorage: 1024 })
        .withFunction('b', { init: undefined, keepAlive: undefined, maximumAge: undefined, runtime: 'python3.13' })
        .withFunction('c', { snapStart: { restore: undefined, afterRestore: undefined }, runtime: 'python3.13' })
        .withFunction('d', { reservedConcurrency: 1, response: { size: GB / 64, streamed: true, rate: undefined } })
        .withTraffic('one', 'a', 5, { via: 'rest-api', timeout: 29_000_000 })
        .withTraffic('two', 'b', 5, { retry: { kind: 'sdk', mode: 'adaptive', maximumAttempts: undefined } })
        .withTraffic('three', 'c', 5)
        .withTraffic('four', 'd', 50, { retry: { kind: 'sdk', mode: 'standard', maximumAttempts: undefined } })
        .account({ freeTier: true })
        .run({ duration: 2 * MINUTE })
        .build(),
    ],
  ];

  test.each(scenarios)('by %s are all that its run asked for, without a run', (_, scenario) => {
    const { seed, duration } = scenario.run;
    const { world, sources, recorder } = build(scenario, { seed, replication: 0, timeline: true, recorders: [] });
    for (const source of sources) source.start();
    world.loop.run(duration);
    billOf(scenario, recorder, world.rules);
    expect(rulesReliedOn(scenario)).toEqual(world.rules.reliedOn());
    const listed = rulesReliedOn(scenario);
    expect(listed.map(({ name }) => name)).toEqual([...listed.map(({ name }) => name)].sort());
  });

  test('name those of the bill and what a scenario overrides', () => {
    const scenario = small().account({ freeTier: true }).build();
    const rules = new Map(rulesReliedOn(scenario).map((rule) => [rule.name, rule.certainty]));
    expect([rules.get('free-tier'), rules.get('duration-tiers')]).toEqual(['documented', 'documented']);
    expect(rules.get('platform-overhead')).toBe('overridden');
    expect(rules.has('snap-start')).toBe(false);
  });

  test('name the init that a function takes by default, and mark what stands in for an unknown runtime', () => {
    const initRules = (settings: Partial<LambdaFunctionSettings>) =>
      rulesReliedOn(aScenario().withFunction('api', settings).withTraffic('web', 'api', 1).build())
        .filter(({ name }) => name === 'init-duration' || name === 'init-stand-in')
        .map(({ name, value, certainty }) => [name, certainty, value]);
    const measured = ['init-duration', 'measured', { measured: 'summer 2026' }];
    const standIn = ['init-stand-in', 'assumed', { withoutRuntime: 'nodejs24.x' }];
    expect(initRules({ init: undefined, runtime: 'java21' })).toEqual([measured]);
    expect(initRules({ init: undefined, runtime: undefined })).toEqual([measured, standIn]);
    expect(initRules({ init: constant(200_000), runtime: undefined })).toEqual([]);
  });
});

describe('the bill of a run', () => {
  const lineOf = (scenario: Scenario, item: string) =>
    simulate(scenario).bill.lines.filter((line) => line.item.startsWith(item));

  test('holds streamed bytes beyond 6 MB a response', () => {
    const response = { size: 20 * 2 ** 20, streamed: true, rate: undefined };
    const scenario = aScenario()
      .withFunction('api', { response })
      .withTraffic('web', 'api', 1, { arrivals: { kind: 'regular' } })
      .run({ duration: 100_000_000 })
      .build();
    expect(lineOf(scenario, 'Response streaming')).toMatchObject([{ quantity: (100 * 14) / 1024, unit: 'GB' }]);
  });

  test('holds the cache of a paid SnapStart for as long as is measured, and each restore; on Java neither', () => {
    const withRuntime = (runtime: string) =>
      aScenario()
        .withFunction('api', { runtime, memory: 2048, snapStart: { restore: undefined, afterRestore: undefined } })
        .withTraffic('web', 'api', { kind: 'burst', at: HOUR, count: 7 })
        .run({ duration: 2 * HOUR, warmUp: HOUR / 2 })
        .build();
    expect(lineOf(withRuntime('python3.13'), 'SnapStart')).toMatchObject([
      { item: 'SnapStart cache', quantity: 2 * 1.5 * 3600 },
      { item: 'SnapStart restore', quantity: 2 * 7 },
    ]);
    expect(lineOf(withRuntime('java21'), 'SnapStart')).toEqual([]);
  });

  test('takes the tiers of a rule that the scenario overrides', () => {
    const plain = small().account({ monthToDate: { requests: 0, gbSeconds: { x86_64: 1e6, arm64: 0 } } });
    const [before] = lineOf(plain.build(), 'Duration');
    const [after] = lineOf(plain.rules({ 'duration-tiers': { x86_64: [1e5, 2e5] } }).build(), 'Duration');
    expect(after!.usd / before!.usd).toBeCloseTo(0.0000133334 / 0.0000166667, 12);
  });
});
