/** The settings of traffic: where it goes, its shape, how it arrives and what the client does about failures. */
import type { z } from 'zod';
import { parseScheduleExpression } from '../rules/schedule-expression.js';
import { count, distribution, duration, number, rate, size, timeZone, word, words } from './forms.js';
import { durationText, readDuration } from './quantities/duration.js';
import { readNumber } from './quantities/number.js';
import { fault, numberText, read, shown } from './quantities/reading.js';
import { readShare, SHARE_PATTERN, shareText } from './quantities/share.js';
import { keySchema } from './schema-key.js';
import { eitherOf, listOf, section } from './section.js';
import { setting } from './setting.js';
import { ASYNCHRONOUS_VIAS, SYNCHRONOUS_VIAS, type Via } from './types.js';

const VIAS: readonly Via[] = [...SYNCHRONOUS_VIAS, ...ASYNCHRONOUS_VIAS];

const via = word<Via>(
  {
    sentence:
      'What calls the function; fixes how it is invoked, the time limit, what a throttle looks like and the retries.',
    rule: 'synchronous-callers',
  },
  VIAS,
);

const invocation = word({ sentence: 'RequestResponse waits for the answer, Event for nothing.' }, [
  'RequestResponse',
  'Event',
]);

/** A share, or a number above 1. */
const ratio = setting<number>(
  {
    sentence: 'Requests for each of the other traffic.',
    form: 'a share such as 12%, or a number such as 3',
    standIn: 1,
    json: {
      anyOf: [
        { type: 'number', exclusiveMinimum: 0, maximum: 1_000 },
        { type: 'string', pattern: SHARE_PATTERN },
      ],
    },
    print: (value: number) => (value <= 1 ? shareText(value) : numberText(value)),
  },
  (raw) => (typeof raw === 'number' ? readNumber(raw, { above: 0, maximum: 1_000 }) : readShare(raw)),
);

const schedule = setting(
  {
    sentence: 'An AWS schedule, rate(...) or cron(...) of six fields.',
    form: 'rate(5 minutes) or cron(0 20 ? * MON-FRI *)',
    rule: 'schedule-expression',
    json: { type: 'string', pattern: '^(rate|cron)\\(.*\\)$' },
    print: (value: string) => value,
  },
  (raw) => {
    if (typeof raw !== 'string')
      return fault('wrong-type', `a schedule is wanted, not ${shown(raw)}`, 'such as rate(5 minutes)');
    const text = raw.trim();
    // Inside { } YAML ends a plain value at a comma.
    if (/^cron\([^)]*$/i.test(text))
      return fault(
        'cron-needs-quotes',
        `${shown(text)} ends in the middle: a comma inside { } ends the value`,
        "put the whole expression in quotes: 'cron(...)'",
      );
    const parsed = parseScheduleExpression(text);
    return parsed.ok ? read(text) : fault('bad-schedule', parsed.message, parsed.hint);
  },
);

/** Undefined inside: the client waits for ever. */
const clientTimeout = setting<number | 'none'>(
  {
    sentence: "The client's own limit for one attempt, or none.",
    form: 'a duration such as 29s, or none',
    rule: 'synchronous-callers',
    json: { type: 'string' },
    print: (value: number | 'none') => (value === 'none' ? value : durationText(value)),
  },
  (raw) => (raw === 'none' ? read('none' as const) : readDuration(raw, { above: 0 })),
);

const weight = () => number({ sentence: 'A weight; only the ratios matter.' }, { minimum: 0 });

const stage = section('A stretch of time at one rate, or on the way to one.', {
  for: duration({ sentence: 'How long the stage lasts.' }, { above: 0 }),
  rate: rate({ sentence: 'Constant rate of the stage.' }, { zero: true }).optional(),
  rampTo: rate(
    { sentence: 'Rate at the end of the stage, reached evenly from the rate before it.' },
    { zero: true },
  ).optional(),
});

const spike = section('Extra traffic for a while.', {
  at: duration({ sentence: 'When the spike begins.' }),
  for: duration({ sentence: 'How long it lasts, ramps included.' }, { above: 0 }),
  rate: rate({ sentence: 'Rate added at its top.' }),
  ramp: duration({ sentence: 'Time to rise, and again to fall.' }).prefault('0s'),
});

