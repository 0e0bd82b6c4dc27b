/** The commands around a run: validate, init, schema, explain, report. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lambdasim, temporaryFolder } from '../support/command-line.js';

let folder: ReturnType<typeof temporaryFolder>;
const at = (...names: string[]) => join(folder.path, ...names);
const run = (...args: string[]) => lambdasim(args, { cwd: folder.path });

beforeAll(() => {
  folder = temporaryFolder();
  writeFileSync(
    at('good.yaml'),
    `functions:
  api: { memory: 512MB, duration: 45ms }
traffic:
  web: { to: api, rate: 20/s }
run: { duration: 1m }
`,
  );
  writeFileSync(
    at('bad.yaml'),
    'functions:\n  api: { memory: 100MB, duration: 45 }\ntraffic:\n  web: { to: api, rate: 4/s }\n',
  );
});
afterAll(() => folder.remove());

describe('validate', () => {
  test('a good file is said to be good', async () => {
    expect(await run('validate', 'good.yaml')).toEqual({ code: 0, stdout: 'good.yaml: no problems\n', stderr: '' });
  });

  test('every problem of every file is told, the good ones among them too', async () => {
    expect(await run('validate', 'bad.yaml', 'good.yaml', 'none.yaml')).toEqual({
      code: 2,
      stdout: 'good.yaml: no problems\n',
      stderr: [
        'bad.yaml:2:18  functions.api.memory  100MB is below the 128 MB minimum  (use 128MB to 10240MB)',
        'bad.yaml:2:35  functions.api.duration  45 has no unit  (write 45ms, 45s or 45m)',
        'lambdasim: cannot read none.yaml: there is no such file or folder',
        '',
      ].join('\n'),
    });
  });

  test('missing files alone are exit code 3', async () => {
    expect((await run('validate', 'good.yaml', 'none.yaml')).code).toBe(3);
  });

  test('--json prints the problems for programs, none as an empty list', async () => {
    const { stdout } = await run('validate', 'bad.yaml', '--json');
    expect(JSON.parse(stdout).problems[1]).toEqual({
      code: 'missing-unit',
      file: 'bad.yaml',
      line: 2,
      column: 35,
      path: 'functions.api.duration',
      message: '45 has no unit',
      hint: 'write 45ms, 45s or 45m',
    });
    expect((await run('validate', 'good.yaml', '--json')).stdout).toBe('{\n  "problems": []\n}\n');
  });

  test('a price that is not known is told where the region is written', async () => {
    writeFileSync(at('china.yaml'), `region: cn-north-1\n${readFileSync(at('good.yaml'), 'utf8')}`);
    const lines = async (...args: string[]) => (await run('validate', 'china.yaml', ...args)).stderr.split('\n');
    expect(await lines()).toEqual([
      'china.yaml:1:9  region  lambda.request in cn-north-1 is priced in CNY, and the bill is in USD  (give one in USD under pricing.overrides: { lambda.request: ... })',
      'china.yaml:1:9  region  lambda.duration.x86_64 in cn-north-1 is priced in CNY, and the bill is in USD  (give one in USD under pricing.overrides: { lambda.duration.x86_64: ... })',
      '',
    ]);
    expect((await lines('--set', 'region=us-gov-east-1'))[0]).toMatch(/^--set:1:8 {2}region {2}no price is known for/);
  });

  test('a file that is no text is a problem of the file', async () => {
    writeFileSync(at('binary.yaml'), Buffer.from([0x61, 0x3a, 0x20, 0xff, 0xfe]));
    const { code, stderr } = await run('validate', 'binary.yaml');
    expect(code).toBe(2);
    expect(stderr).toBe('binary.yaml:1:4  the file is not valid UTF-8  (save it as UTF-8 text)\n');
  });
});

test('init writes a scenario that is valid and runs, and never overwrites', async () => {
  const first = await run('init', 'mine.yaml');
  expect(first.code).toBe(0);
  expect(first.stdout).toMatch(/^mine\.yaml written\n\nNEXT {2}lambdasim run mine\.yaml\n\n/);
  // A command stands alone on its line, ready to be pasted.
  expect(first.stdout).toMatch(/\n {6}lambdasim schema > \S+\n$/);
  expect(await run('validate', 'mine.yaml')).toMatchObject({ code: 0, stderr: '' });
  const text = readFileSync(at('mine.yaml'), 'utf8');
  expect(text).toContain('# yaml-language-server: $schema=');
  const again = await run('init', 'mine.yaml');
  expect(again).toEqual({
    code: 2,
    stdout: '',
    stderr: 'lambdasim: mine.yaml exists already\n  name another file, or remove it first\n',
  });
  expect(readFileSync(at('mine.yaml'), 'utf8')).toBe(text);
  expect((await run('init', 'no/such/folder.yaml')).code).toBe(3);
});

test('schema prints a JSON Schema', async () => {
  const { code, stdout, stderr } = await run('schema');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(JSON.parse(stdout)).toMatchObject({ $schema: 'https://json-schema.org/draft/2020-12/schema', type: 'object' });
});

describe('explain', () => {
  test('a setting of the file has its line', async () => {
    const { stdout } = await run('explain', 'good.yaml', 'functions.api.memory');
    expect(stdout).toMatch(/^functions\.api\.memory: 512MB\n/);
    expect(stdout).toContain('\n  from good.yaml:2:18\n');
  });

  test('a default has its rule and source', async () => {
    const { stdout } = await run('explain', 'good.yaml', 'functions.api.timeout');
    expect(stdout).toMatch(/^functions\.api\.timeout: 3s\n/);
    expect(stdout).toContain('\n  from the default\n');
    expect(stdout).toMatch(/\n {2}rule function-timeout since [\d-]+, documented; day assumed: /);
  });

  test('a setting of the command line says so', async () => {
    const { stdout } = await run('explain', 'good.yaml', 'functions.api.memory', '--set', 'functions.api.memory=1GB');
    expect(stdout).toContain('functions.api.memory: 1GB\n');
    expect(stdout).toContain('\n  from the command line, --set\n');
  });

  test('an unknown setting is a problem with the nearest word', async () => {
    const { code, stdout, stderr } = await run('explain', 'good.yaml', 'functions.api.memroy');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('did you mean memory?');
  });
});

describe('report', () => {
  beforeAll(async () => {
    expect((await run('run', 'good.yaml', '--quiet', '--out', 'out')).code).toBe(0);
  });

  test('renders the results again, in every form, without a run', async () => {
    const { code, stdout, stderr } = await run('report', 'out');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^good\nus-east-1, /);
    expect((await run('report', 'out', '--json')).stdout).toBe(readFileSync(at('out/results.json'), 'utf8'));
    expect((await run('report', 'out', '--format', 'summary-csv')).stdout).toBe(
      readFileSync(at('out/summary.csv'), 'utf8'),
    );
  });

  test('names the files that are there, and no others', async () => {
    const files = async () => / *FILES (.*)\n/.exec((await run('report', 'out')).stdout)?.[1];
    expect(await files()).toBe('out/report.html (report.md, results.json, ... beside it)');
    rmSync(at('out/report.html'));
    expect(await files()).toBe('out/report.md (results.json, summary.csv, ... beside it)');
    for (const file of ['report.md', 'summary.csv', 'bill.csv']) rmSync(at(`out/${file}`));
    expect(await files()).toBe('out/results.json (timeline.csv beside it)');
  });

  test('says when timeline.csv is missing', async () => {
    rmSync(at('out/timeline.csv'));
    expect((await run('report', 'out')).stderr).toBe('note: out has no timeline.csv; what needs it is left out\n');
  });

  test.each([
    ['{', 'it is not JSON'],
    ['[]', 'it holds no results'],
    ['{ "schema": "lambdasim/results/9" }', 'its format is lambdasim/results/9'],
    ['{ "schema": "lambdasim/results/1" }', 'it has no program'],
    ['{ "schema": "lambdasim/results/1", "program": {}, "scenario": [] }', 'its scenario is not an object'],
  ])('a results.json of %s is exit code 3', async (text, reason) => {
    writeFileSync(at('results.json'), text);
    const { code, stderr } = await run('report', '.');
    expect(code).toBe(3);
    expect(stderr).toMatch(new RegExp(`^lambdasim: cannot read results\\.json: ${reason}\n`));
  });
});
