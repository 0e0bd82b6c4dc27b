/** Every rule, in the order of their names: what `lambdasim rules` prints and what `rules:` of a scenario may override. */
import { accountConcurrency } from './account-concurrency.js';
import { apiGatewayRate } from './api-gateway-rate.js';
import { asyncDispatch } from './async-dispatch.js';
import { asyncEventAge } from './async-event-age.js';
import { asyncFunctionErrorRetry } from './async-function-error-retry.js';
import { asyncHandOver } from './async-hand-over.js';
import { asyncThrottleBackoff } from './async-throttle-backoff.js';
import { billedDuration } from './billed-duration.js';
import { billedInit } from './billed-init.js';
import { clientBackoff } from './client-backoff.js';
import { clientRetry } from './client-retry.js';
import { durationTiers } from './duration-tiers.js';
import { environmentChoice } from './environment-choice.js';
import { environmentKeepAlive } from './environment-keep-alive.js';
import { environmentMaxAge } from './environment-max-age.js';
import { ephemeralStorage } from './ephemeral-storage.js';
import { ephemeralStorageCharge } from './ephemeral-storage-charge.js';
import { fifoMessageGroups } from './fifo-message-groups.js';
import { freeTier } from './free-tier.js';
import { frontEndCharge } from './front-end-charge.js';
import { functionScalingRate } from './function-scaling-rate.js';
import { functionTimeout } from './function-timeout.js';
import { initDuration } from './init-duration.js';
import { initPhase } from './init-phase.js';
import { initStandIn } from './init-stand-in.js';
import { lambdaEdge } from './lambda-edge.js';
import { memoryAndCpu } from './memory-and-cpu.js';
import { messageLimits } from './message-limits.js';
import { messagingCharge } from './messaging-charge.js';
import { packageDownload } from './package-download.js';
import { packageLimits } from './package-limits.js';
import { payloadLimits } from './payload-limits.js';
import { platformOverhead } from './platform-overhead.js';
import { proactiveInit } from './proactive-init.js';
import { provisionedCharge } from './provisioned-charge.js';
import { provisionedConcurrency } from './provisioned-concurrency.js';
import { recursionDetection } from './recursion-detection.js';
import { requestCharge } from './request-charge.js';
import { requestRateQuota } from './request-rate-quota.js';
import { reservedConcurrency } from './reserved-concurrency.js';
import { responseStreaming } from './response-streaming.js';
import { responseStreamingCharge } from './response-streaming-charge.js';
import type { FieldKind, Rule } from './rule.js';
import { snapStart } from './snap-start.js';
import { snapStartCharge } from './snap-start-charge.js';
import { sqsBatching } from './sqs-batching.js';
import { sqsErrorBackoff } from './sqs-error-backoff.js';
import { sqsFifoThroughput } from './sqs-fifo-throughput.js';
import { sqsMaximumConcurrency } from './sqs-maximum-concurrency.js';
import { sqsPollerScaling } from './sqs-poller-scaling.js';
import { sqsPolling } from './sqs-polling.js';
import { sqsProvisionedPollers } from './sqs-provisioned-pollers.js';
import { sqsQueueLimits } from './sqs-queue-limits.js';
import { sqsRedrive } from './sqs-redrive.js';
import { sqsThrottleBackoff } from './sqs-throttle-backoff.js';
import { sqsVisibility } from './sqs-visibility.js';
import { streamBatching } from './stream-batching.js';
import { streamCharge } from './stream-charge.js';
import { streamErrorHandling } from './stream-error-handling.js';
import { streamParallelization } from './stream-parallelization.js';
import { streamPolling } from './stream-polling.js';
import { streamResharding } from './stream-resharding.js';
import { streamRetention } from './stream-retention.js';
import { streamThroughput } from './stream-throughput.js';
import { synchronousCallers } from './synchronous-callers.js';
import { vpcNetwork } from './vpc-network.js';

export const allRules: readonly Rule<object>[] = [
  accountConcurrency,
  apiGatewayRate,
  asyncDispatch,
  asyncEventAge,
  asyncFunctionErrorRetry,
  asyncHandOver,
  asyncThrottleBackoff,
  billedDuration,
  billedInit,
  clientBackoff,
  clientRetry,
  durationTiers,
  environmentChoice,
  environmentKeepAlive,
  environmentMaxAge,
  ephemeralStorage,
  ephemeralStorageCharge,
  fifoMessageGroups,
  freeTier,
  frontEndCharge,
  functionScalingRate,
  functionTimeout,
  initDuration,
  initPhase,
  initStandIn,
  lambdaEdge,
  memoryAndCpu,
  messageLimits,
  messagingCharge,
  packageDownload,
  packageLimits,
  payloadLimits,
  platformOverhead,
  proactiveInit,
  provisionedCharge,
  provisionedConcurrency,
  recursionDetection,
  requestCharge,
  requestRateQuota,
  reservedConcurrency,
  responseStreaming,
  responseStreamingCharge,
  snapStart,
  snapStartCharge,
  sqsBatching,
  sqsErrorBackoff,
  sqsFifoThroughput,
  sqsMaximumConcurrency,
  sqsPollerScaling,
  sqsPolling,
  sqsProvisionedPollers,
  sqsQueueLimits,
  sqsRedrive,
  sqsThrottleBackoff,
  sqsVisibility,
  streamBatching,
  streamCharge,
  streamErrorHandling,
  streamParallelization,
  streamPolling,
  streamResharding,
  streamRetention,
  streamThroughput,
  synchronousCallers,
  vpcNetwork,
];

/** The rule of a name, or undefined. */
export function ruleNamed(name: string): Rule<object> | undefined {
  return allRules.find((rule) => rule.name === name);
}

/** Field name → what it may be, for a rule of the catalogue. */
export function fieldsOf(rule: Rule<object>): Readonly<Record<string, FieldKind>> {
  return rule.fields as Readonly<Record<string, FieldKind>>;
}
