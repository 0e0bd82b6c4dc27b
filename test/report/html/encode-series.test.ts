/** A series as text: short, and read back as it was to four digits. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decoded, encoded } from '../../../src/report/html/encode-series.js';

test('equal neighbours stand once, gaps as nothing, no needless digit', () => {
  expect(encoded(Float64Array.of(4, Number.NaN, 7, 7, 7, 7, 7, 7))).toBe('4,,7x6');
  expect(encoded(Float64Array.of(0.001234567, 1234.5678, 1234567, -0.5))).toBe('.001235,1235,1234567,-0.5');
  expect(encoded(Float64Array.of(Number.NaN, Number.NaN, Number.NaN, Number.NaN, Number.NaN))).toBe('x5');
});

test('is read back as it was, to four digits', () => {
  const value = fc.oneof(
    fc.constant(Number.NaN),
    fc.nat(9_999_999),
    fc.double({ min: 0, max: 1e9, noNaN: true }),
    fc.constant(0),
  );
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 200 }), (values) => {
      const back = decoded(encoded(Float64Array.from(values)));
      expect(back).toHaveLength(values.length);
      for (const [index, given] of values.entries()) {
        if (Number.isNaN(given)) expect(back[index]).toBeNull();
        else expect(Math.abs(back[index]! - given)).toBeLessThanOrEqual(0.0005 * given + 1e-300);
      }
    }),
  );
});
