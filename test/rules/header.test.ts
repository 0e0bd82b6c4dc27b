import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { allRules, fieldsOf, ruleNamed } from '../../src/rules/catalogue.js';
import { type FieldKind, type Rule, versionAt } from '../../src/rules/rule.js';

const folder = new URL('../../src/rules/', import.meta.url);
const read = (file: string): string => readFileSync(new URL(file, folder), 'utf8');

/** What one written number may stand for: itself, and its value in the base unit of the unit behind it. */
const UNITS: Readonly<Record<string, number>> = {
  us: 1,
  ms: 1e3,
  s: 1e6,
  min: 60e6,
  h: 3600e6,
  KB: 1024,
  MB: 1024 ** 2,
  GB: 1024 ** 3,
  '%': 0.01,
};

function numbersWritten(header: string): number[] {
  const numbers = header
    .split('\n')
    .map((line) => line.replace(/^ \* ?/, ''))
    .join(' ');
  const text = numbers.slice(numbers.indexOf('Numbers  '), numbers.indexOf('Era      '));
  // Names of regions and days hold digits that are not the rule's.
  const bare = text.replace(/[a-z]+-[a-z]+-\d\b/g, '').replace(/\d{4}-\d\d(-\d\d)?/g, '');
  const found: number[] = [];
  for (const [, percentile, digits, unit] of bare.matchAll(
    /(p)?(\d[\d,]*(?:\.\d+)?)(?: ?(us|ms|min|s|h|KB|MB|GB|%)(?![a-z]))?/g,
  )) {
    const number = Number(digits!.replaceAll(',', ''));
    if (percentile !== undefined) found.push(number / 100);
    else found.push(number, ...(unit === undefined ? [] : [number * UNITS[unit]!]));
  }
  return found;
}

function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}

/** 0 and 1 as the ends of a distribution's shares, and a zero time, go without saying. */
const SILENT = new Set([0, 1]);

describe('the header of a rule file', () => {
  const byName = new Map(allRules.map((rule) => [rule.name, rule]));

  test.each([...byName.keys()])('%s names every number of its versions under Numbers', (name) => {
    const written = numbersWritten(read(`${name}.ts`));
    const missing = numbersIn(byName.get(name)!.versions.map(({ value }) => value)).filter(
      (number) => !SILENT.has(number) && !written.some((one) => Math.abs(one - number) <= 1e-9 * Math.abs(number)),
    );
    expect(missing).toEqual([]);
  });

  test.each([...byName.keys()])('%s has the five labels in their order', (name) => {
    const labels = read(`${name}.ts`)
      .match(/^ \* (Rule|Numbers|Era|Source|Assumes) +\S/gm)!
      .map((line) => line.split(/ +/)[2]);
    expect(labels).toEqual(['Rule', 'Numbers', 'Era', 'Source', 'Assumes']);
  });

  test.each([...byName.keys()])('%s leaves what it assumes to its data', (name) => {
    expect(read(`${name}.ts`)).toContain(' * Assumes  What `assumes` says, which `lambdasim rules` prints.\n */');
  });

  test('a number that drifts from its header is found', () => {
    expect(
      numbersWritten(' * Numbers  First 10 s, 1,000 in us-east-1, p99 20 ms, 5 % since 2020-12-01.\n * Era      x'),
    ).toEqual([10, 10e6, 1_000, 0.99, 20, 20e3, 5, 0.05]);
  });
});

