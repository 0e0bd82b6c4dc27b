/** Requests that failed outside the function: in front of Lambda, inside it, and by clients that ran out of attempts. */

import { count, counted, share } from '../../engine/format.js';
import { apiGatewayRate } from '../../rules/api-gateway-rate.js';
import { heldIn } from '../periods.js';
import type { Found } from './found.js';
import type { Subject } from './subject.js';

/** API Gateway's own quota: Lambda sees nothing of what it refuses. Needs evidence; a result alone does not tell it. */
export function apiGatewayRefusals(subject: Subject): Found[] {
  return subject.scenario.traffic.flatMap(({ id }): Found[] => {
    const refused = subject.evidence.refusedInFront.get(id) ?? 0;
    if (refused === 0) return [];
    const resource = `traffic.${id}`;
    const { perSecond, burst } = subject.rules.value(apiGatewayRate);
    const refusedShare = refused / subject.run.traffic[id]!.attempts;
    const message = `API Gateway refused ${counted(refused, 'request')} of ${id} (${share(refusedShare)} of its attempts) before Lambda saw them: all APIs of the account may have ${count(perSecond)} a second, with bursts of ${count(burst)}.`;
    const period = subject.period(resource, 'Throttled');
    const knob = `rules.${apiGatewayRate.name}.perSecond`;
    const weight = {
      touches: ['throttled', 'succeeded', 'attempts', 'latency'],
      requests: refusedShare,
      bill: 0,
    } as const;
    return [{ resource, limit: 'ApiGatewayRate', ...period, message, knob, ...weight }];
  });
}

/** Invocations that Lambda itself failed during the outages of the scenario. */
export function serviceErrors(subject: Subject): Found[] {
  const { scenario, run } = subject;
  const { outages } = scenario.account;
  const { warmUp, duration, timeline } = scenario.run;
  const from = Math.max(warmUp, Math.min(...outages.map(({ at }) => at)));
  const to = Math.min(duration, Math.max(...outages.map((outage) => outage.at + outage.for)));
  const isOut = (bucket: number) =>
    outages.some((outage) => outage.at < (bucket + 1) * timeline && outage.at + outage.for > bucket * timeline);
  const period = subject.periodOf(heldIn(scenario.run, isOut, { from, to }));
  return scenario.functions.flatMap(({ id }): Found[] => {
    const { invocations, throttles, serviceErrors: count } = run.functions[id]!;
    if (count === 0) return [];
    const message = `Lambda failed ${counted(count, 'attempt')} to invoke ${id} with a service error during the outage: none of them ran or was billed.`;
    const weight = {
      touches: ['serviceErrors', 'failed', 'succeeded', 'attempts', 'latency'],
      requests: count / (invocations + throttles + count),
      bill: 0,
    } as const;
    return [
      { resource: `functions.${id}`, limit: 'ServiceError', ...period, message, knob: 'account.outages', ...weight },
    ];
  });
}

/** Clients that retry throttles and gave up all the same. */
export function exhaustedRetries(subject: Subject): Found[] {
  return subject.scenario.traffic.flatMap(({ id, retry }): Found[] => {
    const { throttled, offered, attempts } = subject.run.traffic[id]!;
    if (throttled === 0 || retry.kind === 'none' || attempts <= offered) return [];
    const resource = `traffic.${id}`;
    const message = `${count(throttled)} of ${counted(offered, 'request')} of ${id} (${share(throttled / offered)}) were still throttled at their last attempt; retries made ${(attempts / offered).toFixed(2)} attempts of each request.`;
    const period = subject.period(resource, 'Throttled');
    const weight = { touches: ['throttled', 'succeeded', 'attempts'], requests: throttled / offered, bill: 0 } as const;
    return [{ resource, limit: 'RetriesExhausted', ...period, message, knob: `${resource}.retry`, ...weight }];
  });
}
