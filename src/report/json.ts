/**
 * results.json: every key in the order of the format, whatever order the parts were made in, so that equal results are
 * equal bytes. A number that JSON cannot hold is a fault of the program and stops here.
 */
import { InvariantError } from '../engine/errors.js';
import { type ResourceKind, shownFigures } from '../scenario/resource-figures.js';
import type { Report } from './report.js';

/** The keys of an object in order; `each` is for a map from ids to objects, whose own order is kept. */
type Shape = KeyedShape | { readonly each: Shape };
interface KeyedShape {
  readonly keys: readonly string[];
  readonly fields?: Readonly<Record<string, Shape>>;
}

const SUMMARY: Shape = { keys: ['count', 'mean', 'min', 'p50', 'p90', 'p95', 'p99', 'p999', 'max'] };
const MEAN_AND_MAX: Shape = { keys: ['mean', 'max'] };

function resourceShape(kind: ResourceKind): KeyedShape {
  const figures = shownFigures(kind);
  const shapes = { times: SUMMARY, level: MEAN_AND_MAX } as Readonly<Record<string, Shape>>;
  return {
    keys: figures.map(([name]) => name),
    fields: Object.fromEntries(
      figures.flatMap(([name, { kind: is }]) => (shapes[is] === undefined ? [] : [[name, shapes[is]]])),
    ),
  };
}

const FUNCTION: Shape = {
  keys: [
    'invocations',
    'errors',
    'timeouts',
    'throttles',
    'throttlesByReason',
    'serviceErrors',
    'coldStarts',
    'provisionedInvocations',
    'spilloverInvocations',
    'duration',
    'initDuration',
    'concurrency',
    'provisionedConcurrency',
    'environments',
    'async',
    'versions',
    'gbSecondsBy',
    'billed',
  ],
  fields: {
    duration: SUMMARY,
    initDuration: SUMMARY,
    concurrency: MEAN_AND_MAX,
    environments: { keys: ['mean', 'max', 'created'] },
    async: resourceShape('async'),
    versions: { keys: ['version', 'invocations', 'errors', 'coldStarts', 'duration'], fields: { duration: SUMMARY } },
    gbSecondsBy: { keys: ['handler', 'init', 'downstream', 'rounding', 'failed', 'retried', 'provisionedIdle'] },
    billed: {
      keys: [
        'requests',
        'durationMs',
        'gbSeconds',
        'provisionedDurationGbSeconds',
        'provisionedGbSeconds',
        'storageGbSeconds',
      ],
    },
  },
};

const TRAFFIC: Shape = {
  keys: ['offered', 'succeeded', 'failed', 'throttled', 'timedOut', 'unfinished', 'attempts', 'latency', 'parts'],
  fields: { latency: SUMMARY, parts: { keys: ['wait', 'overhead', 'init', 'handler', 'downstream', 'retryWait'] } },
};

const STREAM_FIGURES = resourceShape('streams');
const STREAM: Shape = {
  keys: [...STREAM_FIGURES.keys, 'consumers', 'shards'],
  fields: {
    ...STREAM_FIGURES.fields,
    consumers: { each: resourceShape('consumers') },
    shards: {
      keys: ['shard', 'records', 'rejected', 'iteratorAge'],
      fields: { iteratorAge: MEAN_AND_MAX },
    },
  },
};

const RUN: Shape = {
  keys: ['seed', 'account', 'functions', 'queues', 'streams', 'topics', 'dependencies', 'traffic', 'bill'],
  fields: {
    account: { keys: ['concurrency', 'throttles', 'inUse', 'unreserved'], fields: { concurrency: MEAN_AND_MAX } },
    functions: { each: FUNCTION },
    queues: { each: resourceShape('queues') },
    streams: { each: STREAM },
    topics: { each: resourceShape('topics') },
    dependencies: { each: resourceShape('dependencies') },
    traffic: { each: TRAFFIC },
    bill: {
      keys: ['lines', 'total', 'monthly', 'simulatedHours'],
      fields: { lines: { keys: ['service', 'resource', 'item', 'quantity', 'unit', 'usd'] } },
    },
  },
};

const RESULTS: Shape = {
  keys: [
    'schema',
    'program',
    'scenario',
    'runs',
    'estimates',
    'thresholds',
    'rules',
    'findings',
    'toldReplication',
    'limits',
    'theory',
    'notBilled',
    'warnings',
  ],
  fields: {
    program: { keys: ['name', 'version'] },
    scenario: {
      keys: [
        'name',
        'asOf',
        'region',
        'seed',
        'start',
        'durationSeconds',
        'warmUpSeconds',
        'replications',
        'timelineSeconds',
      ],
    },
    runs: RUN,
    estimates: { each: { keys: ['mean', 'low', 'high'] } },
    thresholds: { keys: ['expression', 'value', 'low', 'high', 'verdict', 'severity'] },
    rules: { keys: ['name', 'since', 'value', 'certainty', 'assumed', 'source'] },
    findings: { keys: ['resource', 'limit', 'from', 'to', 'message', 'knob', 'turn', 'minor', 'seconds', 'periods'] },
    limits: { keys: ['resource', 'metric', 'figure', 'setting', 'value'] },
    theory: { keys: ['resource', 'law', 'figure', 'expected', 'simulated', 'assumes'] },
  },
};

/** Two spaces of indent and a newline at the end. Throws InvariantError, with the path, for NaN and Infinity. */
export function json(report: Report): string {
  return `${JSON.stringify(inOrder(report.results, RESULTS, 'results'), null, 2)}\n`;
}

function inOrder(value: unknown, shape: Shape | undefined, path: string): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new InvariantError(`${path} is ${value}`);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item, index) => inOrder(item, shape, `${path}[${index}]`));
  const given = value as Readonly<Record<string, unknown>>;
  const ordered: Record<string, unknown> = {};
  for (const key of keysInOrder(given, shape)) {
    const inner = shape === undefined ? undefined : 'each' in shape ? shape.each : shape.fields?.[key];
    ordered[key] = inOrder(given[key], inner, `${path}.${key}`);
  }
  return ordered;
}

/** The shape's keys that are there, then any it does not know. */
function keysInOrder(given: Readonly<Record<string, unknown>>, shape: Shape | undefined): readonly string[] {
  const own = Object.keys(given);
  if (shape === undefined || 'each' in shape) return own;
  const known = new Set(shape.keys);
  return [...shape.keys.filter((key) => given[key] !== undefined), ...own.filter((key) => !known.has(key))];
}
