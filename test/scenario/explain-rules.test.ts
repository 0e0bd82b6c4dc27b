/** What `explain` says of AWS rules: every rule, value and table row has a path, overridden or not. */
import { describe, expect, it } from 'vitest';
import { allRules, fieldsOf } from '../../src/rules/catalogue.js';
import { type Explanation, explainSetting } from '../../src/scenario/explain.js';
import { scenarioWith } from './lines-of.js';

function explained(path: string, rules = ''): unknown {
  const result = explainSetting(scenarioWith({ top: rules === '' ? '' : `rules: ${rules}` }), path);
  return result.ok ? result.explanation : result.problems;
}

describe('explain of a rule', () => {
  it('has every rule and every value of it, in the notation of a scenario', () => {
    const lacking = allRules
      .flatMap((rule) => [[rule.name], ...Object.keys(fieldsOf(rule)).map((field) => [rule.name, field])])
      .map((steps) => ['rules', ...steps].join('.'))
      .filter((path) => {
        const result = explainSetting(scenarioWith(), path);
        return !result.ok || /\[object|undefined|NaN|a map$/.test(result.explanation.value);
      });
    expect(lacking).toEqual([]);
  });

  it('shows the source of a default', () => {
    expect(explained('rules.api-gateway-rate.perSecond')).toEqual({
      path: 'rules.api-gateway-rate.perSecond',
      value: '10000',
      origin: 'default',
      rule: {
        name: 'api-gateway-rate',
        since: '2018-01-01',
        source: 'Amazon API Gateway Developer Guide, "Amazon API Gateway quotas"',
        certainty: 'documented',
      },
      sentence: allRules.find(({ name }) => name === 'api-gateway-rate')!.statement,
      form: 'a number from 0',
    });
  });

  it.each([
    ['rules.api-gateway-rate.burst', { certainty: 'assumed' }],
    ['rules.api-gateway-rate', { certainty: 'documented', assumed: ['burst'] }],
    ['rules.synchronous-callers.alb.timeLimit', { certainty: 'assumed' }],
    ['rules.synchronous-callers.rest-api.timeLimit', { certainty: 'documented' }],
  ])('%s has the certainty of that part', (path, known) => {
    const { rule } = explained(path) as Explanation;
    const { name: _name, since: _since, source: _source, ...rest } = rule!;
    expect(rest).toEqual(known);
  });

  it('shows the place of an override, as it is written', () => {
    expect(explained('rules.environment-keep-alive.idle', '{ environment-keep-alive: { idle: 0.5s } }')).toMatchObject({
      value: '0.5s',
      origin: 'file',
      file: 'scenario.yaml',
      line: 1,
      column: 42,
      rule: { name: 'environment-keep-alive', certainty: 'overridden' },
    });
  });

  it.each([
    ['rules.platform-overhead.warm', '', '{ p50: 5ms, p99: 10ms }', 'default'],
    ['rules.platform-overhead.warm.p99', '', '10ms', 'default'],
    [
      'rules.platform-overhead.warm',
      '{ platform-overhead: { warm: { p50: 1ms, p99: 2ms } } }',
      '{ p50: 1ms, p99: 2ms }',
      'file',
    ],
    ['rules.platform-overhead.imageFactor', '{ platform-overhead: { warm: 1ms } }', '1.5', 'default'],
    ['rules.synchronous-callers.rest-api.timeLimit', '', '29s', 'default'],
    ['rules.synchronous-callers.rest-api.settable[1]', '', '15m', 'default'],
    [
      'rules.synchronous-callers.rest-api.timeLimit',
      '{ synchronous-callers: { rest-api: { timeLimit: 40s } } }',
      '40s',
      'file',
    ],
    [
      'rules.synchronous-callers.rest-api.request',
      '{ synchronous-callers: { rest-api: { timeLimit: 40s } } }',
      '6MB',
      'default',
    ],
    [
      'rules.provisioned-concurrency.burstByRegion',
      '{ provisioned-concurrency: { burstByRegion: { eu-west-3: 7 } } }',
      /eu-west-3: 7/,
      'file',
    ],
    [
      'rules.init-phase',
      '{ init-phase: { limit: 5s } }',
      '{ limit: 5s, provisionedLimit: 2m10s, provisionedMaximum: 15m, rerunShare: burst }',
      'file',
    ],
  ])('%s with %s', (path, rules, value, origin) => {
    const shown = value instanceof RegExp ? expect.stringMatching(value) : value;
    expect(explained(path, rules)).toMatchObject({ path, value: shown, origin });
  });

  it.each([
    ['rules.api-gateway-rat.perSecond', 7, 'there is no api-gateway-rat in rules', 'did you mean api-gateway-rate?'],
    [
      'rules.api-gateway-rate.perSecnd',
      24,
      'rules.api-gateway-rate has no setting perSecnd',
      'did you mean perSecond?',
    ],
    [
      'rules.api-gateway-rate.perSecond.x',
      34,
      'rules.api-gateway-rate.perSecond is one setting',
      'ask for rules.api-gateway-rate.perSecond',
    ],
    ['rules.synchronous-callers.albb', 27, 'rules.synchronous-callers has no setting albb', 'did you mean alb?'],
  ])('%s points into the path', (path, column, message, hint) => {
    expect(explained(path)).toEqual([{ code: 'unknown-path', file: 'PATH', line: 1, column, path, message, hint }]);
  });
});
