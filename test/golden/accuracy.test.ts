/** reports/accuracy.md names tests that exist, and every figure of a row stands in the test it names. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const ROWS = readFileSync(join(ROOT, 'reports/accuracy.md'), 'utf8')
  .split('\n')
  .map((line) => /^\| .* \| (.*) \| `(test\/.*)` \|$/.exec(line))
  .filter((row) => row !== null)
  .map(([, figures = '', file = '']) => ({ figures, file }));

test('the page has rows on theory, bills, cold starts and traffic', () => {
  const files = new Set(ROWS.map(({ file }) => file));
  expect(files.size).toBeGreaterThanOrEqual(9);
});

test.each(ROWS)('the figures of $file: $figures', ({ figures, file }) => {
  const text = readFileSync(join(ROOT, file), 'utf8').replace(/(\d)[_,](?=\d{3})/g, '$1');
  const numbers = figures.replace(/(\d),(?=\d{3})/g, '$1').match(/\b\d+(\.\d+)?(e-\d+)?\b/g) ?? [];
  // Single digits are everywhere: finding them would prove nothing.
  const telling = numbers.filter((number) => number.length > 2);
  expect(telling.filter((number) => !text.includes(number))).toEqual([]);
});
