/** Text from a scenario, or from somebody's results.json, in every place a text can stand, in the reports that are no page. */
import { describe, expect, test } from 'vitest';
import { renderReport } from '../../src/report/report.js';
import { columnsOf } from '../../src/report/text.js';
import { allKindsOfResults, named } from '../support/all-kinds-of-results.js';

const TEXTS: readonly (readonly [name: string, text: string])[] = [
  ['a script', '</script><script>alert(1)</script>|`x` [a](b)'],
  ['a line end, a colour and a mark that turns the text', 'a\n# h\u202e\u001b[31m\u2028b\u0007'],
  ['10,000 characters', 'x'.repeat(10_000)],
  ['letters of two columns', '漢字👩'.repeat(50)],
  ['quotes', `it's "so"`],
  ['a workflow command', '::error::x'],
];

describe.each(TEXTS)('%s', (_name, text) => {
  const rendered = (format: 'terminal' | 'markdown', path: string) =>
    renderReport(allKindsOfResults(named(text), text), format, { scenarioFile: path, directory: path });

  test('moves no cursor and breaks no line of the summary', () => {
    const summary = rendered('terminal', 'shop.yaml');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(summary).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/);
    for (const line of summary.split('\n')) expect(columnsOf(line)).toBeLessThanOrEqual(80);
  });

  test('is text in Markdown, inside a code span or escaped, and starts no line of its own', () => {
    const markdown = rendered('markdown', text);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(markdown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/);
    expect(markdown.replace(/(`+)[^`][\s\S]*?\1/g, '')).not.toContain('<script>');
    expect(markdown).not.toMatch(/^(# h|::error)/m);
  });

  test('in the name of a file gives a command to type, or none', () => {
    const next = /^NEXT {2}([\s\S]*)$/m.exec(rendered('terminal', `${text}.yaml`))?.[1] ?? '';
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(next).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e\u2028]/);
  });
});
