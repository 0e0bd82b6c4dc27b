/** The settings of a function, one entry each: form, unit, default, sentence. Ranges that change with the day are in `checks/`. */
import type { z } from 'zod';
import { readDistribution } from './dist.js';
import { distributionText } from './dist-text.js';
import { count, distribution, duration, flag, memory, share, size, word, words } from './forms.js';
import { fault, read, shown } from './quantities/reading.js';
import { readMemory, readSize, sizeText } from './quantities/size.js';
import { keySchema } from './schema-key.js';
import { mappingSchema } from './schema-mapping.js';
import { eitherOf, listOf, section } from './section.js';
import { printAny, setting, settingOf } from './setting.js';

/** A number; the map form plans changes over time. */
const provisionedConcurrency = settingOf(
  {
    sentence: 'Environments kept initialised; calls beyond them run on demand.',
    form: 'a whole number',
    rule: 'provisioned-concurrency',
    json: { type: 'integer', minimum: 0 },
    print: String,
  },
  (raw, report) => {
    if (typeof raw === 'object') {
      report([], {
        code: 'not-supported-yet',
        message: 'a schedule or autoscaling of provisioned concurrency is not supported yet',
        hint: 'write one number',
      });
      return undefined;
    }
    if (typeof raw === 'number' && Number.isSafeInteger(raw) && raw >= 0) return raw;
    report([], {
      code: 'wrong-type',
      message: `a whole number from 0 is wanted, not ${shown(raw)}`,
      hint: 'such as 10',
    });
    return undefined;
  },
);

const maximumAge = settingOf(
  {
    sentence: 'Age after which an environment is not used again, drawn once each; `none` for no limit.',
    form: 'a time, a distribution or none',
    rule: 'environment-max-age',
    json: { anyOf: [{ const: 'none' }, { $ref: '#/$defs/distribution' }] },
    print: (value: 'none' | Parameters<typeof distributionText>[0]) =>
      value === 'none' ? value : distributionText(value),
  },
  (raw, report) => (raw === 'none' ? ('none' as const) : readDistribution(raw, report)),
);

/** Bytes per second, written as a size each second. */
const byteRate = setting(
  {
    sentence: 'Speed at which the client takes a streamed response.',
    form: 'a speed such as 2MB/s',
    rule: 'response-streaming',
    json: { type: 'string' },
    print: (bytes: number) => `${sizeText(bytes)}/s`,
  },
  (raw) => {
    const match = typeof raw === 'string' ? /^(.+)\/s$/.exec(raw.trim()) : null;
    return match === null
      ? fault('bad-size', `${shown(raw)} is not a speed`, 'such as 2MB/s')
      : readSize(match[1], { minimum: 1 });
  },
);

const scalingTable = settingOf(
  {
    sentence: 'Factor on the duration at each memory, log-log between the points and flat outside.',
    form: 'a map such as { 256MB: 1.9, 512MB: 1 }',
    json: { type: 'object', additionalProperties: { type: 'number', exclusiveMinimum: 0 } },
    print: printAny,
  },
  (raw, report): (readonly [number, number])[] | undefined => {
    const isMap = raw !== null && typeof raw === 'object' && !Array.isArray(raw);
    if (!isMap || Object.keys(raw).length === 0) {
      report([], {
        code: 'wrong-type',
        message: `a map of memory to factor is wanted, not ${isMap ? 'an empty one' : shown(raw)}`,
        hint: 'such as { 256MB: 1.9, 512MB: 1 }',
      });
      return undefined;
    }
    const points: [number, number][] = [];
    for (const [key, factor] of Object.entries(raw)) {
      const mb = readMemory(key);
      if (!mb.ok) report([key], mb.fault);
      else if (typeof factor !== 'number' || factor <= 0 || factor > 1e6)
        report([key], {
          code: 'wrong-type',
          message: `a factor above 0 is wanted, not ${shown(factor)}`,
          hint: 'such as 1.9',
        });
      else if (points.some(([other]) => other === mb.value))
        report([key], {
          code: 'duplicate-key',
          message: `${mb.value} MB is in the table twice`,
          hint: 'keep one of them',
        });
      else points.push([mb.value, factor]);
    }
    return points.sort((a, b) => a[0] - b[0]);
  },
);

