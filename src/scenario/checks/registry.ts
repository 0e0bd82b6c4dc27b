/** Every cross-check: what settings must be to each other, to the day and to AWS's limits. One file a subject. */
import type { Context } from '../resolve/context.js';
import type { Scenario } from '../types.js';
import { checkAsynchronous } from './asynchronous.js';
import { checkConcurrency } from './concurrency.js';
import { checkFeatureDates } from './feature-dates.js';
import { checkFunctionLimits } from './function-limits.js';
import { checkFunctionSense } from './function-sense.js';
import { checkLambdaEdge } from './lambda-edge.js';
import { checkLinks } from './links.js';
import { checkPricing } from './pricing.js';
import { checkQueueMappings } from './queue-mappings.js';
import { checkQueues } from './queues.js';
import { checkRegion } from './region.js';
import { checkRulebookDay } from './rulebook-days.js';
import { checkRun } from './run.js';
import { checkStreams } from './streams.js';
import { checkThresholds } from './thresholds.js';
import { checkTraces } from './traces.js';
import { checkTraffic } from './traffic.js';

/** `scenario` may lack what could not be read; a check that meets nothing says nothing. */
export type Check = (scenario: Scenario, context: Context) => void;

export const CHECKS: readonly Check[] = [
  checkRulebookDay,
  checkRegion,
  checkRun,
  checkFeatureDates,
  checkFunctionLimits,
  checkFunctionSense,
  checkConcurrency,
  checkLinks,
  checkAsynchronous,
  checkQueues,
  checkQueueMappings,
  checkStreams,
  checkTraffic,
  checkTraces,
  checkLambdaEdge,
  checkPricing,
  checkThresholds,
];
