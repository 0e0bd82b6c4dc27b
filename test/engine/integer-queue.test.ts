import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { IntegerQueue } from '../../src/engine/integer-queue.js';

it('gives integers in the order in which they came, however adding and taking are mixed', () => {
  const steps = fc.array(fc.oneof(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), fc.constant('take' as const)), {
    maxLength: 300,
    size: 'max',
  });
  fc.assert(
    fc.property(steps, (mixed) => {
      const queue = new IntegerQueue();
      const waiting: number[] = [];
      for (const step of mixed) {
        if (step !== 'take') {
          queue.add(step);
          waiting.push(step);
        } else if (waiting.length > 0) expect(queue.take()).toBe(waiting.shift());
        expect(queue.length).toBe(waiting.length);
      }
      while (waiting.length > 0) expect(queue.take()).toBe(waiting.shift());
    }),
    { seed: 20_261_121 },
  );
});
