/** The whole scenario file: its top level, `run`, `account` and `pricing`. Defaults that depend on the day are put in by `resolve/`. */
import { z } from 'zod';
import { count, day, duration, flag, instant, number, share, word, words } from './forms.js';
import { fault, numberText, read, shown } from './quantities/reading.js';
import { functionSchema } from './schema-function.js';
import { dependencySchema, queueSchema, streamSchema, topicSchema } from './schema-resources.js';
import { trafficSchema } from './schema-traffic.js';
import { byId, byName, eitherOf, listOf, section } from './section.js';
import { setting } from './setting.js';
import { threshold } from './threshold.js';

const REGION = /^[a-z]{2}(?:-[a-z]+)+-\d{1,2}$/;

const region = setting(
  {
    sentence: 'AWS region: price list and regional quotas.',
    form: 'a region such as us-east-1',
    json: { type: 'string', pattern: REGION.source },
    print: (value: string) => value,
  },
  (raw) =>
    typeof raw === 'string' && REGION.test(raw)
      ? read(raw)
      : fault('bad-region', `${shown(raw)} is not a region`, 'such as us-east-1 or eu-central-1'),
);

const seed = setting<number | string>(
  {
    sentence: 'Seed of all chance: the same seed gives the same results.',
    form: 'a whole number or text',
    json: { type: ['integer', 'string'] },
    print: String,
  },
  (raw) => {
    if (typeof raw === 'string' && raw !== '') return read(raw);
    if (typeof raw !== 'number')
      return fault('wrong-type', `a whole number or text is wanted, not ${shown(raw)}`, 'such as 1');
    if (Number.isSafeInteger(raw)) return read(raw);
    return fault(
      'not-whole',
      Number.isInteger(raw)
        ? 'a whole number this large is not kept exactly'
        : `${numberText(raw)} is not a whole number`,
      'use a smaller one, or text in quotes',
    );
  },
);

const runSchema = section('What is simulated: how long, from when, with which chance.', {
  duration: duration({ sentence: 'Simulated time, warm-up included.' }, { above: 0 }).prefault('1h'),
  warmUp: duration({ sentence: 'Time at the start that is cut from statistics and bill.' }).prefault('0s'),
  start: instant({ sentence: 'Calendar instant of simulated time 0.' }).prefault('2026-01-05T00:00:00Z'),
  seed: seed.prefault(1),
  replications: count(
    { sentence: 'Independent runs of the same scenario, for confidence intervals.' },
    { minimum: 1, maximum: 100_000 },
  ).prefault(1),
  timeline: duration(
    { sentence: 'Width of a timeline bucket; 1m, doubled until there are at most 50,000, unless given.' },
    { minimum: 1_000 },
  ).optional(),
});

const accountSchema = section('The AWS account in this region.', {
  concurrencyLimit: count(
    { sentence: 'Concurrent executions of the account.', rule: 'account-concurrency' },
    { minimum: 0, maximum: 10_000_000 },
  ).optional(),
  otherConcurrency: eitherOf('Concurrency used by functions that are not in the scenario.', [
    count({ sentence: 'Concurrency used all the time.' }),
    listOf(
      'Stretches of time in which others use concurrency.',
      section('One stretch.', {
        at: duration({ sentence: 'When it begins.' }),
        for: duration({ sentence: 'How long it lasts; to the end unless given.' }, { above: 0 }).optional(),
        amount: count({ sentence: 'Concurrency used.' }),
      }),
    ),
  ]).prefault(0),
  freeTier: flag({ sentence: 'Whether the monthly bill takes the free tier off.', rule: 'free-tier' }).prefault(false),
  monthToDate: section('Usage of the month before the run, for price tiers.', {
    requests: number({ sentence: 'Requests so far.' }, { minimum: 0, maximum: 1e15 }).prefault(0),
    gbSeconds: section('GB-seconds so far.', {
      x86_64: number({ sentence: 'On x86_64.' }, { minimum: 0, maximum: 1e15 }).prefault(0),
      arm64: number({ sentence: 'On arm64.' }, { minimum: 0, maximum: 1e15 }).prefault(0),
    }).prefault({}),
  }).prefault({}),
  outages: listOf(
    'Times when the Lambda service itself fails.',
    section('One outage.', {
      at: duration({ sentence: 'When it begins.' }),
      for: duration({ sentence: 'How long it lasts.' }, { above: 0 }),
      share: share({ sentence: 'Share of invocations that fail with a service error.' }).prefault('100%'),
    }),
  ).optional(),
});

const usd = () => number({ sentence: 'Price in USD, in the unit of the price list.' }, { minimum: 0, maximum: 1e9 });

const pricingSchema = section('What is billed and at which prices.', {
  include: listOf(
    'Services in the bill; all that the scenario uses unless given.',
    words({ sentence: 'A service.' }, 'a service such as lambda'),
  ).optional(),
  discount: share({ sentence: 'Share taken off every line.' }).prefault('0%'),
  savingsPlan: word({ sentence: 'Compute Savings Plan that covers the duration.' }, [
    'none',
    'no-upfront',
    'all-upfront',
  ]).prefault('none'),
  overrides: byName('Prices that replace those of the list, by price id.', usd()).prefault({}),
});

const thresholdEntry = eitherOf('One demand on the results.', [
  threshold,
  section('A demand with its severity.', {
    check: threshold,
    severity: word({ sentence: 'warn is reported and never in the exit code.' }, ['fail', 'warn']).prefault('fail'),
  }),
]);

export const scenarioSchema = section('A lambdasim scenario.', {
  name: words({ sentence: 'Name of the scenario; the file name unless given.' }).optional(),
  description: words({ sentence: 'What the scenario asks.' }).optional(),
  asOf: day({ sentence: 'Day whose AWS rules and prices are in force.' }).optional(),
  region: region.prefault('us-east-1'),
  run: runSchema.prefault({}),
  account: accountSchema.prefault({}),
  functions: byId('What is deployed: Lambda functions by id.', functionSchema),
  queues: byId('SQS queues by id.', queueSchema).prefault({}),
  streams: byId('Streams by id.', streamSchema).prefault({}),
  topics: byId('Topics and event buses by id: one record in, one for each subscriber out.', topicSchema).prefault({}),
  dependencies: byId('What functions call and wait for, such as a database, by id.', dependencySchema).prefault({}),
  traffic: byId('What arrives: traffic by id.', trafficSchema).prefault({}),
  thresholds: listOf('What is demanded of the results.', thresholdEntry).optional(),
  rules: byName('Single numbers of AWS rules replaced, by rule name; see lambdasim rules.', z.unknown()).prefault({}),
  pricing: pricingSchema.prefault({}),
});

export type ScenarioInput = z.output<typeof scenarioSchema>;
