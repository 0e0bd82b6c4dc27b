/** Numbers in findings: rounded, never to something they are not. */
import { expect, test } from 'vitest';
import { counted, milliseconds, number, percent, usd } from '../../src/study/findings/words.js';

test.each([
  [number, 999, '999'],
  [number, 1234567, '1,234,567'],
  [percent, 0, '0%'],
  [percent, 0.0004, 'less than 0.1%'],
  [percent, 0.0123, '1.2%'],
  [percent, 0.0996, '10%'],
  [percent, 0.5, '50%'],
  [percent, 0.9999, 'more than 99%'],
  [percent, 1, '100%'],
  [milliseconds, 0.05, 'less than 0.1 ms'],
  [milliseconds, 4.5, '4.5 ms'],
  [milliseconds, 10, '10 ms'],
  [milliseconds, 999.6, '1 s'],
  [milliseconds, 29_000, '29 s'],
  [milliseconds, 1_500, '1.5 s'],
  [milliseconds, 900_000, '15 min'],
  [usd, 0, '$0.00'],
  [usd, 0.001, 'less than $0.01'],
  [usd, 5.475, '$5.47'],
  [usd, 99.996, '$100'],
  [usd, 12345.6, '$12,346'],
] as const)('%s of %d is %s', (print, value, text) => {
  expect(print(value)).toBe(text);
});

test('one of a thing is not many', () => {
  expect([counted(1, 'cold start'), counted(1200, 'cold start')]).toEqual(['1 cold start', '1,200 cold starts']);
});
