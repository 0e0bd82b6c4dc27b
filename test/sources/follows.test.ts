/** Traffic that follows other traffic: how much of it, how much later, and what it follows. */
import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../src/engine/units.js';
import { simulate } from '../../src/study/simulate.js';
import { Simulation } from '../../src/study/simulation.js';
import { aScenario, constant } from '../support/a-scenario.js';

const following = (ratio: number, delay = constant(0)) => ({ kind: 'follows', traffic: 'web', ratio, delay }) as const;

describe('traffic that follows', () => {
  it('is its ratio of the requests it follows, of which each is followed or not by chance', () => {
    const shares = Array.from({ length: 20 }, (_, seed) => {
      const { traffic } = simulate(
        aScenario()
          .run({ duration: HOUR, seed: seed + 1 })
          .withFunction('api')
          .withTraffic('web', 'api', 2)
          .withTraffic('checkout', 'api', following(0.12))
          .build(),
      );
      return { offered: traffic.web!.offered, followed: traffic.checkout!.offered };
    });
    const offered = shares.reduce((sum, one) => sum + one.offered, 0);
    const followed = shares.reduce((sum, one) => sum + one.followed, 0);
    expect(Math.abs(followed / offered - 0.12)).toBeLessThan(4 * Math.sqrt((0.12 * 0.88) / offered));
    expect(new Set(shares.map((one) => one.followed)).size).toBeGreaterThan(10);
  });

  it('comes its delay later', () => {
    const simulation = new Simulation(
      aScenario()
        .run({ duration: 5 * MINUTE })
        .withFunction('api')
        .withTraffic('web', 'api', { kind: 'burst', at: 10 * SECOND, count: 7 })
        .withTraffic('checkout', 'api', following(1, constant(3 * MINUTE)))
        .build(),
      { timeline: true },
    );
    simulation.advance();
    const came = [...simulation.timeline!.rows()].filter(
      ({ resource, metric, value }) => resource.startsWith('traffic.') && metric === 'Requests' && value > 0,
    );
    expect(came.map(({ resource, at, value }) => [resource, at / MINUTE, value])).toEqual([
      ['traffic.web', 0, 7],
      ['traffic.checkout', 3, 7],
    ]);
  });

  it('that would come after the end does not', () => {
    const { traffic } = simulate(
      aScenario()
        .run({ duration: MINUTE })
        .withFunction('api')
        .withTraffic('web', 'api', { kind: 'burst', at: 10 * SECOND, count: 7 })
        .withTraffic('checkout', 'api', following(1, constant(MINUTE)))
        .build(),
    );
    expect(traffic.checkout!.offered).toBe(0);
  });

  it('follows requests, whatever becomes of them, and no retries', () => {
    const { traffic } = simulate(
      aScenario()
        .run({ duration: MINUTE })
        .withFunction('stopped', { reservedConcurrency: 0 })
        .withFunction('api')
        .withTraffic(
          'web',
          'stopped',
          { kind: 'burst', at: 0, count: 7 },
          { retry: { kind: 'sdk', mode: 'standard', maximumAttempts: 3 } },
        )
        .withTraffic('checkout', 'api', following(1))
        .withTraffic('survey', 'api', { ...following(1, constant(SECOND)), traffic: 'checkout' })
        .build(),
    );
    expect(traffic.web).toMatchObject({ offered: 7, attempts: 21, throttled: 7 });
    expect(traffic.checkout).toMatchObject({ offered: 7, succeeded: 7 });
    expect(traffic.survey).toMatchObject({ offered: 7, succeeded: 7 });
  });

  it('moves nobody else: the traffic it follows is what it was', () => {
    const offered = (ratio: number) =>
      simulate(
        aScenario()
          .withFunction('api')
          .withTraffic('web', 'api', 2)
          .withTraffic('checkout', 'api', following(ratio))
          .build(),
      ).traffic.web!.offered;
    expect(offered(0.9)).toBe(offered(0.1));
  });

  it('follows events that are handed over', () => {
    const { traffic, queues } = simulate(
      aScenario()
        .run({ duration: MINUTE })
        .withQueue('orders')
        .withFunction('api')
        .withTraffic('web', 'api', { kind: 'burst', at: 0, count: 7 }, { via: 's3', invocation: 'Event' })
        .withTraffic('audit', 'orders', following(1), { invocation: 'Event' })
        .build(),
    );
    expect([traffic.audit!.offered, queues.orders!.sent]).toEqual([7, 7]);
  });
});
