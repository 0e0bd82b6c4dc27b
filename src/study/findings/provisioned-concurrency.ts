/** Provisioned concurrency that is too small for its load, and provisioned concurrency that costs more than it saves. */

import { count, counted, money, share } from '../../engine/format.js';
import { provisionedConcurrency } from '../../rules/provisioned-concurrency.js';
import { requestRateQuota, requestsPerSecond } from '../../rules/request-rate-quota.js';
import type { LambdaFunctionSettings } from '../../scenario/types.js';
import { heldIn } from '../periods.js';
import type { Found } from './found.js';
import type { Subject } from './subject.js';

export function spillover(subject: Subject): Found[] {
  return subject.scenario.functions.flatMap((fn): Found[] => {
    const { invocations, spilloverInvocations, coldStarts } = subject.run.functions[fn.id]!;
    if (spilloverInvocations === 0) return [];
    const resource = `functions.${fn.id}`;
    const message = `${count(spilloverInvocations)} of ${counted(invocations, 'invocation')} of ${fn.id} (${share(spilloverInvocations / invocations)}) ran on demand, ${count(coldStarts)} of them cold, because ${reason(subject, fn)}.`;
    const period = subject.period(resource, 'ProvisionedConcurrencySpilloverInvocations');
    const knob = `${resource}.provisionedConcurrency`;
    // Those that found a warm environment were served as well, unless a threshold will have none.
    const isJudged = subject.failed.some(({ path }) => path[1] === fn.id && path[2] === 'spilloverInvocations');
    const weight = {
      touches: ['spilloverInvocations', 'coldStarts', 'latency'],
      requests: (isJudged ? spilloverInvocations : coldStarts) / invocations,
      bill: 0,
    } as const;
    return [{ resource, limit: 'ProvisionedConcurrency', ...period, message, knob, ...weight }];
  });
}

/** Why an environment that was allocated did not take them. */
function reason({ run, rules }: Subject, fn: LambdaFunctionSettings): string {
  const allocated = `its provisioned concurrency of ${count(fn.provisionedConcurrency)}`;
  const { max: used } = run.functions[fn.id]!.provisionedConcurrency!;
  if (used >= fn.provisionedConcurrency) return `${allocated} was in use`;
  if (!rules.value(provisionedConcurrency).readyAtStart) return `${allocated} was not yet allocated, or in use`;
  const rate = rules.value(requestRateQuota);
  const most = count(requestsPerSecond(rate, fn.provisionedConcurrency));
  return `${allocated} takes ${most} requests a second, ${count(rate.perConcurrency)} for each`;
}

/** Allocated so much beyond its use that the same runs on demand would have cost less. What it saves in latency is not weighed. */
export function idleProvisioned(subject: Subject): Found[] {
  return subject.scenario.functions.flatMap((fn): Found[] => {
    const { provisionedGbSeconds, provisionedDurationGbSeconds } = subject.run.functions[fn.id]!.billed;
    if (provisionedGbSeconds === 0) return [];
    const used = provisionedDurationGbSeconds / provisionedGbSeconds;
    const needed = breakEven(subject, fn);
    if (needed === undefined || used >= needed) return [];
    const resource = `functions.${fn.id}`;
    const use = subject.evidence.provisionedUse.get(fn.id);
    const period = subject.periodOf(use && heldIn(subject.scenario.run, (bucket) => use[bucket]! < needed));
    const month = subject.monthlyUsd(fn.id, 'Provisioned concurrency');
    const message = `The provisioned concurrency of ${fn.id} was in use ${share(used)} of the time it is paid for, at ${money(month)} a month; ${whenCheaper(needed)}.`;
    return [
      {
        resource,
        limit: 'ProvisionedConcurrencyIdle',
        ...period,
        message,
        knob: `${resource}.provisionedConcurrency`,
        touches: ['bill'],
        requests: 0,
        bill: subject.shareOfBill(month),
      },
    ];
  });
}

/** From which use on it costs less than the same runs on demand; in some regions the prices allow none. */
function whenCheaper(needed: number): string {
  return needed < 1
    ? `it costs less than running on demand from ${share(needed)} on`
    : 'at these prices it never costs less than running on demand';
}

/**
 * The use from which provisioned concurrency costs less than the same runs on demand, by the first tier of the prices:
 * allocation / (duration on demand - duration on provisioned). Infinite where on demand is never dearer.
 */
function breakEven(subject: Subject, fn: LambdaFunctionSettings): number | undefined {
  const allocated = subject.usdOf(fn, { provisionedGbSeconds: 1 });
  const provisioned = subject.usdOf(fn, { provisionedDurationGbSeconds: 1 });
  const onDemand = subject.usdOf(fn, { gbSeconds: 1 });
  if (allocated === undefined || provisioned === undefined || onDemand === undefined) return undefined;
  return onDemand > provisioned ? allocated / (onDemand - provisioned) : Number.POSITIVE_INFINITY;
}
