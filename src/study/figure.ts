/** A figure of a run as a threshold names it: a statistic of what lies at a path of the RunResult. */
import type { RunResult } from '../results/run-result.js';
import type { Statistic } from '../scenario/types.js';

/**
 * In the unit of the results; null where nothing happened that it could be taken of. A count by a key that is missing,
 * such as a throttle reason that never occurred, is 0. On a figure that is one number every statistic but `rate` is it.
 */
export function figureOf(run: RunResult, statistic: Statistic, path: readonly string[]): number | null {
  const found = at(run, path);
  if (statistic === 'rate') return rateOf(run, path, typeof found === 'number' ? found : 0);
  if (typeof found === 'number' || found === null) return found;
  if (found === undefined) return 0;
  const part = at(found, [statistic === 'p99.9' ? 'p999' : statistic]);
  return typeof part === 'number' ? part : null;
}

/** Per offered request for traffic; throttles per attempt of an invocation; everything else of a function per invocation. */
function rateOf(run: RunResult, path: readonly string[], count: number): number | null {
  const [owner, id = '', name = ''] = path;
  if (owner === 'traffic') return share(count, run.traffic[id]?.offered ?? 0);
  const { invocations = 0, throttles = 0 } = run.functions[id] ?? {};
  return share(count, name.startsWith('throttles') ? invocations + throttles : invocations);
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
