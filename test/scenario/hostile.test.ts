/** Files made to hurt: each is refused with a located problem, quickly and in little memory. */
import { getHeapStatistics } from 'node:v8';
import { describe, expect, it } from 'vitest';
import { decodeScenario, filesNamedBy, parseScenario } from '../../src/scenario/parse-scenario.js';

const MB = 1_000_000;
const fill = (text: string, length = MB): string => text.repeat(Math.floor(length / text.length));

function aliasBomb(): string {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
  for (let i = 1; i < 12; i++)
    lines.push(
      `a${i}: &a${i} [${Array(10)
        .fill(`*a${i - 1}`)
        .join(', ')}]`,
    );
  return lines.join('\n');
}

function mergeBomb(): string {
  const lines = ['m0: &m0 { a: 1, b: 2 }'];
  for (let i = 1; i < 40; i++) lines.push(`m${i}: &m${i} { k: { <<: *m${i - 1} }, j: { <<: *m${i - 1} } }`);
  return lines.join('\n');
}

function deepIndentation(): string {
  return Array.from({ length: 1_000 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join('');
}

const MANY_WRONG = `functions:\n${Array.from({ length: 12_000 }, (_, i) => `  f${i}: { duration: 3 }\n`).join('')}`;

const TWO_WRONG_EACH = `functions:\n${Array.from({ length: 5_000 }, (_, i) => `  f${i}:\n    duration: 3\n    memory: 5XB\n`).join('')}traffic:\n  web: { to: f0, rate: 1/s }\n`;

const HOSTILE: readonly (readonly [string, string, string])[] = [
  ['an alias bomb', aliasBomb(), 'too-many-values'],
  ['a merge bomb', mergeBomb(), 'too-many-values'],
  ['a list that holds itself', 'a: &a [*a]', 'alias-cycle'],
  ['a map that merges itself', 'a: &a { <<: *a }', 'alias-cycle'],
  ['a million brackets', fill('['), 'too-deep'],
  ['a million braces', fill('{'), 'too-deep'],
  ['a million dashes', fill('- '), 'too-deep'],
  ['a million question marks', fill('? '), 'too-deep'],
  ['a thousand indentations', deepIndentation(), 'too-deep'],
  ['65 brackets', `a: ${'['.repeat(65)}${']'.repeat(65)}`, 'too-deep'],
  ['a file over 1 MB', 'x'.repeat(1_048_577), 'file-too-large'],
  ['a file over 1 MB in bytes', 'é'.repeat(524_289), 'file-too-large'],
  ['a million line ends', fill('\n'), 'file-too-large'],
  ['a million anchors', fill('&a '), 'file-too-large'],
  ['a million directives', fill('%x\n'), 'file-too-large'],
  ['twenty thousand duplicate keys', fill('a: 1\n', 100_000), 'duplicate-key'],
  ['thousands of wrong values', MANY_WRONG, 'missing-unit'],
  ['five thousand functions with two wrong values each', TWO_WRONG_EACH, 'missing-unit'],
  ['a NUL', 'a: \0', 'nul-character'],
  ['a lone surrogate', 'a: \ud800', 'invalid-utf8'],
  ['a replacement character', 'a: \ufffd', 'invalid-utf8'],
];

describe('a hostile file', () => {
  it.each(HOSTILE)('%s is refused within a second', (_name, text, code) => {
    const problems = within(1_000, () => parseScenario(text).problems);
    expect(problems.map((problem) => problem.code)).toContain(code);
    expect(problems.length).toBeLessThanOrEqual(101);
    expect(problems.every(({ line, column }) => line >= 1 && column >= 1)).toBe(true);
  });

  it.each(HOSTILE)('%s takes less than 200 MB', (_name, text) => {
    // Of this thread alone: the garbage of one reading counts as long as it is not collected.
    const before = getHeapStatistics().used_heap_size;
    parseScenario(text);
    expect((getHeapStatistics().used_heap_size - before) / 1024 / 1024).toBeLessThan(200);
  });

  it('is harmless when only its file names are asked for', () => {
    expect(HOSTILE.map(([, text]) => filesNamedBy(text))).toEqual(HOSTILE.map(() => []));
  });

  it('shows a hundred problems and counts the rest', () => {
    const { problems } = parseScenario(MANY_WRONG);
    expect(problems).toHaveLength(101);
    // 12,000 durations without a unit, and traffic is missing.
    expect(problems[100]).toEqual({
      code: 'more-problems',
      file: 'scenario.yaml',
      line: 1,
      column: 1,
      path: '',
      message: 'and 11900 more',
      hint: '',
    });
  });

  it('64 levels are not too deep', () => {
    const codes = parseScenario(`x-a: ${'['.repeat(62)}${']'.repeat(62)}`).problems.map(({ code }) => code);
    expect(codes).not.toContain('too-deep');
  });

  it('a wide line is not a deep one: a scenario written as JSON', () => {
    const functions = Object.fromEntries(Array.from({ length: 99 }, (_, i) => [`f${i}`, { duration: '5ms' }]));
    expect(parseScenario(JSON.stringify({ functions, traffic: { t: { to: 'f1', rate: '1/s' } } })).problems).toEqual(
      [],
    );
  });
});

/** Processor time, the shortest of up to four tries: neither a cold compiler nor a busy machine decides. */
function within<T>(milliseconds: number, act: () => T): T {
  let least = Number.POSITIVE_INFINITY;
  let result: T;
  let tries = 0;
  do {
    const before = process.cpuUsage();
    result = act();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1_000);
    tries++;
  } while (least >= milliseconds && tries < 4);
  expect(least).toBeLessThan(milliseconds);
  return result;
}

describe('bytes that are not UTF-8', () => {
  it.each([
    ['a lone continuation', [0x61, 0x0a, 0x62, 0x80], 2, 2],
    ['an overlong slash', [0xc0, 0xaf], 1, 1],
    ['an overlong three bytes', [0xe0, 0x80, 0xaf], 1, 1],
    ['a surrogate', [0x61, 0xed, 0xa0, 0x80], 1, 2],
    ['a point above U+10FFFF', [0xf4, 0x90, 0x80, 0x80], 1, 1],
    ['a sequence cut off', [0xe2, 0x82], 1, 1],
    ['UTF-16', [0xff, 0xfe, 0x61, 0x00], 1, 1],
  ])('%s is refused where it stands', (_name, bytes, line, column) => {
    expect(decodeScenario(Uint8Array.from(bytes), 'f.yaml')).toEqual({
      problem: {
        code: 'invalid-utf8',
        file: 'f.yaml',
        line,
        column,
        path: '',
        message: 'the file is not valid UTF-8',
        hint: 'save it as UTF-8 text',
      },
    });
  });

  it('UTF-8 of every length is read as Node reads it, without its byte order mark', () => {
    const text = `aé€😀${'ü'.repeat(20_000)}`;
    const bytes = new TextEncoder().encode(`\ufeff${text}`);
    expect(decodeScenario(bytes)).toEqual({ text });
  });
});
