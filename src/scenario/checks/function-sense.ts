/** Functions that AWS would refuse as a combination, or that cannot do what their user expects. */
import type { DistributionSpec } from '../../engine/distribution.js';
import { initDurationOf } from '../../rules/init-duration.js';
import { linksOf } from '../loops.js';
import { durationText } from '../quantities/duration.js';
import type { Context } from '../resolve/context.js';
import type { LambdaFunctionSettings, Scenario } from '../types.js';

/** Families that SnapStart takes; which versions of them is not checked. */
const SNAP_START_FAMILIES = /^(?:java|python|dotnet)/;

/** Connections of an environment are bits of an integer, one of which has another use. */
const MOST_CONNECTIONS = 30;

export function checkFunctionSense(scenario: Scenario, context: Context): void {
  const { functions } = scenario;
  const reached = reachedIds(scenario);
  warnOfIdle(
    functions.map(({ id }) => id).filter((id) => !reached.has(id)),
    context,
  );
  for (const fn of functions) {
    checkSnapStart(fn, context);
    checkRuntime(fn, context);
    checkConnections(scenario, fn, context);
    const least = leastOf(fn.duration);
    if (least !== undefined && least > fn.timeout) {
      context.warn(
        `functions.${fn.id}: no invocation ends before its timeout of ${durationText(fn.timeout)}, because duration is at least ${durationText(Math.round(least))}`,
      );
    }
    if (fn.reservedConcurrency === 0 && reached.has(fn.id)) {
      context.warn(`functions.${fn.id}: reservedConcurrency 0 ${whatStops(scenario, fn, reached)}`);
    }
  }
}

function checkConnections({ dependencies }: Scenario, { id, calls }: LambdaFunctionSettings, context: Context): void {
  const connecting = dependencies.filter(
    ({ id: to, connection }) => connection !== undefined && calls.some((call) => call.to === to),
  );
  if (connecting.length <= MOST_CONNECTIONS) return;
  context.report(['functions', id, 'calls'], {
    code: 'above-maximum',
    message: `${connecting.length} of the dependencies it calls have connections, and an environment holds those of at most ${MOST_CONNECTIONS}`,
    hint: 'put some of them together',
  });
}

/** Calls and batches are throttled, and may come again; asynchronous events are gone. */
function whatStops(scenario: Scenario, fn: LambdaFunctionSettings, reached: ReadonlySet<string>): string {
  const { traffic, functions, topics } = scenario;
  const callers = functions.filter(({ id }) => reached.has(id));
  const ways = [
    ...traffic.filter(({ to }) => to === fn.id).map(({ invocation }) => invocation),
    ...callers.flatMap(({ calls }) => calls.filter(({ to }) => to === fn.id).map(({ invocation }) => invocation)),
    ...callers
      .flatMap(({ async: { onSuccess, onFailure } }) => [onSuccess, onFailure])
      .flatMap((to) => (to === fn.id ? ['Event' as const] : [])),
    ...topics.flatMap(({ id, subscribers }) =>
      reached.has(id) && subscribers.some(({ to }) => to === fn.id) ? ['Event' as const] : [],
    ),
  ];
  const drops = 'drops every asynchronous event at once, without a retry';
  if (!ways.includes('Event')) return 'throttles every call';
  const isCalled = ways.includes('RequestResponse') || fn.eventSources.length > 0;
  return isCalled ? `throttles every call, and ${drops}` : drops;
}

/** Whatever traffic or a backlog can get to, in any number of steps. */
function reachedIds(scenario: Scenario): ReadonlySet<string> {
  const links = linksOf(scenario);
  const reached = new Set(scenario.traffic.map(({ to }) => to));
  for (const { id, backlog } of [...scenario.queues, ...scenario.streams]) if (backlog > 0) reached.add(id);
  // A set hands out what is added while it is read.
  for (const id of reached) for (const { to } of links.get(id) ?? []) reached.add(to);
  return reached;
}

function warnOfIdle(ids: readonly string[], context: Context): void {
  if (ids.length === 0) return;
  const named = ids
    .slice(0, 5)
    .map((id) => `functions.${id}`)
    .join(', ');
  const others = ids.length > 5 ? ` and ${ids.length - 5} more` : '';
  context.warn(`${named}${others} ${ids.length === 1 ? 'gets' : 'get'} no traffic`);
}

function checkSnapStart(
  { id, snapStart, provisionedConcurrency, packageType, runtime }: LambdaFunctionSettings,
  context: Context,
): void {
  if (snapStart === undefined) return;
  const path = ['functions', id, 'snapStart'];
  const refuse = (message: string, hint: string, other: string): void => {
    context.report(path, { code: 'cannot-combine', message, hint }, [['functions', id, other]]);
  };
  if (provisionedConcurrency > 0)
    refuse(
      'a version has SnapStart or provisioned concurrency, not both',
      'remove one of them',
      'provisionedConcurrency',
    );
  if (packageType === 'Image')
    refuse('container images have no SnapStart', 'use packageType: Zip, or remove snapStart', 'packageType');
  if (runtime !== undefined && !SNAP_START_FAMILIES.test(runtime)) {
    refuse(`${runtime} has no SnapStart`, 'use a Java, Python or .NET runtime, or remove snapStart', 'runtime');
  }
}

/** A runtime without a measurement of its own borrows the nearest one, which the user should know. */
function checkRuntime(fn: LambdaFunctionSettings, context: Context): void {
  if (fn.init !== undefined) return;
  const { warning } = initDurationOf(fn, context.rules);
  if (warning !== undefined) context.warn(`functions.${fn.id}: ${warning}`);
}

/** The least value a distribution can give, where it has one above 0. */
function leastOf(spec: DistributionSpec): number | undefined {
  switch (spec.kind) {
    case 'constant':
      return spec.value;
    case 'uniform':
    case 'pareto':
      return spec.min;
    case 'quantiles':
      return spec.points[0]?.[1];
    case 'samples':
      return spec.values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
    case 'mixture':
      return spec.parts
        .filter(({ weight }) => weight > 0)
        .reduce((least, { of }) => Math.min(least, leastOf(of) ?? 0), Number.POSITIVE_INFINITY);
    default:
      return undefined;
  }
}
