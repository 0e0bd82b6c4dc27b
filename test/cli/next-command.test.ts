/** What a summary prints behind NEXT is worth typing: each is given to a shell as it stands there. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lambdasim, MAIN, temporaryFolder } from '../support/command-line.js';

let folder: ReturnType<typeof temporaryFolder>;
beforeAll(() => {
  folder = temporaryFolder();
});
afterAll(() => folder.remove());

/** A command as a shell reads it, with this program under its name. */
function typed(command: string) {
  const asFunction = `lambdasim() { '${process.execPath}' '${MAIN}' "$@"; }; ${command}`;
  return spawnSync('sh', ['-c', asFunction], { cwd: folder.path, encoding: 'utf8' });
}

async function nextOf(file: string, scenario: string): Promise<string> {
  writeFileSync(join(folder.path, file), scenario);
  const { stdout } = await lambdasim(['run', file], { cwd: folder.path });
  for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  return /^NEXT {2}([\s\S]*)$/m.exec(stdout)![1]!.trimEnd();
}

const QUEUE = (mapping: string, more = '') => `functions:
  worker: { timeout: 1m, duration: 2s, eventSources: [{ queue: orders, batchSize: 1${mapping} }]${more} }
queues: { orders: { visibilityTimeout: 6m } }
traffic: { shop: { to: orders, burst: { at: 0s, count: 20000 } } }
`;

const CASES: readonly (readonly [what: string, file: string, scenario: string, setting: string])[] = [
  [
    'a mapping among the event sources',
    'held.yaml',
    QUEUE(', maximumConcurrency: 20'),
    'functions.worker.eventSources[0].maximumConcurrency',
  ],
  [
    'a part of one',
    "Bob's pollers.yaml",
    QUEUE(', provisionedPollers: { minimum: 2, maximum: 3 }'),
    'functions.worker.eventSources[0].provisionedPollers.maximum',
  ],
  ['a rule', 'then.yaml', `asOf: 2024-01-01\n${QUEUE('')}`, 'rules.sqs-poller-scaling'],
  [
    'a function of a long name',
    'long.yaml',
    `functions: { ${'x'.repeat(64)}: { duration: 2s, reservedConcurrency: 1 } }\ntraffic: { web: { to: ${'x'.repeat(64)}, rate: 2/s } }\nrun: { duration: 2m }\n`,
    `functions.${'x'.repeat(64)}.reservedConcurrency`,
  ],
];

describe.each(CASES)('NEXT for %s', (_what, file, scenario, setting) => {
  test('explains the setting of the first finding', async () => {
    const command = await nextOf(file, scenario);
    const { status, stdout, stderr } = typed(command);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout.replaceAll('\n', '')).toContain(`${setting}:`);
  });
});

test('--set reaches every entry of a list that NEXT and explain name', async () => {
  const path = 'functions.worker.eventSources[0].maximumConcurrency';
  await nextOf('held.yaml', QUEUE(', maximumConcurrency: 20'));
  const raised = typed(`lambdasim run held.yaml --out raised --set '${path}=1000'`);
  expect({ status: raised.status, stderr: raised.stderr }).toEqual({ status: 0, stderr: '' });
  expect(raised.stdout).not.toContain('batches that maximumConcurrency allows');
  const explained = await lambdasim(['explain', 'held.yaml', path, '--set', `${path}=500`], { cwd: folder.path });
  expect(explained.stdout).toMatch(/^functions\.worker\.eventSources\[0\]\.maximumConcurrency: 500\n/);
  expect(explained.stdout).toContain('from the command line');
  const call = 'functions.api.calls[0].probability';
  writeFileSync(
    join(folder.path, 'calls.yaml'),
    `functions: { api: { duration: 2s, calls: [{ to: db }] } }\ndependencies: { db: { latency: 5ms } }\ntraffic: { web: { to: api, rate: 2/s } }\n`,
  );
  const half = await lambdasim(['explain', 'calls.yaml', call, '--set', `${call}=50%`], { cwd: folder.path });
  expect(half.stdout).toMatch(/^functions\.api\.calls\[0\]\.probability: 50%\n/);
});
