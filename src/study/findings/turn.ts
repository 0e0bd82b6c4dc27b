/** Which way the knob of a finding is turned, as far as that is known; a choice among names or shapes has no way. */
import type { Finding } from '../../results/run-result.js';
import type { Scenario } from '../../scenario/types.js';
import type { Found } from './found.js';

type Turn = NonNullable<Finding['turn']>;

/** By the last word of the setting. */
const TURNS: Readonly<Record<string, Turn>> = {
  ...each('raise', 'reservedConcurrency', 'provisionedConcurrency', 'concurrencyLimit', 'maximumConcurrency'),
  ...each('raise', 'timeout', 'retention', 'visibilityTimeout', 'maximumEventAge', 'maximumRecordAge'),
  ...each('raise', 'maxReceiveCount', 'maximumRetryAttempts', 'maxConcurrency', 'maxConnections', 'addresses'),
  ...each('raise', 'minimum', 'maximum', 'perSecond', 'perMinute', 'calls', 'shards', 'parallelizationFactor'),
  ...each('raise', 'batchSize', 'memory', 'rate'),
  ...each(
    'lower',
    'duration',
    'firstDuration',
    'durationPerRecord',
    'init',
    'latency',
    'size',
    'maximumBatchingWindow',
  ),
  ...each('lower', 'errorRate', 'poisonRate', 'recordErrorRate'),
  ...each('set', 'provisionedPollers', 'bisectBatchOnFunctionError', 'reportBatchItemFailures'),
  ...each('remove', 'outages', 'vpc'),
};

function each(turn: Turn, ...settings: readonly string[]): Readonly<Record<string, Turn>> {
  return Object.fromEntries(settings.map((setting) => [setting, turn]));
}

/** What is paid for and not used, and what is retried for too long; batches are the other way round. */
const LOWERED: Readonly<Record<string, ReadonlySet<string>>> = {
  ProvisionedConcurrencyIdle: new Set(['provisionedConcurrency']),
  ReservedConcurrencyIdle: new Set(['reservedConcurrency']),
  BilledItem: new Set(['provisionedConcurrency', 'memory']),
  BlockedShard: new Set(['maximumRetryAttempts']),
  RecordsExpired: new Set(['maximumRetryAttempts']),
  ThrottledPollers: new Set(['maximumConcurrency']),
};

/** Undefined where there is no knob, or where only looking at it helps. */
export function turnOf({ functions }: Scenario, { limit, knob }: Found): Turn | undefined {
  const setting = knob.slice(knob.lastIndexOf('.') + 1);
  // A rule is of AWS, and the calls of a function are none of its numbers.
  if (setting === 'calls' && !knob.startsWith('rules.')) return undefined;
  const turn = LOWERED[limit]?.has(setting) ? 'lower' : TURNS[setting];
  const [kind, id, source = ''] = knob.split('.');
  const fn = kind === 'functions' ? functions.find((one) => one.id === id) : undefined;
  if (fn === undefined) return turn;
  // With less memory it may run for longer, and cost more.
  if (limit === 'BilledItem' && setting === 'memory' && fn.memoryScaling !== undefined) return undefined;
  const index = /^eventSources\[(\d+)\]$/.exec(source)?.[1];
  const owner = index === undefined ? fn : fn.eventSources[Number(index)];
  // What is not there yet can be neither raised nor lowered; no number of environments is provisioned until one is.
  const value = (owner as unknown as Readonly<Record<string, unknown>>)[setting];
  const isThere = value !== undefined && !(setting === 'provisionedConcurrency' && value === 0);
  return turn === undefined || isThere || !CAPS.has(setting) ? turn : 'set';
}

/** Settings that a function or a mapping may do without. */
const CAPS: ReadonlySet<string> = new Set(['reservedConcurrency', 'provisionedConcurrency', 'maximumConcurrency']);
