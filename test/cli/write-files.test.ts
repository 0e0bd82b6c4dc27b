/** Files written whole or not at all: what is there after success, failure and interruption. */
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Interrupted } from '../../src/node/interrupted.js';
import { assertWritable, writeFiles } from '../../src/node/write-files.js';
import { defaultFolder } from '../../src/node/write-report.js';
import { temporaryFolder } from '../support/command-line.js';

let folder: ReturnType<typeof temporaryFolder>;
const at = (...names: string[]) => join(folder.path, ...names);

beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

/** Every file below the folder with its content. */
function contents(): Record<string, string> {
  const files = readdirSync(folder.path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [path.slice(folder.path.length + 1), readFileSync(path, 'utf8')]),
  );
}

test('all files are there, folders made, nothing beside them', async () => {
  await writeFiles([
    { path: at('reports/new/a.txt'), content: 'one' },
    { path: at('reports/new/b.txt'), content: ['pie', 'ces ', 'ü'] },
    { path: at('c.xml'), content: '' },
  ]);
  expect(contents()).toEqual({ 'c.xml': '', 'reports/new/a.txt': 'one', 'reports/new/b.txt': 'pieces ü' });
  expect(readdirSync(folder.path).sort()).toEqual(['c.xml', 'reports']);
});

test('files of the same name are replaced, others in the folder are left alone', async () => {
  mkdirSync(at('out'));
  writeFileSync(at('out/a.txt'), 'old');
  writeFileSync(at('out/notes.txt'), 'mine');
  await writeFiles([{ path: at('out/a.txt'), content: 'new' }]);
  expect(contents()).toEqual({ 'out/a.txt': 'new', 'out/notes.txt': 'mine' });
});

test('one file that cannot be replaced leaves every older file as it was', async () => {
  mkdirSync(at('out/b.txt'), { recursive: true });
  writeFileSync(at('out/a.txt'), 'old');
  const files = [
    { path: at('out/a.txt'), content: 'new' },
    { path: at('fresh/c.txt'), content: 'new' },
    { path: at('out/b.txt'), content: 'new' },
  ];
  await expect(writeFiles(files)).rejects.toThrow(`cannot write ${at('out/b.txt')}: it is a folder`);
  expect(contents()).toEqual({ 'out/a.txt': 'old' });
  expect(readdirSync(folder.path)).toEqual(['out']);
});

test('a file where a folder has to be is told in words', async () => {
  writeFileSync(at('file'), 'x');
  await expect(writeFiles([{ path: at('file/a.txt'), content: 'new' }])).rejects.toThrow(
    `cannot write ${at('file/a.txt')}: a part of the path is a file, not a folder`,
  );
  expect(() => assertWritable(at('file'))).toThrow('a part of the path is a file');
  expect(contents()).toEqual({ file: 'x' });
});

test.skipIf(process.getuid?.() === 0)('a folder that may not be written to is told before the work', () => {
  mkdirSync(at('locked'));
  chmodSync(at('locked'), 0o500);
  expect(() => assertWritable(at('locked/out'))).toThrow('permission denied');
});

test('interrupted between two pieces, nothing is left and the older file is as it was', async () => {
  writeFileSync(at('a.txt'), 'old');
  const controller = new AbortController();
  function* pieces() {
    yield 'one';
    controller.abort(new Interrupted());
    yield 'two';
    throw new Error('asked for a third piece after the interruption');
  }
  const files = [
    { path: at('a.txt'), content: 'new' },
    { path: at('b.txt'), content: pieces() },
  ];
  await expect(writeFiles(files, controller.signal)).rejects.toBeInstanceOf(Interrupted);
  expect(contents()).toEqual({ 'a.txt': 'old' });
  expect(readdirSync(folder.path)).toEqual(['a.txt']);
});

test('a fault while a piece is made leaves nothing behind either', async () => {
  function* pieces() {
    yield 'one';
    throw new RangeError('no second piece');
  }
  await expect(writeFiles([{ path: at('out/a.txt'), content: pieces() }])).rejects.toThrow('no second piece');
  expect(existsSync(at('out'))).toBe(false);
  expect(readdirSync(folder.path)).toEqual([]);
});

test('looking whether a folder can be written to makes nothing', () => {
  assertWritable(at('a/b/c'));
  expect(readdirSync(folder.path)).toEqual([]);
});

test.each([
  ['Checkout API (EU)', 'reports/checkout-api-eu'],
  ['--', 'reports/scenario'],
  ['日本', 'reports/scenario'],
  ['../../etc', 'reports/etc'],
  [`${'a'.repeat(63)} b`, `reports/${'a'.repeat(63)}`],
])('the scenario %s is reported in %s', (name, expected) =>
  expect(defaultFolder(name)).toBe(join(...expected.split('/'))),
);
