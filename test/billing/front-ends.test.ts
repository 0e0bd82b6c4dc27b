/** What API Gateway, Step Functions, load balancers, SNS and EventBridge charge for bringing requests: bills computed by hand. */
import { describe, expect, it } from 'vitest';
import { bill } from '../../src/billing/bill.js';
import type { NeighbourUsage } from '../../src/billing/neighbours.js';
import { HOUR, KB, MINUTE, SECOND } from '../../src/engine/units.js';
import type { Bill } from '../../src/results/run-result.js';
import { parseBillable } from '../../src/study/parse-billable.js';
import { resultsOf } from '../../src/study/results-of.js';
import { simulate } from '../../src/study/simulate.js';
import { aScenario, constant, type ScenarioBuilder } from '../support/a-scenario.js';

type Options = Parameters<ScenarioBuilder['withTraffic']>[3];

/** Traffic `web` to `f`, for an hour. */
function hour(
  options: Options,
  shape: Parameters<ScenarioBuilder['withTraffic']>[2] = tenRequests,
  fn: Parameters<ScenarioBuilder['withFunction']>[1] = {},
): ScenarioBuilder {
  return aScenario()
    .run({ duration: HOUR })
    .withFunction('f', { duration: constant(10_000), response: { size: KB, streamed: false, rate: undefined }, ...fn })
    .withTraffic('web', 'f', shape, options);
}
const tenRequests = { kind: 'burst' as const, at: 0, count: 10 };

/** Item, quantity and USD of the lines of a resource. */
function linesOf({ lines }: Bill, resource = 'traffic.web') {
  return lines.filter((line) => line.resource === resource).map(({ item, quantity, usd }) => [item, quantity, usd]);
}
const asynchronous = { invocation: 'Event' } as const;
const close = (value: number) => expect.closeTo(value, 12);

describe('the requests of a front end', () => {
  it.each([
    ['http-api', { via: 'http-api' }, 'API Gateway requests (HTTP)', 10, 10e-6],
    ['http-api, 512 KB', { via: 'http-api', payload: 512 * KB }, 'API Gateway requests (HTTP)', 10, 10e-6],
    ['http-api, 513 KB', { via: 'http-api', payload: 513 * KB }, 'API Gateway requests (HTTP)', 20, 20e-6],
    ['rest-api', { via: 'rest-api', payload: 513 * KB }, 'API Gateway requests (REST)', 10, 35e-6],
    ['rest-api, Event', { via: 'rest-api', ...asynchronous }, 'API Gateway requests (REST)', 10, 35e-6],
    ['step-functions', { via: 'step-functions' }, 'Step Functions transitions', 10, 0.00025],
    ['sns, 65 KB', { via: 'sns', ...asynchronous, payload: 65 * KB }, 'SNS publishes', 20, 10e-6],
    ['eventbridge', { via: 'eventbridge', ...asynchronous }, 'EventBridge events', 10, 10e-6],
  ] as const)('%s: a line of the traffic', (_, options, item, quantity, usd) => {
    expect(linesOf(simulate(hour(options).build()).bill)).toEqual([[item, quantity, close(usd)]]);
  });

  it.each([
    { via: 'sdk' },
    { via: 'function-url' },
    { via: 'event', ...asynchronous },
    { via: 's3', ...asynchronous },
  ] as const)('cost nothing by $via', (options) => {
    expect(linesOf(simulate(hour(options).build()).bill)).toEqual([]);
  });

  it('cost nothing where a schedule of EventBridge makes them', () => {
    const { traffic, bill: of } = simulate(
      hour(
        { via: 'eventbridge', ...asynchronous },
        {
          kind: 'schedule',
          expression: 'rate(1 minute)',
          timezone: 'UTC',
        },
      ).build(),
    );
    expect(traffic.web!.offered).toBeGreaterThan(50);
    expect(linesOf(of)).toEqual([]);
  });

  it('are counted after the warm-up', () => {
    const both = hour({ via: 'http-api' })
      .run({ duration: 2 * HOUR, warmUp: HOUR })
      .withTraffic('later', 'f', { ...tenRequests, at: HOUR + MINUTE, count: 3 }, { via: 'http-api' });
    const { bill: of } = simulate(both.build());
    expect([linesOf(of), linesOf(of, 'traffic.later')]).toEqual([[], [[expect.any(String), 3, close(3e-6)]]]);
  });
});

