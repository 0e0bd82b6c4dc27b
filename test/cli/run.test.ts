/** `lambdasim run` from outside: what is printed where, what is written, which exit code. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lambdasim, temporaryFolder } from '../support/command-line.js';

const SHOP = `name: Shop
functions:
  api: { memory: 512MB, duration: { p50: 45ms, p99: 400ms } }
traffic:
  web: { to: api, rate: 20/s }
run: { duration: 2m }
`;
const FILES = ['bill.csv', 'report.html', 'report.md', 'results.json', 'summary.csv', 'timeline.csv'];

let folder: ReturnType<typeof temporaryFolder>;
const at = (...names: string[]) => join(folder.path, ...names);
const read = (...names: string[]) => readFileSync(at(...names), 'utf8');
const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  lambdasim(['run', ...args], { cwd: folder.path, env });
const withThreshold = (...checks: string[]) =>
  `${SHOP}thresholds:\n${checks.map((check) => `  - ${check}\n`).join('')}`;

beforeAll(() => {
  folder = temporaryFolder();
  writeFileSync(at('shop.yaml'), SHOP);
});
afterAll(() => folder.remove());

test('a run prints its summary, writes its files under reports/ and exits 0', async () => {
  const { code, stdout, stderr } = await run(['shop.yaml']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(
    /^Shop\nus-east-1, rules of \d{4}-\d\d-\d\d, 2 min simulated, seed 1\nDONE {2}no thresholds in the scenario\n/,
  );
  expect(stdout).toMatch(
    /\nFILES reports\/shop\/report\.html \(report\.md, results\.json, \.\.\. beside it\)\nNEXT {2}lambdasim run shop\.yaml /,
  );
  expect(readdirSync(at('reports/shop')).sort()).toEqual(FILES);
  expect(readdirSync(folder.path).sort()).toEqual(['reports', 'shop.yaml']);
  for (const file of FILES) expect(read('reports/shop', file), file).not.toMatch(/NaN|undefined|\[object|Infinity/);
});

test('--json prints results.json byte for byte and nothing else', async () => {
  const { code, stdout, stderr } = await run(['shop.yaml', '--json', '--out', 'json']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toBe(read('json/results.json'));
});

test('--quiet prints nothing and still writes', async () => {
  expect(await run(['shop.yaml', '--quiet', '--out', 'quiet'])).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(readdirSync(at('quiet')).sort()).toEqual(FILES);
});

test('--format prints another form of the same results', async () => {
  const { stdout } = await run(['shop.yaml', '--format', 'markdown', '--out', 'markdown']);
  expect(stdout).toBe(read('markdown/report.md'));
});

test('the same seed gives the same bytes in every file, another seed does not', async () => {
  for (const [out, seed] of [
    ['seed-a', '7'],
    ['seed-b', '7'],
    ['seed-c', '8'],
  ] as const) {
    await run(['shop.yaml', '--quiet', '--seed', seed, '--out', out]);
  }
  for (const file of FILES) expect(read('seed-b', file)).toBe(read('seed-a', file));
  expect(read('seed-c/results.json')).not.toBe(read('seed-a/results.json'));
});

test('replications are the same bytes on one thread, two and five', async () => {
  for (const threads of ['1', '2', '5']) {
    const args = ['shop.yaml', '--quiet', '--replications', '5', '--threads', threads, '--out', `threads-${threads}`];
    expect((await run(args)).code).toBe(0);
  }
  for (const file of FILES) {
    expect(read('threads-2', file)).toBe(read('threads-1', file));
    expect(read('threads-5', file)).toBe(read('threads-1', file));
  }
  expect(JSON.parse(read('threads-1/results.json')).runs).toHaveLength(5);
});

test('findings of a later replication have their time, whatever the threads', async () => {
  writeFileSync(
    at('crowded.yaml'),
    `functions: { api: { memory: 512MB, duration: 2s, reservedConcurrency: 18 } }
traffic: { web: { to: api, rate: 5/s } }
thresholds: [rate(functions.api.throttles) <= 0%]
`,
  );
  for (const threads of ['1', '3']) {
    const of = ['--duration', '2m', '--replications', '12', '--seed', '4', '--threads', threads];
    expect((await run(['crowded.yaml', '--quiet', ...of, '--out', `crowded-${threads}`])).code).toBe(1);
  }
  for (const file of FILES) expect(read('crowded-3', file)).toBe(read('crowded-1', file));
  const { runs, findings, toldReplication } = JSON.parse(read('crowded-1/results.json'));
  const { throttles } = runs[toldReplication - 1].functions.api;
  expect(toldReplication).toBeGreaterThan(1);
  expect(findings[0].message).toMatch(`In replication ${toldReplication} of 12: api was throttled ${throttles} time`);
  expect([findings[0].from > 0, findings[0].to < 120]).toEqual([true, true]);
});

test('--set, --duration and --as-of change what they name, and the report says so', async () => {
  const args = [
    '--set',
    'functions.api.memory=1GB',
    '--set',
    'name=Big shop',
    '--duration',
    '3m',
    '--as-of',
    '2019-12-31',
  ];
  await run(['shop.yaml', ...args, '--quiet', '--out', 'set']);
  expect(JSON.parse(read('set/results.json')).scenario).toMatchObject({
    name: 'Big shop',
    asOf: '2019-12-31',
    durationSeconds: 180,
  });
  expect(read('set/report.md')).toContain(
    "`lambdasim run shop.yaml --duration 3m --as-of 2019-12-31 --set functions.api.memory=1GB --set 'name=Big shop'`",
  );
});

describe('thresholds decide the exit code', () => {
  const MET = 'p50(traffic.web.latency) < 10s';
  const FAILED = 'p50(traffic.web.latency) < 1ms';

  test.each([
    ['all met', [MET], [], 0, 'PASS'],
    ['one failed', [MET, FAILED], [], 1, 'FAIL'],
    ['one failed that only warns', [MET, `{ check: "${FAILED}", severity: warn }`], [], 0, 'PASS'],
  ])('%s', async (_name, checks, args, expected, word) => {
    writeFileSync(at('checked.yaml'), withThreshold(...checks));
    const { code, stdout } = await run(['checked.yaml', '--out', 'checked', ...args]);
    expect(code).toBe(expected);
    expect(stdout.split('\n')[2]).toMatch(new RegExp(`^${word} `));
    expect(existsSync(at('checked/results.json'))).toBe(true);
  });

  test('one on what never happened says so, and asks for no replications', async () => {
    const asked = 'p50(functions.api.initDuration) < 1s';
    writeFileSync(at('silent.yaml'), withThreshold(asked).replace('512MB,', '512MB, initialEnvironments: 100,'));
    const { code, stdout, stderr } = await run(['silent.yaml', '--out', 'silent']);
    expect(code).toBe(0);
    expect(stderr).toContain(`warning: ${asked} has no data: no cold start was counted\n`);
    expect(stdout).toMatch(/ no cold start was counted\n/);
    expect(stdout).not.toContain('--replications');
  });

  test('one too close to call exits 0 with a warning, and 1 with --strict', async () => {
    // The limit is the mean itself: no interval around it can be clear of it.
    await run(['shop.yaml', '--quiet', '--replications', '3', '--out', 'mean']);
    const { runs } = JSON.parse(read('mean/results.json'));
    const mean =
      runs.reduce(
        (sum: number, each: { functions: { api: { duration: { mean: number } } } }) =>
          sum + each.functions.api.duration.mean,
        0,
      ) / 3;
    writeFileSync(at('close.yaml'), withThreshold(`mean(functions.api.duration) < ${mean.toFixed(3)}ms`));
    const close = await run(['close.yaml', '--replications', '3', '--out', 'close']);
    expect(close.code).toBe(0);
    expect(close.stdout).toContain('INCONCLUSIVE  1 of 1 threshold too close to call');
    expect(close.stderr).toContain('too close to call');
    const strictly = ['close.yaml', '--replications', '3', '--strict', '--quiet', '--out', 'close', '--junit', 'x.xml'];
    const strict = await run(strictly, { GITHUB_ACTIONS: 'true' });
    expect(strict.code).toBe(1);
    expect(strict.stderr).toMatch(/^::error /m);
    expect(read('x.xml')).toContain('tests="1" failures="1"');
  });

  test('--junit writes them for a build server, with the report or not at all', async () => {
    writeFileSync(at('checked.yaml'), withThreshold(MET, FAILED));
    expect((await run(['checked.yaml', '--quiet', '--junit', 'junit/shop.xml', '--out', 'junit-report'])).code).toBe(1);
    expect(read('junit/shop.xml')).toContain('<testsuites name="lambdasim" tests="2" failures="1">');
  });
});

test('GITHUB_STEP_SUMMARY gets the report as Markdown, after what other steps wrote', async () => {
  writeFileSync(at('summary.md'), 'before\n');
  await run(['shop.yaml', '--quiet', '--out', 'github'], { GITHUB_STEP_SUMMARY: at('summary.md') });
  expect(read('summary.md')).toBe(`before\n${read('github/report.md')}`);
});

test('no colour reaches a file or a pipe unless forced, and NO_COLOR and --no-color win', async () => {
  const escapeCode = '\u001b[';
  expect((await run(['shop.yaml', '--out', 'c'], { NO_COLOR: '' })).stdout).not.toContain(escapeCode);
  expect((await run(['shop.yaml', '--out', 'c'], { NO_COLOR: '', FORCE_COLOR: '1' })).stdout).toContain(escapeCode);
  expect((await run(['shop.yaml', '--out', 'c'], { NO_COLOR: '1', FORCE_COLOR: '1' })).stdout).not.toContain(
    escapeCode,
  );
  const refused = await run(['shop.yaml', '--no-color', '--out', 'c'], { NO_COLOR: '', FORCE_COLOR: '1' });
  expect(refused.stdout).not.toContain(escapeCode);
});

test('a folder that cannot be written is exit code 3, before the simulation', async () => {
  writeFileSync(at('file'), 'mine');
  const { code, stdout, stderr } = await run(['shop.yaml', '--out', 'file/report', '--duration', '365d']);
  expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
  expect(stderr).toMatch(/^lambdasim: cannot write .*: a part of the path is a file, not a folder\n$/);
  expect(read('file')).toBe('mine');
});

test('one file that cannot be replaced is exit code 3 and leaves the old report as it was', async () => {
  await run(['shop.yaml', '--quiet', '--out', 'kept']);
  const before = read('kept/results.json');
  mkdirSync(at('kept-xml'));
  const { code, stderr } = await run(['shop.yaml', '--seed', '2', '--out', 'kept', '--junit', 'kept-xml']);
  expect(code).toBe(3);
  expect(stderr).toMatch(/cannot write .*kept-xml: it is a folder\n$/);
  expect(read('kept/results.json')).toBe(before);
  expect(readdirSync(at('kept')).sort()).toEqual(FILES);
});

test('a missing scenario is exit code 3, one with problems 2, and neither writes anything', async () => {
  const missing = await run(['none.yaml', '--out', 'nothing']);
  expect(missing).toEqual({
    code: 3,
    stdout: '',
    stderr: 'lambdasim: cannot read none.yaml: there is no such file or folder\n',
  });
  writeFileSync(at('bad.yaml'), SHOP.replace('512MB', '100MB').replace('to: api', 'to: apo'));
  const bad = await run(['bad.yaml', '--out', 'nothing', '--json']);
  expect(bad.code).toBe(2);
  expect(bad.stderr.trimEnd().split('\n')).toHaveLength(2);
  expect(bad.stderr).toMatch(/^bad\.yaml:3:18 {2}functions\.api\.memory {2}100MB /);
  expect(JSON.parse(bad.stdout).problems.map((problem: { path: string }) => problem.path)).toEqual([
    'functions.api.memory',
    'traffic.web.to',
  ]);
  expect(existsSync(at('nothing'))).toBe(false);
});

describe('GitHub Actions', () => {
  const FAILED = 'p50(traffic.web.latency) < 1ms';

  test('gets an annotation at the line of each threshold that is not met, and nothing on standard output', async () => {
    writeFileSync(at('annotated.yaml'), withThreshold('p50(traffic.web.latency) < 10s', FAILED));
    const args = ['annotated.yaml', '--json', '--out', 'annotated'];
    const { code, stdout, stderr } = await run(args, { GITHUB_ACTIONS: 'true' });
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^::error file=annotated\.yaml,line=9,col=5,title=Shop%3A threshold is not met::p50\(traffic\.web\.latency\) < 1ms: [\d.]+ ms\n$/,
    );
    expect(stdout).toBe(read('annotated/results.json'));
    expect((await run(args)).stderr).toBe('');
  });

  test('shows no line for a threshold of the command line', async () => {
    const args = ['shop.yaml', '--quiet', '--set', `thresholds=[${FAILED}]`, '--out', 'annotated'];
    const { stderr } = await run(args, { GITHUB_ACTIONS: 'true' });
    expect(stderr).toMatch(/^::error title=Shop%3A threshold is not met::/);
  });
});

describe('--open', () => {
  test.skipIf(process.platform !== 'linux')('hands report.html to the system', async () => {
    mkdirSync(at('bin'));
    writeFileSync(at('bin/xdg-open'), `#!/bin/sh\nprintf '%s' "$1" > '${at('opened')}'\n`, { mode: 0o755 });
    const { code } = await run(['shop.yaml', '--open', '--quiet', '--out', 'open'], {
      PATH: `${at('bin')}:${process.env.PATH}`,
    });
    expect(code).toBe(0);
    while (!existsSync(at('opened')) || read('opened') === '') await new Promise((done) => setImmediate(done));
    expect(read('opened')).toBe(at('open/report.html'));
  });

  test.skipIf(process.platform !== 'linux')('says so where nothing opens it', async () => {
    const { code, stderr } = await run(['shop.yaml', '--open', '--quiet', '--out', 'open'], { PATH: at('nowhere') });
    expect({ code, stderr }).toEqual({ code: 0, stderr: 'note: nothing here opens open/report.html\n' });
  });
});

test('report renders the page of a folder again: the same, but for the name of the file, which no result holds', async () => {
  await run(['shop.yaml', '--quiet', '--out', 'again']);
  const { code, stdout, stderr } = await lambdasim(['report', 'again', '--format', 'html'], { cwd: folder.path });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const chartsIn = (html: string) => /id="drawing">(.*?)<\/script>/.exec(html)![1]!;
  expect(chartsIn(stdout)).toBe(chartsIn(read('again/report.html')));
  const named = read('again/report.html').replaceAll('lambdasim run shop.yaml', 'lambdasim run SCENARIO --seed 1');
  expect(stdout.replace('SCENARIO is the file of <bdi>Shop</bdi>. ', '')).toBe(named);
  const summary = await lambdasim(['report', 'again'], { cwd: folder.path });
  expect(summary.stdout).toContain('\nOVER TIME ');
});

test('report refuses a timeline that is not one, and does without one that is not there', async () => {
  await run(['shop.yaml', '--quiet', '--out', 'timeless']);
  const render = () => lambdasim(['report', 'timeless', '--format', 'html'], { cwd: folder.path });
  writeFileSync(at('timeless/timeline.csv'), 'time,resource,metric,value\nyesterday,account,Throttles,1\n');
  expect(await render()).toMatchObject({ code: 3, stdout: '' });
  writeFileSync(at('timeless/timeline.csv'), '');
  expect(await render()).toMatchObject({ code: 0 });
  rmSync(at('timeless/timeline.csv'));
  const { code, stdout, stderr } = await render();
  expect({ code, stderr }).toEqual({
    code: 0,
    stderr: 'note: timeless has no timeline.csv; what needs it is left out\n',
  });
  expect(stdout).toContain('There is no timeline');
});
