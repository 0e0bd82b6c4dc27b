/** The values of a rule in words: units come from the fields, nothing is left raw. */
import { expect, test } from 'vitest';
import { ruleText } from '../../src/report/rule-text.js';
import { allRules } from '../../src/rules/catalogue.js';
import { fieldsWritten, ruleWritten } from '../../src/scenario/rule-written.js';

test.each([
  [{ granularity: 1000 }, { granularity: 'duration' }, 'granularity 1ms'],
  [{ share: 0.05 }, { share: 'share' }, 'share 5%'],
  [{ zip: 52_428_800 }, { zip: 'size' }, 'zip 50MB'],
  [{ limit: 1000, on: false }, { limit: 'count', on: 'flag' }, 'limit 1,000, on no'],
  [{ idle: { kind: 'constant', value: 3e8 } }, { idle: 'distribution' }, 'idle 5m'],
  [
    { sdk: { timeLimit: null, retry: { kind: 'sdk' } } },
    { sdk: 'table' },
    'sdk { timeLimit: none, retry: { kind: sdk } }',
  ],
  [
    { alb: { timeLimit: 6e7, settable: [1e6, 4e9] } },
    { alb: 'table' },
    'alb { timeLimit: 1m, settable: [1s, 1h6m40s] }',
  ],
  [{ gone: undefined, cap: Number.POSITIVE_INFINITY }, { cap: 'number' }, 'cap unlimited'],
] as const)('%j is %s', (value, fields, text) => expect(ruleText(fieldsWritten(value, fields))).toBe(text));

test('no version of any rule shows a figure or a word that is none', () => {
  for (const rule of allRules) {
    for (const version of rule.versions) {
      const text = ruleText(ruleWritten(rule.name, version.value as Readonly<Record<string, unknown>>));
      expect(text, rule.name).toMatch(/^\w/);
      expect(text, rule.name).not.toMatch(/NaN|undefined|Infinity|\[object/);
    }
  }
});