describe('attempts of a client', () => {
  const retry = {
    kind: 'backoff' as const,
    interval: SECOND,
    backoffRate: 1,
    maximumDelay: SECOND,
    jitter: 'none' as const,
    maximumAttempts: 4,
    on: ['throttle'] as const,
  };

  it('are all charged where Lambda throttles them', () => {
    const stopped = hour({ via: 'http-api', retry: retry as never }, tenRequests, { reservedConcurrency: 0 });
    const { functions, traffic, bill: of } = simulate(stopped.build());
    expect(functions.f).toMatchObject({ invocations: 0, throttles: 40 });
    expect(traffic.web).toMatchObject({ offered: 10, attempts: 40, throttled: 10 });
    expect(of.lines).toEqual([
      expect.objectContaining({
        service: 'Amazon API Gateway',
        resource: 'traffic.web',
        quantity: 40,
        usd: close(40e-6),
      }),
    ]);
  });

  it('are free where API Gateway itself refuses them', () => {
    const crowded = hour({ via: 'rest-api' }).rules({ 'api-gateway-rate': { burst: 4, perSecond: 1 } as never });
    const { traffic, bill: of } = simulate(crowded.build());
    expect(traffic.web).toMatchObject({ offered: 10, succeeded: 4, throttled: 6 });
    expect(linesOf(of)).toEqual([[expect.any(String), 4, close(14e-6)]]);
  });

  it('are a transition each in Step Functions, of which 4,000 a month are free', () => {
    const failing = () =>
      hour({ via: 'step-functions', retry: retry as never }, tenRequests, { reservedConcurrency: 0 });
    const { bill: of } = simulate(failing().build());
    expect(linesOf(of)).toEqual([['Step Functions transitions', 40, close(0.001)]]);
    // 730 times 40 are 29,200 in a month.
    expect(of.monthly).toBeCloseTo(29.2 * 0.025, 9);
    const free = simulate(failing().account({ freeTier: true }).build());
    expect(free.bill.monthly).toBeCloseTo(25.2 * 0.025, 9);
  });
});

describe('volume tiers of API Gateway', () => {
  const month = (...usage: readonly (readonly [NeighbourUsage['meter'], number])[]) =>
    bill([], {
      region: 'us-east-1',
      asOf: '2026-11-21',
      neighbours: usage.map(([meter, quantity], index) => ({ resource: `traffic.${index}`, meter, quantity })),
    });

  it.each([
    ['rest-api', 333e6, 333 * 3.5],
    ['rest-api', 1.5e9, 333 * 3.5 + 667 * 2.8 + 500 * 2.38],
    ['rest-api', 21e9, 333 * 3.5 + 667 * 2.8 + 19_000 * 2.38 + 1_000 * 1.51],
    ['http-api', 450e6, 300 + 150 * 0.9],
  ] as const)('%s: %d a month', (meter, quantity, usd) => {
    expect(month([meter, quantity]).total).toBeCloseTo(usd, 6);
  });

  it('are of all traffics together, and of REST and HTTP apart', () => {
    const { lines, total } = month(['http-api', 300e6], ['http-api', 150e6], ['rest-api', 1e6]);
    expect(total).toBeCloseTo(435 + 3.5, 6);
    expect(lines[0]!.usd / lines[1]!.usd).toBeCloseTo(2, 9);
  });

  it('are crossed by the month that a run stands for', () => {
    // 720,000 requests an hour are 525.6 million in a month.
    const steady = hour({ via: 'http-api', arrivals: { kind: 'regular' } }, { kind: 'rate', rate: 200 }).build();
    const { bill: of } = simulate({ ...steady, pricing: { ...steady.pricing, include: ['api-gateway'] } });
    expect(of.total).toBeCloseTo(0.72, 9);
    expect(of.monthly).toBeCloseTo(300 + 225.6 * 0.9, 6);
  });
});

