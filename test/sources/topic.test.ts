/** Topics and buses: who gets a record, who is filtered out, and who does not take it. */
import { describe, expect, it } from 'vitest';
import { HOUR, KB, MINUTE, SECOND } from '../../src/engine/units.js';
import { simulate } from '../../src/study/simulate.js';
import { Simulation } from '../../src/study/simulation.js';
import { aScenario } from '../support/a-scenario.js';

describe('a topic', () => {
  it('hands each record to every subscriber, and to one with a filter the share that passes, each by chances of its own', () => {
    const { topics, queues, functions } = simulate(
      aScenario()
        .run({ duration: HOUR })
        .withQueue('all')
        .withQueue('some')
        .withQueue('others')
        .withFunction('mailer')
        .withTopic('news', [
          { to: 'all', filter: 1 },
          { to: 'some', filter: 0.35 },
          { to: 'others', filter: 0.35 },
          { to: 'mailer', filter: 0 },
        ])
        .withTraffic('web', 'news', 10, { invocation: 'Event' })
        .build(),
    );
    const { published, delivered, filtered } = topics.news!;
    const [some, others] = [queues.some!.sent, queues.others!.sent];
    expect(queues.all!.sent).toBe(published);
    expect(functions.mailer!.async.received).toBe(0);
    expect(delivered).toBe(published + some + others);
    expect(filtered).toBe(4 * published - delivered);
    // Four standard errors of a share of 0.35.
    const tolerance = 4 * Math.sqrt((0.35 * 0.65) / published);
    for (const sent of [some, others]) expect(Math.abs(sent / published - 0.35)).toBeLessThan(tolerance);
    expect(some).not.toBe(others);
  });

  it('hands a record twice to who has subscribed twice, and on to another topic', () => {
    const { topics, queues } = simulate(
      aScenario()
        .run({ duration: MINUTE })
        .withQueue('audit')
        .withTopic('news', [{ to: 'audit', filter: 1 }])
        .withTopic(
          'bus',
          [
            { to: 'audit', filter: 1 },
            { to: 'audit', filter: 1 },
            { to: 'news', filter: 1 },
          ],
          { type: 'eventbridge' },
        )
        .withTraffic('web', 'bus', { kind: 'burst', at: 0, count: 5 }, { invocation: 'Event' })
        .build(),
    );
    expect(topics).toMatchObject({ bus: { published: 5, delivered: 15 }, news: { published: 5, delivered: 5 } });
    expect(queues.audit!.sent).toBe(15);
  });

  it('counts apart what a subscriber does not take', () => {
    // Since 2026-01-29 a bus takes 1 MB, and an SNS topic 256 KB.
    const simulation = new Simulation(
      aScenario()
        .run({ duration: MINUTE })
        .withQueue('audit')
        .withTopic('news', [{ to: 'audit', filter: 1 }])
        .withTopic(
          'bus',
          [
            { to: 'news', filter: 1 },
            { to: 'audit', filter: 1 },
          ],
          { type: 'eventbridge' },
        )
        .withTraffic(
          'web',
          'bus',
          { kind: 'burst', at: 30 * SECOND, count: 5 },
          { invocation: 'Event', payload: 300 * KB },
        )
        .build(),
      { timeline: true },
    );
    simulation.advance();
    const { topics, queues } = simulation.result();
    expect(topics).toMatchObject({ bus: { published: 5, delivered: 5, filtered: 0 }, news: { published: 0 } });
    expect(queues.audit!.sent).toBe(5);
    expect([...simulation.timeline!.rows()]).toContainEqual(
      expect.objectContaining({ resource: 'topics.bus', metric: 'NumberOfNotificationsFailed', value: 5 }),
    );
  });
});
