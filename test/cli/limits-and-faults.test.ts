/** Runs that do not end by themselves: too many events, interruption, a fault of the program. */

import { type ChildProcess, spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ended, lambdasim, MAIN, start, temporaryFolder } from '../support/command-line.js';

let folder: ReturnType<typeof temporaryFolder>;
const at = (...names: string[]) => join(folder.path, ...names);

beforeAll(() => {
  folder = temporaryFolder();
  const endless = `functions:
  api: { memory: 512MB, duration: 45ms }
traffic:
  web: { to: api, rate: 1000/s }
run: { duration: 20d }
`;
  writeFileSync(at('endless.yaml'), endless);
  writeFileSync(at('short.yaml'), endless.replace('20d', '1m'));
  // A run that breaks its own rule: the built program, with one method that fails where it stands.
  writeFileSync(
    at('fault.mjs'),
    `import { Simulation } from ${JSON.stringify(new URL('../study/simulation.js', `file://${MAIN}`).href)};
const advance = Simulation.prototype.advance;
Simulation.prototype.advance = function () {
  advance.call(this, 1000);
  throw new RangeError('two invocations in one environment');
};
`,
  );
  // Signs of life: a t for each worker thread, a dot whenever the run in the main thread gives way.
  writeFileSync(
    at('signs.mjs'),
    `import { writeSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';
import { isMainThread } from 'node:worker_threads';
const { setImmediate } = timers;
if (!isMainThread) writeSync(3, 't');
else timers.setImmediate = (...given) => {
  writeSync(3, '.');
  return setImmediate(...given);
};
syncBuiltinESMExports();
`,
  );
});
afterAll(() => folder.remove());

/** Until the run has given way five times, counted from the first thread on where there are threads; or has ended. */
function underWay(child: ChildProcess, hasThreads: boolean): Promise<void> {
  const wanted = hasThreads ? /t.*(\..*){5}/ : /(\..*){5}/;
  let signs = '';
  return new Promise((resolve) => {
    child.stdio[3]!.on('data', (piece: Buffer) => {
      signs += piece.toString();
      if (wanted.test(signs)) resolve();
    });
    child.on('close', () => resolve());
  });
}

describe('more events than the limit', () => {
  test('are refused before the start, with the estimate and the way out', async () => {
    const { code, stdout, stderr } = await lambdasim(['run', 'endless.yaml', '--max-events', '1e6'], {
      cwd: folder.path,
    });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(
      /^endless\.yaml:5:18 {2}run\.duration {2}about [\d.]+[MB] events are expected, more than the limit of 1M {2}\(shorten run\.duration, lower the rates or backlogs, or raise the limit with --max-events [\d.]+e\d+\)\n$/,
    );
    const limit = /--max-events (\S+)\)/.exec(stderr)?.[1] ?? '';
    const raised = await lambdasim(['validate', 'endless.yaml', '--max-events', limit], { cwd: folder.path });
    expect(raised.code).toBe(0);
  });

  test('are refused by validate too', async () => {
    const { code, stderr } = await lambdasim(['validate', 'endless.yaml', '--max-events', '1e6'], { cwd: folder.path });
    expect(code).toBe(2);
    expect(stderr).toContain('events are expected, more than the limit of 1M');
  });

  test('of a backlog alone are refused before the start, by run and by validate', async () => {
    const text = `functions:
  worker: { memory: 512MB, duration: 45ms, eventSources: [{ queue: orders, batchSize: 1 }] }
queues:
  orders: { backlog: 1000000000 }
run: { duration: 1h, replications: 4 }
`;
    writeFileSync(at('backlog.yaml'), text);
    for (const command of ['run', 'validate']) {
      const { code, stderr } = await lambdasim([command, 'backlog.yaml'], { cwd: folder.path });
      expect(code).toBe(2);
      expect(stderr).toContain('about 12B events are expected, more than the limit of 10B');
      expect(stderr).toContain('lower the rates or backlogs');
    }
  });

  test('than were expected stop the run with exit code 75', async () => {
    // Every request is throttled and retried: more events than the rate lets expect.
    writeFileSync(
      at('storm.yaml'),
      `functions:
  api: { memory: 512MB, duration: 45ms, reservedConcurrency: 0 }
traffic:
  web: { to: api, rate: 1000/s, retry: { interval: 1ms, backoffRate: 1, maximumDelay: 1ms, jitter: none, maximumAttempts: 1000, on: [throttle] } }
run: { duration: 10m }
`,
    );
    const args = ['run', 'storm.yaml', '--max-events', '2e7', '--out', 'storm'];
    const { code, stdout, stderr } = await lambdasim(args, { cwd: folder.path });
    expect({ code, stdout }).toEqual({ code: 75, stdout: '' });
    expect(stderr).toMatch(/^lambdasim: stopped after 20000000 events.*\n {2}raise the limit with --max-events/);
    expect(existsSync(at('storm'))).toBe(false);
  });
});

describe.each([
  ['SIGINT', '1'],
  ['SIGINT', '3'],
  ['SIGTERM', '3'],
] as const)('%s while %s replications run', (signal, replications) => {
  // A busy machine gets another try at what is timed.
  test('ends the program within a second with exit code 130 and nothing half-written', { retry: 2 }, async () => {
    const before = readdirSync(folder.path).sort();
    const args = [
      'run',
      'endless.yaml',
      '--threads',
      '2',
      '--replications',
      replications,
      '--out',
      'interrupted/report',
    ];
    const child = start([...args, '--max-events', '1e12'], {
      cwd: folder.path,
      node: ['--import', at('signs.mjs')],
      pipe3: true,
    });
    const end = ended(child);
    await underWay(child, replications !== '1');
    const asked = performance.now();
    child.kill(signal);
    const { code, stdout, stderr } = await end;
    expect({ code, stdout, stderr }).toEqual({
      code: 130,
      stdout: '',
      stderr: 'lambdasim: interrupted; nothing was written\n',
    });
    expect(performance.now() - asked).toBeLessThan(1000);
    expect(readdirSync(folder.path).sort()).toEqual(before);
  });
});

test.skipIf(!existsSync('/dev/full'))('standard output on a full disk is exit code 3, in words', () => {
  const full = openSync('/dev/full', 'w');
  const { status, stderr } = spawnSync(process.execPath, [MAIN, 'rules'], { stdio: ['ignore', full, 'pipe'] });
  closeSync(full);
  expect([status, stderr.toString()]).toEqual([3, 'lambdasim: cannot write standard output: the disk is full\n']);
});

test('an empty --out is a usage error, and writes nothing into the folder one is in', async () => {
  const { code, stderr } = await lambdasim(['run', 'short.yaml', '--out', ''], { cwd: folder.path });
  expect([code, stderr]).toEqual([2, 'lambdasim: --out is empty\n  name a folder, or leave it out\n']);
  expect(existsSync(at('results.json'))).toBe(false);
});

describe('a fault of the program', () => {
  const withFault = (...args: string[]) =>
    lambdasim(['run', 'short.yaml', '--out', 'fault', ...args], {
      cwd: folder.path,
      node: ['--import', at('fault.mjs')],
    });

  test('is exit code 70 with seed and simulated time, and no stack', async () => {
    const { code, stdout, stderr } = await withFault('--seed', '42');
    expect({ code, stdout }).toEqual({ code: 70, stdout: '' });
    expect(stderr).toMatch(
      /^lambdasim: a fault of the program, not of your input: two invocations in one environment\n {2}seed 42, replication 0, simulated time .+ \(\d+ us\), after 1000 events\n {2}please report it .*\n$/,
    );
    expect(existsSync(at('fault'))).toBe(false);
  });

  test('shows its stack with --debug', async () => {
    const { code, stderr } = await withFault('--debug');
    expect(code).toBe(70);
    expect(stderr).toMatch(/\n {4}at .*fault\.mjs/);
  });

  test('on a worker thread says which replication it was', async () => {
    // Only the thread fails: this one, which runs the first replication, is left whole.
    const fault = readFileSync(at('fault.mjs'), 'utf8');
    writeFileSync(
      at('thread-fault.mjs'),
      `import { isMainThread } from 'node:worker_threads';\n${fault.replace('{\n  advance.call', '{\n  if (isMainThread) return advance.apply(this, arguments);\n  advance.call')}`,
    );
    const args = ['run', 'short.yaml', '--replications', '2', '--threads', '2', '--out', 'fault'];
    const { code, stderr } = await lambdasim(args, {
      cwd: folder.path,
      node: ['--import', at('thread-fault.mjs')],
    });
    expect(code).toBe(70);
    expect(stderr).toMatch(/two invocations in one environment\n {2}seed 1, replication 1, simulated time/);
  });
});
