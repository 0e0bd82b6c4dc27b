import { expect, it } from 'vitest';
import { DAY, GB, HOUR, HOURS_PER_MONTH, KB, MB, MILLISECOND, MINUTE, SECOND } from '../../src/engine/units.js';

it('time is microseconds and sizes are powers of 1,024, as Lambda counts', () => {
  expect({ MILLISECOND, SECOND, MINUTE, HOUR, DAY, KB, MB, GB }).toEqual({
    MILLISECOND: 1_000,
    SECOND: 1_000_000,
    MINUTE: 60_000_000,
    HOUR: 3_600_000_000,
    DAY: 86_400_000_000,
    KB: 1_024,
    MB: 1_048_576,
    GB: 1_073_741_824,
  });
});

it('a month has 730 hours, so that 40 million a month are 15.2207 a second', () => {
  expect((40e6 / (HOURS_PER_MONTH * 3600)).toFixed(4)).toBe('15.2207');
});

it('a run of a century is exact to the microsecond', () => {
  const century = 100 * 365.25 * DAY;
  expect(Number.isSafeInteger(century + 1)).toBe(true);
});
