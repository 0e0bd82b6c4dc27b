import { describe, expect, test } from 'vitest';
import { MILLISECOND } from '../../src/engine/units.js';
import { billedDuration } from '../../src/rules/billed-duration.js';
import { functionScalingRate } from '../../src/rules/function-scaling-rate.js';
import { provisionedCharge } from '../../src/rules/provisioned-charge.js';
import { versionAt } from '../../src/rules/rule.js';
import { type RuleOverrides, rulebookOf } from '../../src/rules/rulebook.js';
import { vpcNetwork } from '../../src/rules/vpc-network.js';

describe('the rulebook of a day', () => {
  test.each([
    ['2018-01-01', 100],
    ['2020-11-30', 100],
    ['2020-12-01', 1],
    ['2030-01-01', 1],
  ])('on %s bills by %d ms', (asOf, ms) => {
    expect(rulebookOf(asOf).value(billedDuration)).toEqual({ granularity: ms * MILLISECOND });
  });

  test('takes the oldest version before its first day', () => {
    expect(versionAt(provisionedCharge, '2018-06-01').from).toBe('2019-12-03');
  });

  test('puts the fields of a scenario in place of AWS’s and keeps the others', () => {
    const rules = rulebookOf('2024-01-01', { 'function-scaling-rate': { burst: 5 } });
    expect(rules.value(functionScalingRate)).toEqual({
      scope: 'function',
      burst: 5,
      burstByRegion: {},
      perMinute: 6_000,
      refill: 'continuous',
    });
  });

  test('tells which rules were asked, once each, by name, and which of them were overridden', () => {
    const rules = rulebookOf('2024-01-01', { 'function-scaling-rate': { burst: 5 } });
    rules.value(functionScalingRate);
    rules.value(billedDuration);
    rules.value(functionScalingRate);
    expect(rules.reliedOn().map(({ name, since, certainty }) => [name, since, certainty])).toEqual([
      ['billed-duration', '2020-12-01', 'documented'],
      ['function-scaling-rate', '2023-11-26', 'overridden'],
    ]);
  });

  test('tells what is assumed of a rule that is documented, but for what a scenario sets', () => {
    const known = (overrides: RuleOverrides) => {
      const rules = rulebookOf('2019-06-01', overrides);
      rules.value(vpcNetwork);
      return rules.reliedOn().map(({ certainty, assumed }) => [certainty, assumed]);
    };
    expect(known({})).toEqual([['documented', ['classicColdStart', 'addresses', 'updateDelay']]]);
    expect(known({ 'vpc-network': { addresses: 16 } })).toEqual([['overridden', ['classicColdStart', 'updateDelay']]]);
    const all = { classicColdStart: { kind: 'constant', value: 0 }, addresses: 16, updateDelay: 0 };
    expect(known({ 'vpc-network': all })).toEqual([['overridden', undefined]]);
  });
});
