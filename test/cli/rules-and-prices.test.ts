/** `rules` and `prices`: the dated books, for people and for programs. */
import { describe, expect, test } from 'vitest';
import { certaintyText } from '../../src/report/rule-text.js';
import { allRules } from '../../src/rules/catalogue.js';
import { versionAt } from '../../src/rules/rule.js';
import { ruleWritten } from '../../src/scenario/rule-written.js';
import { lambdasim } from '../support/command-line.js';

describe('rules', () => {
  test('prints every version of every rule with its certainty, source and assumptions', async () => {
    const { code, stdout, stderr } = await lambdasim(['rules']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const text = stdout.replace(/\s+/g, ' ');
    for (const rule of allRules) {
      for (const version of rule.versions) {
        expect(text, rule.name).toContain(`${certaintyText(version)}: ${version.source}; read ${version.read}`);
      }
      expect(text, rule.name).toContain(`Assumes ${rule.assumes}`);
    }
    expect(text).toContain('documented; window assumed: AWS Lambda Developer Guide, "Lambda quotas"');
    expect(stdout).not.toMatch(/NaN|undefined|\[object/);
  });

  test('--as-of prints only what was in force on that day', async () => {
    const { stdout } = await lambdasim(['rules', '--as-of', '2019-12-31']);
    expect(stdout).toMatch(/^billed-duration\n(.+\n)+? {2}2018-01-01 {2}granularity 100ms\n/m);
    expect(stdout).not.toContain('granularity 1ms');
  });

  test('--json is the same book for programs', async () => {
    const { stdout } = await lambdasim(['rules', '--as-of', '2022-06-01', '--json']);
    const expected = allRules.map((rule) => ({
      name: rule.name,
      statement: rule.statement,
      assumes: rule.assumes,
      versions: [versionAt(rule, '2022-06-01')].map((version) => ({
        ...version,
        value: ruleWritten(rule.name, version.value as Readonly<Record<string, unknown>>),
      })),
    }));
    expect(JSON.parse(stdout)).toEqual(JSON.parse(JSON.stringify(expected)));
  });

  test('no line is wider than 80 columns', async () => {
    const { stdout } = await lambdasim(['rules']);
    for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
  });
});

describe('prices', () => {
  test('prints the list prices of a region and a day, all digits of them', async () => {
    const { code, stdout, stderr } = await lambdasim(['prices', '--region', 'us-east-1', '--as-of', '2023-01-01']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^us-east-1, 2023-01-01\n/);
    const list = stdout.replace(/ +/g, ' ');
    expect(list).toContain('lambda.request since 2018-01-01, verified\n any volume $0.2 1M requests\n');
    expect(list).toContain('lambda.duration.x86_64 since 2022-08-01, verified\n to 6 billion $0.0000166667 GB-s\n');
    expect(list).toContain('\n above 15 billion $0.0000133334 GB-s\n');
    expect(list).toContain(' any volume $0.0000000309 GB-s\n');
  });

  test.each(['us-east-1', 'cn-north-1', 'us-gov-west-1'])('no line of %s is wider than 80 columns', async (region) => {
    const { stdout } = await lambdasim(['prices', '--region', region]);
    for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
  });

  test('prices that did not exist on the day are not in the list', async () => {
    const { stdout } = await lambdasim(['prices', '--as-of', '2019-12-31']);
    expect(stdout).not.toContain('arm64');
    expect(stdout).not.toContain('lambda.ephemeral-storage');
    expect(stdout).toContain('lambda.duration.x86_64');
  });

  test('say which of them are assumed for the day, and when the region opened', async () => {
    const text = async (...args: string[]) => (await lambdasim(['prices', ...args])).stdout.replace(/\s+/g, ' ');
    const osaka = await text('--region', 'ap-northeast-3', '--as-of', '2019-06-01');
    expect(osaka).toContain('lambda.duration.x86_64 since 2018-02-12, assumed any volume $0.00002153 GB-s');
    expect(osaka).toContain(
      'Assumed for 2019-06-01, known from 2025-01-01 on: lambda.request, lambda.duration.x86_64 Source',
    );
    const malaysia = await text('--region', 'ap-southeast-5', '--as-of', '2019-06-01');
    expect(malaysia).toContain('ap-southeast-5 opened on 2024-08-22 (from memory), after this day.');
    const today = await text('--region', 'ap-southeast-5');
    expect(today).toContain('ap-southeast-5 opened on 2024-08-22 (from memory). Source');
    expect(today).not.toContain('ssumed');
    expect(await text()).toContain('us-east-1 opened before 2018-01-01, the first day covered.');
  });

  test('--json says with null that the last tier has no end', async () => {
    const { stdout } = await lambdasim(['prices', '--region', 'us-east-1', '--as-of', '2023-01-01', '--json']);
    const { prices } = JSON.parse(stdout);
    const duration = prices.find((price: { id: string }) => price.id === 'lambda.duration.x86_64');
    expect(duration.tiers.map((tier: { upTo: number | null }) => tier.upTo)).toEqual([6e9, 15e9, null]);
  });

  test('say what a region lacks, and which regions are complete', async () => {
    const text = async (...args: string[]) => (await lambdasim(['prices', ...args])).stdout.replace(/\s+/g, ' ');
    expect(await text('--region', 'us-east-1')).not.toContain('Not known');
    const list = await text('--region', 'us-east-2');
    expect(list).toContain('Not known in USD in us-east-2: lambda.response-streaming, lambda.snapstart-cache,');
    expect(list).toContain('Regions with every price: us-east-1 Regions that lack some: af-south-1,');
    expect(list).toMatch(/without pricing\.overrides: cn-north-1, us-gov-east-1, us-gov-west-1 $/);
  });
});
