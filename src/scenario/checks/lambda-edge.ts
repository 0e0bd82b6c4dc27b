/** Functions that CloudFront calls: what Lambda@Edge does not have, its lower limits, and that nothing else may call them. */
import { billedDuration } from '../../rules/billed-duration.js';
import { ephemeralStorage } from '../../rules/ephemeral-storage.js';
import { lambdaEdge, limitsAtEdge } from '../../rules/lambda-edge.js';
import { runsAtEdge } from '../lambda-edge.js';
import { durationText } from '../quantities/duration.js';
import { memoryText } from '../quantities/size.js';
import type { Context } from '../resolve/context.js';
import type { LambdaFunctionSettings, Scenario, TrafficSettings } from '../types.js';

export function checkLambdaEdge({ functions, traffic }: Scenario, context: Context): void {
  const atEdge = functions.filter(({ id }) => runsAtEdge(id, traffic));
  for (const fn of atEdge) {
    checkFeatures(fn, context);
    for (const one of traffic.filter(({ to }) => to === fn.id)) {
      if (one.via === 'lambda-edge') checkLimits(fn, one, context);
      else checkCaller(one, context);
    }
  }
  if (atEdge.length > 0) checkBillingUnit(traffic, context);
}

type Missing = readonly [keyof LambdaFunctionSettings, string, (fn: LambdaFunctionSettings) => boolean];

/** Settings that Lambda@Edge does not have, and whether a function uses them; `included` MB of storage every function has. */
const missing = (included: number): readonly Missing[] => [
  ['provisionedConcurrency', 'provisioned concurrency', (fn) => fn.provisionedConcurrency > 0],
  ['architecture', 'arm64', (fn) => fn.architecture === 'arm64'],
  ['packageType', 'container images', (fn) => fn.packageType === 'Image'],
  ['snapStart', 'SnapStart', (fn) => fn.snapStart !== undefined],
  ['vpc', 'VPC access', (fn) => fn.vpc !== undefined],
  ['ephemeralStorage', `ephemeral storage above ${included} MB`, (fn) => fn.ephemeralStorage > included],
  ['response', 'response streaming', (fn) => fn.response.streamed],
];

function checkFeatures(fn: LambdaFunctionSettings, context: Context): void {
  const { included } = context.rules.value(ephemeralStorage);
  for (const [key, what, uses] of missing(included)) {
    if (!uses(fn)) continue;
    context.report(['functions', fn.id, key], {
      code: 'not-at-edge',
      message: `Lambda@Edge has no ${what}, and lambda-edge traffic calls this function`,
      hint: 'remove it, or use another via',
    });
  }
}

function checkCaller({ id, via, to }: TrafficSettings, context: Context): void {
  context.report(context.has(['traffic', id, 'via']) ? ['traffic', id, 'via'] : ['traffic', id, 'to'], {
    code: 'mixed-edge',
    message: `${via} calls functions.${to}, which lambda-edge traffic calls too: its bill cannot be told apart`,
    hint: 'give each its own function',
  });
}

function checkLimits(fn: LambdaFunctionSettings, { id, edgeEvent }: TrafficSettings, context: Context): void {
  const { memory, timeout } = limitsAtEdge(context.rules.value(lambdaEdge), edgeEvent);
  const report = (key: 'memory' | 'timeout', written: string, most: string) =>
    context.report(
      ['functions', fn.id, key],
      {
        code: 'above-maximum',
        message: `${written} is above the ${most} limit of Lambda@Edge at ${edgeEvent} (traffic.${id})`,
        hint: `use at most ${most}`,
      },
      [
        ['traffic', id, 'via'],
        ['traffic', id, 'edgeEvent'],
      ],
    );
  if (fn.memory > memory) report('memory', memoryText(fn.memory), memoryText(memory));
  if (fn.timeout > timeout) report('timeout', durationText(fn.timeout), durationText(timeout));
}

/** One billing unit holds for all functions of a run. */
function checkBillingUnit(traffic: readonly TrafficSettings[], context: Context): void {
  const unit = context.rules.value(lambdaEdge).granularity;
  if (unit === context.rules.value(billedDuration).granularity) return;
  const { id } = traffic.find(({ via }) => via === 'lambda-edge')!;
  const since = lambdaEdge.versions[0]!.from;
  context.report(
    ['traffic', id, 'via'],
    {
      code: 'not-supported-yet',
      message: `Lambda@Edge billed in units of ${durationText(unit)} on ${context.asOf}, other functions did not; that is not supported yet`,
      hint: `set asOf to ${since} or later, or rules.billed-duration.granularity to ${durationText(unit)} where all functions are at the edge`,
    },
    [['asOf']],
  );
}