describe('the catalogue', () => {
  test('holds every rule file, in the order of names', () => {
    const files = readdirSync(folder).filter((file) => /: Rule<\w+> = \{/.test(read(file)));
    expect(allRules.map(({ name }) => `${name}.ts`)).toEqual(
      files.map((file) => file).sort((a, b) => (a.slice(0, -3) < b.slice(0, -3) ? -1 : 1)),
    );
  });

  test('has versions newest first, each with a source and days that are days', () => {
    const wrong = allRules.filter(({ versions }) =>
      versions.some(
        ({ from, read: day, source }, i) =>
          !/^20\d\d-\d\d-\d\d$/.test(from) ||
          !/^20\d\d-\d\d-\d\d$/.test(day) ||
          source.length < 10 ||
          (i > 0 && from >= versions[i - 1]!.from),
      ),
    );
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });

  test('describes every field of every version by a kind that fits its value', () => {
    const wrong = allRules.flatMap((rule) =>
      rule.versions.flatMap(({ value }) =>
        Object.entries(value)
          .filter(([field, one]) => !fits(fieldsOf(rule)[field], one))
          .map(([field]) => `${rule.name}.${field}`),
      ),
    );
    expect(wrong).toEqual([]);
  });

  test('names as assumed only values that there are, once each, and only where not all is assumed', () => {
    const wrong = allRules.flatMap((rule) =>
      rule.versions
        .filter(({ certainty, assumed, value }) => {
          if (assumed === undefined) return false;
          const values = assumed.filter((part) => part !== 'day');
          const known = values.every((part) => Object.hasOwn(value, part));
          const isPart = certainty !== 'assumed' && values.length < Object.keys(value).length;
          return !known || !isPart || assumed.length === 0 || new Set(assumed).size < assumed.length;
        })
        .map(({ from }) => `${rule.name} ${from}`),
    );
    expect(wrong).toEqual([]);
  });

  test('marks what is from memory, and says what it marks', () => {
    const marks = (rule: Rule<object>): boolean =>
      rule.versions.some(({ certainty, assumed }) => certainty === 'assumed' || assumed !== undefined);
    const unmarked = allRules.filter((rule) => rule.assumes.includes('from memory') && !marks(rule));
    const unsaid = allRules.filter((rule) => rule.assumes === 'Nothing.' && marks(rule));
    expect([unmarked, unsaid].map((rules) => rules.map(({ name }) => name))).toEqual([[], []]);
  });

  test.each([
    ['api-gateway-rate', '2026-01-01', ['burst']],
    ['async-event-age', '2026-01-01', undefined],
    ['async-throttle-backoff', '2026-01-01', ['factor', 'jitter']],
    ['billed-init', '2025-08-01', ['provisioned', 'aborted']],
    ['billed-init', '2019-01-01', ['provisioned', 'aborted']],
    ['client-retry', '2020-01-01', expect.arrayContaining(['legacyAttempts', 'adaptiveCut'])],
    ['function-scaling-rate', '2019-01-01', ['refill']],
    ['function-scaling-rate', '2026-01-01', ['day']],
    ['init-phase', '2026-01-01', ['rerunShare']],
    ['message-limits', '2019-01-01', ['queue', 'sns', 'eventbridge']],
    ['message-limits', '2025-09-01', expect.arrayContaining(['day', 'eventbridge'])],
    ['messaging-charge', '2026-01-01', ['readUnit', 'writeUnit']],
    ['provisioned-concurrency', '2026-01-01', expect.arrayContaining(['preparation'])],
    ['recursion-detection', '2026-01-01', ['day', 'rounds']],
    ['request-rate-quota', '2026-01-01', ['window']],
    ['sqs-batching', '2019-01-01', ['metadata']],
    ['sqs-poller-scaling', '2026-01-01', ['day', 'idleMinutes']],
    ['sqs-queue-limits', '2026-01-01', expect.arrayContaining(['day', 'retention'])],
    ['sqs-visibility', '2026-01-01', undefined],
    ['stream-batching', '2019-01-01', ['tumblingWait']],
    ['stream-error-handling', '2026-01-01', expect.arrayContaining(['errorWait', 'maximumWait'])],
    ['stream-parallelization', '2026-01-01', undefined],
    ['stream-polling', '2026-01-01', expect.arrayContaining(['push', 'spread'])],
    ['stream-throughput', '2026-01-01', ['onDemandInterval']],
    ['synchronous-callers', '2026-01-01', expect.arrayContaining(['http-api', 'alb', 'lex'])],
    ['vpc-network', '2019-01-01', ['classicColdStart', 'addresses', 'updateDelay']],
    ['duration-tiers', '2019-01-01', undefined],
  ])('%s on %s knows its source’s silences', (name, asOf, assumed) => {
    expect(versionAt(ruleNamed(name)!, asOf).assumed).toEqual(assumed);
  });

  test('is searched by name', () => {
    expect([ruleNamed('init-phase')?.name, ruleNamed('init')]).toEqual(['init-phase', undefined]);
  });
});

function fits(kind: FieldKind | undefined, value: unknown): boolean {
  if (Array.isArray(kind)) return kind.includes(value as string);
  switch (kind) {
    case 'number':
      return typeof value === 'number';
    case 'count':
    case 'duration':
    case 'size':
      return Number.isInteger(value) && (value as number) >= 0;
    case 'share':
      return typeof value === 'number' && value >= 0 && value <= 1;
    case 'flag':
      return typeof value === 'boolean';
    case 'distribution':
    case 'table':
      return typeof value === 'object' && value !== null;
    case 'text':
      return typeof value === 'string';
    default:
      return false;
  }
}