const retrySection = section('What the client does about failures: an SDK mode, or a back-off of its own.', {
  mode: word({ sentence: 'Retry mode of the AWS SDK.' }, ['standard', 'legacy', 'adaptive']).optional(),
  maximumAttempts: count(
    { sentence: 'Attempts in all, the first included.' },
    { minimum: 1, maximum: 1_000 },
  ).optional(),
  interval: duration({ sentence: 'Wait before the first retry.' }, { above: 0 }).optional(),
  backoffRate: number(
    { sentence: 'Factor on the wait from one retry to the next.' },
    { minimum: 1, maximum: 1_000 },
  ).optional(),
  maximumDelay: duration({ sentence: 'Longest wait between attempts.' }, { above: 0 }).optional(),
  jitter: word({ sentence: 'full draws the wait evenly between 0 and its value.' }, ['none', 'full']).optional(),
  on: listOf(
    'What is retried.',
    word({ sentence: 'A cause of failure.' }, ['throttle', 'serviceError', 'functionError', 'timeout']),
  ).optional(),
});

export const trafficSchema = section('Requests to a function, or records to a queue, stream or topic.', {
  to: words({ sentence: 'Id of what is called or sent to.' }, 'the id of a function, queue, stream or topic'),
  via: via.optional(),
  invocation: invocation.optional(),
  edgeEvent: word({ sentence: 'Which Lambda@Edge event calls the function.' }, [
    'viewer-request',
    'viewer-response',
    'origin-request',
    'origin-response',
  ]).optional(),

  rate: rate({ sentence: 'Constant mean rate.' }).optional(),
  stages: listOf('Rates one after another; after the last nothing arrives.', stage).optional(),
  daily: section('A day and week that repeat.', {
    mean: rate({ sentence: 'Mean rate over the week.' }),
    hours: listOf("24 weights, the first for midnight to 1 o'clock.", weight(), 24).optional(),
    weekdays: listOf('7 weights, Monday first.', weight(), 7).optional(),
    timezone: timeZone({ sentence: 'Whose hours they are.' }).prefault('UTC'),
  }).optional(),
  spikes: listOf('Spikes added to another shape, or alone.', spike).optional(),
  users: section('A closed loop: each user waits for the answer, thinks, and asks again.', {
    count: count({ sentence: 'How many users there are.' }, { minimum: 1, maximum: 10_000_000 }),
    thinkTime: distribution({ sentence: 'Time between an answer and the next request.' }),
  }).optional(),
  schedule: schedule.optional(),
  timezone: timeZone({ sentence: 'Time zone of the schedule.' }).optional(),
  burst: section('Requests that arrive all at one instant.', {
    at: duration({ sentence: 'The instant.' }).prefault('0s'),
    count: count({ sentence: 'How many requests.' }, { minimum: 1, maximum: 1e10 }),
  }).optional(),
  trace: section('Arrivals recorded in a CSV file.', {
    file: words({ sentence: 'The CSV file, beside the scenario.' }, 'a file name'),
    column: words({ sentence: 'Column of counts, one row a bucket.' }, 'the name of a column').optional(),
    row: words(
      { sentence: 'Of a file with a column for each bucket, named 1, 2, 3 ...: a cell that names the row to read.' },
      'a name from the row',
    ).optional(),
    every: duration({ sentence: 'Width of a bucket.' }, { above: 0 }).optional(),
    timestamps: words({ sentence: 'Column of instants, one row an arrival.' }, 'the name of a column').optional(),
  }).optional(),

  follows: section('Requests that follow those of another traffic.', {
    traffic: words({ sentence: 'Id of the traffic that is followed.' }, 'the id of a traffic'),
    ratio: ratio.prefault('100%'),
    delay: distribution({ sentence: 'Time from the arrival of the one to that of the other.' }).prefault('0ms'),
  }).optional(),

  arrivals: eitherOf('How requests are spread around their rate.', [
    word({ sentence: 'poisson is chance, regular is evenly spaced.' }, ['poisson', 'regular']),
    section('Burstier than chance.', {
      bursty: section('A renewal process.', {
        cv: number({ sentence: 'Coefficient of variation of the gaps; 1 is poisson.' }, { above: 0, maximum: 1_000 }),
      }).optional(),
      modulated: section('A Poisson process whose rate switches between two levels.', {
        factor: number({ sentence: 'Ratio of the high rate to the low one.' }, { minimum: 1, maximum: 1_000_000 }),
        high: duration({ sentence: 'Mean time at the high rate.' }, { above: 0 }),
        low: duration({ sentence: 'Mean time at the low rate.' }, { above: 0 }),
      }).optional(),
    }),
  ]).prefault('poisson'),
  scale: number({ sentence: 'Factor on all of this traffic.' }, { above: 0, maximum: 1e9 }).prefault(1),
  payload: size({ sentence: 'Size of one request.', rule: 'payload-limits' }).prefault('1KB'),
  key: keySchema.optional(),
  retry: eitherOf('What the client does when a request fails.', [
    word({ sentence: 'No retries.' }, ['none']),
    retrySection,
  ]).optional(),
  timeout: clientTimeout.optional(),
});

export type TrafficInput = z.output<typeof trafficSchema>;
