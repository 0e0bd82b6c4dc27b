/** The line of progress: how far, how fast, how long still. */
import { expect, test } from 'vitest';
import type { Output } from '../../src/cli/output.js';
import { progressLine, progressText } from '../../src/cli/progress-line.js';

const halfWay = { nowMicros: 30e6, untilMicros: 60e6, events: 4_000_000, replications: 1, replicationsDone: 0 };

test('tells the time left from the time spent', () => {
  expect(progressText(halfWay, 2000)).toBe('50%  30 s of 1 min  2M events/s  2 s left');
});

test('says nothing of a time left that is no time', () => {
  expect(progressText({ ...halfWay, nowMicros: 60e6 }, 2000)).not.toContain('left');
  expect(progressText({ ...halfWay, nowMicros: 55e6 }, 200)).not.toContain('left');
});

test('tells how sure the replications are that are done', () => {
  const progress = {
    ...halfWay,
    replications: 20,
    replicationsDone: 9,
    precision: { of: 'p99(traffic.web.latency)', halfWidth: 0.0312 },
  };
  expect(progressText(progress, 2000)).toBe(
    '47%  9 of 20 replications  2M events/s  2 s left  ±3.12% p99(traffic.web.latency)  30 s of 1 min',
  );
});

test('is rewritten five times a second at most, and not at all where nobody watches', () => {
  const shown: string[] = [];
  const output = { progress: (text: string) => shown.push(text), showsProgress: true } as unknown as Output;
  let now = 0;
  const tell = progressLine(output, () => now);
  for (; now <= 1000; now += 10) tell(halfWay);
  expect(shown).toHaveLength(5);
  const unseen = progressLine({ ...output, showsProgress: false }, () => now);
  now += 10_000;
  unseen(halfWay);
  expect(shown).toHaveLength(5);
});
