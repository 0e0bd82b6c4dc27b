/** What `results.json` says of a rule can be put under `rules:` of a scenario and means the same. */
import { expect, test } from 'vitest';
import { allRules } from '../../src/rules/catalogue.js';
import type { Fault } from '../../src/scenario/quantities/reading.js';
import { readRuleOverrides } from '../../src/scenario/resolve/rule-overrides.js';
import { ruleWritten } from '../../src/scenario/rule-written.js';

const versions = allRules.flatMap((rule) =>
  rule.versions.map((version) => [rule.name, version.from, version.value] as const),
);

test.each(versions)('%s of %s reads back as it is', (name, from, value) => {
  const faults: Fault[] = [];
  const read = readRuleOverrides(
    { [name]: ruleWritten(name, value as Readonly<Record<string, unknown>>) },
    from,
    (_, fault) => faults.push(fault),
  );
  expect({ faults, read }).toEqual({ faults: [], read: { [name]: value } });
});

test('a time says its unit, and a calculated one has no tail of digits', () => {
  expect(ruleWritten('billed-duration', { granularity: 1000 })).toEqual({ granularity: '1ms' });
  expect(
    ruleWritten('platform-overhead', {
      cold: { kind: 'lognormal', mean: 16_100_000.000000002, cv: 0.30000000000000004 },
      warm: { kind: 'constant', value: 20e6 },
    }),
  ).toEqual({ cold: { lognormal: { mean: '16.1s', cv: 0.3 } }, warm: '20s' });
});