const RUNTIME = /^[a-z][a-z0-9.]*$/;
const runtime = setting(
  {
    sentence: "AWS's runtime identifier; gives the default init.",
    form: 'a runtime such as nodejs22.x',
    rule: 'init-duration',
    json: { type: 'string' },
    print: (value: string) => value,
  },
  (raw) =>
    typeof raw === 'string' && RUNTIME.test(raw)
      ? read(raw)
      : fault(
          'bad-runtime',
          `${shown(raw)} is not a runtime identifier`,
          'such as nodejs22.x, python3.13 or provided.al2023',
        ),
);

const toldOf = (what: string) =>
  words(
    { sentence: `Who is sent a record of ${what}.`, rule: 'async-hand-over' },
    'the id of a queue, topic or function',
  );

const asyncSchema = section('What becomes of events that the function gets asynchronously.', {
  maximumRetryAttempts: count({
    sentence: 'Retries after a function error.',
    rule: 'async-function-error-retry',
  }).optional(),
  maximumEventAge: duration({
    sentence: 'Age at which an event that waits is dropped.',
    rule: 'async-event-age',
  }).optional(),
  onSuccess: toldOf('each event that was processed').optional(),
  onFailure: toldOf('each event that was dropped').optional(),
  deadLetterQueue: words(
    { sentence: 'Who is sent each event that was dropped.', rule: 'async-hand-over' },
    'the id of a queue or an SNS topic',
  ).optional(),
  duplicateRate: share({ sentence: 'Share of events that run twice.' }).prefault('0%'),
});

const callSchema = section('One line of what the handler does.', {
  to: words(
    { sentence: 'Id of what is called or sent to.' },
    'the id of a function, dependency, queue, stream or topic',
  ),
  probability: share({ sentence: 'Share of invocations that do it.' }).prefault('100%'),
  count: count({ sentence: 'How often, one after another.' }, { minimum: 1, maximum: 10_000 }).prefault(1),
  invocation: word({ sentence: 'Of a call to a function: RequestResponse waits for its answer.' }, [
    'RequestResponse',
    'Event',
  ]).optional(),
  each: word({ sentence: 'environment: once, in the init of an environment.' }, ['invocation', 'environment']).prefault(
    'invocation',
  ),
  payload: size({ sentence: 'Size of what is sent.', rule: 'payload-limits' }).prefault('1KB'),
  key: keySchema.optional(),
});