describe('a load balancer', () => {
  const regular = { kind: 'rate' as const, rate: 50 };

  it('is paid for by the hour, and by new connections where requests are small', () => {
    // 50 new connections a second are two capacity units, for an hour.
    const { bill: of } = simulate(hour({ via: 'alb', arrivals: { kind: 'regular' } }, regular).build());
    expect(linesOf(of)).toEqual([
      ['Load balancer hours', 1, close(0.0225)],
      ['Load balancer capacity units', close(2), close(0.016)],
    ]);
  });

  it('is paid for by what it processes where they are large', () => {
    // 180,000 requests of 11 KB and answers of 1 KB, at 0.4 GB for a capacity unit.
    const { bill: of } = simulate(
      hour({ via: 'alb', arrivals: { kind: 'regular' }, payload: 11 * KB }, regular).build(),
    );
    const units = (180_000 * 12) / 1024 ** 2 / 0.4;
    expect(linesOf(of)[1]).toEqual(['Load balancer capacity units', close(units), close(units * 0.008)]);
  });

  it('has fewer connections where the scenario says that clients keep them', () => {
    const nothing = { response: { size: 0, streamed: false, rate: undefined } };
    const kept = hour({ via: 'alb', arrivals: { kind: 'regular' }, payload: 0 }, regular, nothing).rules({
      'front-end-charge': { requestsPerConnection: 10 } as never,
    });
    const { bill: of } = simulate(kept.build());
    expect(linesOf(of)[1]![1]).toBeCloseTo(0.2, 9);
  });

  it('is paid for when nobody comes', () => {
    const { bill: of } = simulate(hour({ via: 'alb' }, { kind: 'burst', at: 2 * HOUR, count: 1 }).build());
    expect(linesOf(of)).toEqual([['Load balancer hours', 1, close(0.0225)]]);
  });
});

describe('a front end without a known price', () => {
  it('has no line, and the report says so once', () => {
    const scenario = hour({ via: 'cognito' }).build();
    const run = simulate(scenario);
    expect(linesOf(run.bill)).toEqual([]);
    const program = { name: 'lambdasim', version: '0' };
    expect(resultsOf(scenario, [run], program).notBilled).toEqual([
      'what cognito charges for the requests of traffic.web',
    ]);
    const known = hour({ via: 'http-api' }).build();
    expect(resultsOf(known, [simulate(known)], program)).not.toHaveProperty('notBilled');
  });

  const text = (top: string) => `region: eu-west-1
${top}
functions: { f: { duration: 10ms } }
traffic: { web: { to: f, via: http-api, burst: { at: 0s, count: 10 } } }`;

  it('of the region is left out of the bill with a warning, and comes back with a price', () => {
    const lacking = parseBillable(text(''));
    expect(lacking.problems).toEqual([]);
    expect(lacking.scenario!.warnings).toEqual([
      'not on the bill, as no price is known in eu-west-1: api-gateway.http (traffic.web); give one under pricing.overrides',
    ]);
    expect(linesOf(simulate(lacking.scenario!).bill)).toEqual([]);
    const given = parseBillable(text('pricing: { overrides: { api-gateway.http: 1.11 } }'));
    expect(given.scenario!.warnings).toEqual(['prices: 1 overridden']);
    expect(linesOf(simulate(given.scenario!).bill)).toEqual([[expect.any(String), 10, close(11.1e-6)]]);
    expect(parseBillable(text('pricing: { include: [lambda] }')).scenario!.warnings).toEqual([]);
  });

  it('of the region is known for some', () => {
    const inLondon = simulate({ ...hour({ via: 'http-api' }).build(), region: 'eu-west-2' });
    expect(linesOf(inLondon.bill)).toEqual([[expect.any(String), 10, close(11.6e-6)]]);
    const inSaoPaulo = simulate({ ...hour({ via: 'step-functions' }).build(), region: 'sa-east-1' });
    expect(linesOf(inSaoPaulo.bill)).toEqual([[expect.any(String), 10, close(0.000375)]]);
  });
});
