/** A figure of a run as a threshold names it: a statistic of what lies at a path of the RunResult. */
import type { RunResult } from '../results/run-result.js';
import { type ResourceKind, shownFigures } from '../scenario/resource-figures.js';
import type { Statistic } from '../scenario/types.js';
import { NOT_NEGATIVE, type Possible } from './confidence.js';

/**
 * In the unit of the results; null where nothing happened that it could be taken of. A count by a key that is missing,
 * such as a throttle reason that never occurred, is 0. On a figure that is one number every statistic but `rate` is it.
 */
export function figureOf(run: RunResult, statistic: Statistic, path: readonly string[]): number | null {
  if (isMeanOfNothing(run, path)) return null;
  const found = at(run, path);
  if (statistic === 'rate') return rateOf(run, path, typeof found === 'number' ? found : 0);
  if (typeof found === 'number' || found === null) return found;
  if (found === undefined) return 0;
  const part = at(found, [statistic === 'p99.9' ? 'p999' : statistic]);
  return typeof part === 'number' ? part : null;
}

/** Parts are means over the requests of the latency; where there were none a result has 0 for each, which is no figure. */
export function isMeanOfNothing({ traffic }: RunResult, [owner, id = '', name]: readonly string[]): boolean {
  return owner === 'traffic' && name === 'parts' && traffic[id]?.latency.count === 0;
}

/** Per offered request for traffic, per record or call for what receives those, rejected writes to a stream per write, per event for the asynchronous queue; throttles per attempt of an invocation, of all functions for the account; everything else of a function per invocation. */
function rateOf(run: RunResult, path: readonly string[], count: number): number | null {
  const [owner, id = '', name = '', reader = ''] = path;
  if (owner === 'account') {
    const invocations = Object.values(run.functions).reduce((sum, fn) => sum + fn.invocations, 0);
    return share(count, invocations + count);
  }
  if (owner === 'traffic') return share(count, run.traffic[id]?.offered ?? 0);
  if (owner === 'streams' && name === 'consumers')
    return share(count, wholeOf('consumers', run.streams[id]?.consumers[reader]));
  // Writes that were rejected are not among the records.
  if (owner === 'streams' && name === 'rejected') return share(count, wholeOf(owner, run.streams[id]) + count);
  if (isReceiving(owner)) return share(count, wholeOf(owner, run[owner][id]));
  const { invocations = 0, throttles = 0, async } = run.functions[id] ?? {};
  if (name === 'async') return share(count, wholeOf('async', async));
  return share(count, name.startsWith('throttles') ? invocations + throttles : invocations);
}

/** What is counted among the requests or invocations of which it is a rate. Attempts and retries may be more than those. */
const PARTS: ReadonlySet<string> = new Set([
  ...['succeeded', 'failed', 'throttled', 'timedOut', 'unfinished'],
  ...['errors', 'timeouts', 'throttles', 'throttlesByReason', 'coldStarts'],
  ...['provisionedInvocations', 'spilloverInvocations'],
]);

/** What the figure can be, whatever the run: a share of a whole is no more than all of it. */
export function possibleOf(statistic: Statistic, [owner, , name = '']: readonly string[]): Possible {
  const isShare = statistic === 'rate' && (owner === 'traffic' || owner === 'functions') && PARTS.has(name);
  return isShare ? { least: 0, most: 1 } : NOT_NEGATIVE;
}

const RECEIVING = ['queues', 'streams', 'topics', 'dependencies'] as const;

function isReceiving(owner: string | undefined): owner is (typeof RECEIVING)[number] {
  return RECEIVING.some((kind) => kind === owner);
}

/** What rates of a resource are shares of: the first of its figures. */
function wholeOf(kind: ResourceKind, figures: object | undefined): number {
  const [[first]] = shownFigures(kind) as [[string, unknown]];
  return (figures as Readonly<Record<string, number>> | undefined)?.[first] ?? 0;
}

function share(count: number, of: number): number | null {
  return of === 0 ? null : count / of;
}

function at(value: unknown, path: readonly string[]): unknown {
  let found = value;
  for (const key of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, key)) return undefined;
    found = (found as Readonly<Record<string, unknown>>)[key];
  }
  return found;
}