export const functionSchema = section('A Lambda function.', {
  memory: memory({
    sentence: 'Memory, and with it the CPU share; AWS calls it MemorySize.',
    rule: 'memory-and-cpu',
  }).prefault('128MB'),
  architecture: word({ sentence: 'Instruction set; decides the price of a GB-second.' }, ['x86_64', 'arm64']).prefault(
    'x86_64',
  ),
  runtime: runtime.optional(),
  packageType: word({ sentence: 'Zip archive or container image; an image changes the default init.' }, [
    'Zip',
    'Image',
  ]).prefault('Zip'),
  packageSize: size(
    { sentence: 'Size of the package; lengthens the platform part of a cold start.', rule: 'package-download' },
    { minimum: 0 },
  ).optional(),
  timeout: duration({
    sentence: 'Longest an invocation may run before Lambda ends it.',
    rule: 'function-timeout',
  }).optional(),
  ephemeralStorage: memory({
    sentence: 'Size of /tmp; what is above the included part is billed.',
    rule: 'ephemeral-storage',
  }).optional(),
  reservedConcurrency: count({
    sentence:
      'Concurrency kept for this function, which is also its ceiling; 0 throttles every call and drops every asynchronous event.',
    rule: 'reserved-concurrency',
  }).optional(),
  provisionedConcurrency: provisionedConcurrency.prefault(0),
  snapStart: eitherOf('Cold starts restore a snapshot instead of running the init.', [
    flag({ sentence: 'Whether cold starts restore a snapshot.', rule: 'snap-start' }),
    section('Times of a restore.', {
      restore: distribution({ sentence: 'Time to restore the snapshot.', rule: 'snap-start' }).optional(),
      afterRestore: distribution({
        sentence: 'Time of the after-restore hooks, which is billed.',
        rule: 'snap-start',
      }).optional(),
    }),
  ]).prefault(false),
  vpc: eitherOf('Whether the function is attached to a VPC.', [
    flag({
      sentence: 'Whether the function is attached to a VPC, with the network interfaces of the day.',
      rule: 'vpc-network',
    }),
    section('The network interfaces of the VPC.', {
      mode: word(
        {
          sentence: 'classic adds the time of an own interface to cold starts; by asOf unless given.',
          rule: 'vpc-network',
        },
        ['classic', 'hyperplane'],
      ).optional(),
      addresses: count(
        { sentence: 'Free addresses in the subnets; classic interfaces stop there.', rule: 'vpc-network' },
        { minimum: 1 },
      ).optional(),
    }),
  ]).prefault(false),
  duration: distribution({ sentence: 'Handler time of a warm invocation at this memory.' }),
  durationPerRecord: distribution({ sentence: 'Handler time added for each record of a batch.' }).optional(),
  firstDuration: distribution({ sentence: 'Handler time of the first invocation in a new environment.' }).optional(),
  init: distribution({
    sentence: 'Time outside the handler on a cold start; by runtime unless given.',
    rule: 'init-duration',
  }).optional(),
  keepAlive: distribution({
    sentence: 'How long an idle environment lives, drawn for each idle period.',
    rule: 'environment-keep-alive',
  }).optional(),
  maximumAge: maximumAge.optional(),
  initialEnvironments: count({ sentence: 'Idle environments at time 0.' }, { minimum: 0, maximum: 1_000_000 }).prefault(
    0,
  ),
  extensions: section('Lambda extensions.', {
    init: distribution({ sentence: 'Time the extensions add to the init.' }).prefault('0ms'),
    after: distribution({ sentence: 'Time after the handler, billed, before the environment is used again.' }).prefault(
      '0ms',
    ),
  }).optional(),
  response: eitherOf('What the function returns.', [
    size({ sentence: 'Size of the response.', rule: 'payload-limits' }),
    section('Size and streaming of the response.', {
      size: size({ sentence: 'Size of the response.', rule: 'payload-limits' }).prefault('1KB'),
      streamed: flag({ sentence: 'Whether the response is streamed.', rule: 'response-streaming' }).prefault(false),
      rate: byteRate.optional(),
    }),
  ]).prefault('1KB'),
  memoryScaling: section('How the durations move when memory is turned.', {
    measuredAt: memory({ sentence: 'Memory at which the durations were measured.', rule: 'memory-and-cpu' }).optional(),
    cpuBound: share({ sentence: 'Share of the duration that is CPU work.' }).optional(),
    parallel: share({ sentence: 'Share of the CPU work that uses several cores.' }).prefault('0%'),
    table: scalingTable.optional(),
  }).optional(),
  errorRate: share({ sentence: 'Share of invocations whose handler fails after its duration.' }).prefault('0%'),
  recordErrorRate: share({ sentence: 'Share of the records of batches that fail on one try.' }).prefault('0%'),
  poisonRate: share({ sentence: 'Share of the records of batches that fail on every try.' }).prefault('0%'),
  eventSources: listOf('What the function reads: queues and streams.', mappingSchema).optional(),
  async: asyncSchema.prefault({}),
  calls: listOf('What the handler does with others, in order, before its own time.', callSchema).optional(),
});

export type FunctionInput = z.output<typeof functionSchema>;
