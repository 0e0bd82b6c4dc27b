/** Text that a user may have chosen to break things with. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  columnsOf,
  markdownCode,
  markdownText,
  oneLine,
  padded,
  shellWord,
  shortened,
  wrapped,
} from '../../src/report/text.js';
import { textTable } from '../../src/report/text-table.js';

test('a name cannot move the cursor, add a line or turn the reading direction', () => {
  expect(oneLine('a\u001b[31mb\nc\u202ed\u0007\u2028e')).toBe('a [31mb c d e');
});

test('a long id is cut in the middle, because ids often differ at either end', () => {
  expect(shortened('checkout-service-worker-eu', 11)).toBe('check…er-eu');
  expect(shortened('short', 11)).toBe('short');
});

test.each([
  ['abc', 3],
  ['漢字', 4],
  ['한국어', 6],
  ['ｆｕｌｌ', 8],
  ['cafe\u0301', 4],
  ['👩 ok', 5],
  ['❤\ufe0f', 2],
])('%s takes %i columns of a terminal', (text, columns) => expect(columnsOf(text)).toBe(columns));

test('what is cut or filled has the columns it was given, whatever its letters', () => {
  const letters = fc.constantFrom('a', '漢', '👩', 'e\u0301', '-');
  fc.assert(
    fc.property(fc.array(letters, { maxLength: 60 }), fc.integer({ min: 3, max: 40 }), (text, width) => {
      const cut = shortened(text.join(''), width);
      expect(columnsOf(cut)).toBeLessThanOrEqual(width);
      expect(columnsOf(padded(cut, width))).toBe(width);
    }),
    { seed: 5 },
  );
});

test('a wrapped line never exceeds the width, whatever the words', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300 }), fc.integer({ min: 5, max: 80 }), (text, width) => {
      for (const line of wrapped(text, width)) expect(columnsOf(line)).toBeLessThanOrEqual(width);
      expect(wrapped(text, width).join('').replaceAll(' ', '')).toBe(oneLine(text).replace(/\s/g, ''));
    }),
    { seed: 3 },
  );
});

test.each([
  ['plain-1.yaml', 'plain-1.yaml'],
  ['my file.yaml', "'my file.yaml'"],
  ["it's", "'it'\\''s'"],
  ['$(rm x)', "'$(rm x)'"],
])('%s is given to a shell as %s', (text, word) => expect(shellWord(text)).toBe(word));

test('prose in Markdown shows its signs instead of obeying them', () => {
  expect(markdownText('a|b <script> *x* `y` [z](u)\n# h & i')).toBe(
    'a\\|b &lt;script&gt; \\*x\\* \\`y\\` \\[z\\](u) \\# h &amp; i',
  );
});

test('prose in Markdown is no link, no mention and no number of an issue', () => {
  expect(markdownText('http://x www.x.com @octocat me@x.com #1 GH-12')).toBe(
    'http:<!---->//x www<!---->.x.com @<!---->octocat me@<!---->x.com \\#<!---->1 GH<!---->-12',
  );
  expect(markdownText('Lambda@Edge, 1:2 // #one')).toBe('Lambda@Edge, 1:2 // \\#one');
});

test('a code span in Markdown holds back-ticks and bars', () => {
  expect(markdownCode('a`b')).toBe('``a`b``');
  expect(markdownCode('`a`')).toBe('`` `a` ``');
  expect(markdownCode('a|b')).toBe('`a\\|b`');
});

test('a table cuts the first column before it exceeds the width', () => {
  expect(
    textTable(
      [
        ['FUNCTION', 'invocations'],
        ['a-very-long-function-name', '54,794'],
        ['b', '7'],
      ],
      30,
    ),
  ).toEqual(['FUNCTION           invocations', 'a-very-l…ion-name       54,794', 'b                            7']);
});
