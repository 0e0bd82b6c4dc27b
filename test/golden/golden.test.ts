/** Every scenario against its report in reports/: has anything changed that a user sees? */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWhenStale } from '../support/command-line.js';
import { difference } from './difference.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const GOLDEN = join(ROOT, 'reports');
/** Goldens are made on this major version of Node. */
const EXACTLY = process.versions.node.startsWith('20.');

const scenarios = readdirSync(join(ROOT, 'scenarios'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.yaml'))
  .map((path) => path.replace(/^.*[\\/]/, '').slice(0, -'.yaml'.length))
  .sort();

describe('the reports of all scenarios', () => {
  let made: string;

  beforeAll(() => {
    buildWhenStale();
    made = mkdtempSync(join(tmpdir(), 'lambdasim-golden-'));
    const script = join(ROOT, 'test/golden/write-reports.mjs');
    const { status, stderr } = spawnSync(process.execPath, [script, '--out', made], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`the reports could not be made:\n${stderr}`);
  }, 600_000);
  afterAll(() => rmSync(made, { recursive: true, force: true }));

  test.each(scenarios)('%s is what it was', (name) => {
    // report.html is not kept: it is made of the others, and test/browser/ reads it whole.
    const files = readdirSync(join(made, name))
      .filter((file) => file !== 'report.html')
      .sort();
    const golden = existsSync(join(GOLDEN, name))
      ? readdirSync(join(GOLDEN, name))
          .filter((file) => file !== 'report.html')
          .sort()
      : [];
    const differences = files.flatMap((file) => {
      if (!golden.includes(file)) return [`${file} is new`];
      const found = difference(
        readFileSync(join(GOLDEN, name, file), 'utf8'),
        readFileSync(join(made, name, file), 'utf8'),
        EXACTLY,
      );
      return found === undefined ? [] : [`${file}, ${found}`];
    });
    const gone = golden.filter((file) => !files.includes(file)).map((file) => `${file} is gone`);
    expect([...differences, ...gone], 'if this is meant, npm run reports writes them anew').toEqual([]);
  });
});

describe('a comparison of two reports', () => {
  test('finds the first line that differs', () => {
    expect(difference('a\nb 1\nc', 'a\nb 2\nc', true)).toBe('line 2: was "b 1", is "b 2"');
    expect(difference('a\nb', 'a\nb\nc', true)).toBe('line 3: was not there, is "c"');
  });

  test('forgives 1e-9 in numbers where another major version of Node may, and nothing else', () => {
    expect(difference('p99 0.1000000000001 ms', 'p99 0.1 ms', false)).toBeUndefined();
    expect(difference('p99 0.1000000000001 ms', 'p99 0.1 ms', true)).toContain('line 1');
    expect(difference('p99 0.10000001 ms', 'p99 0.1 ms', false)).toContain('line 1');
    expect(difference('p99 0.1 ms', 'p90 0.1 ms', false)).toContain('line 1');
    expect(difference('1 pass', '1 fail', false)).toContain('line 1');
  });
});
