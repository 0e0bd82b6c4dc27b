/** `lambdasim run --trace`: every attempt as a row, and a track for each environment that tiles its life. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Results } from '../../src/results/run-result.js';
import { lambdasim, start, temporaryFolder } from '../support/command-line.js';

const SCENARIO = `functions:
  =api: &f { duration: { p50: 45ms, p99: 400ms }, init: 200ms, reservedConcurrency: 6, errorRate: 5%, keepAlive: 20s, provisionedConcurrency: 1 }
  slow: { duration: 2s, timeout: 1s, init: 300ms, keepAlive: 5s }
  calling: { duration: 20ms, timeout: 5s, init: 300ms, keepAlive: 10s, calls: [{ to: db, probability: 50% }, { to: jobs }, { to: clicks }] }
  reader: { duration: 300ms, init: 300ms, keepAlive: 5s, eventSources: [{ queue: jobs }, { stream: clicks }] }
queues: { jobs: {} }
streams: { clicks: {} }
dependencies: { db: { latency: { p50: 80ms, p99: 9s } } }
traffic:
  shop: { to: calling, rate: 20/s }
  web: { to: api, rate: 80/s, arrivals: { bursty: { cv: 3 } } }
  nightly: { to: slow, rate: 12/min }
run: { duration: 3m }
`.replace('=api', 'api');

interface TraceEvent {
  readonly name: string;
  readonly ph: 'X' | 'M';
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur: number;
  readonly args?: { readonly name: string };
}

describe('a traced run', () => {
  const folder = temporaryFolder();
  const read = (...names: string[]) => readFileSync(join(folder.path, ...names), 'utf8');
  let results: Results;
  let rows: Record<string, string>[];
  let events: readonly TraceEvent[];

  beforeAll(async () => {
    writeFileSync(join(folder.path, 'shop.yaml'), SCENARIO);
    const ended = await lambdasim(['run', 'shop.yaml', '--quiet', '--trace', '--out', 'out'], { cwd: folder.path });
    expect(ended).toEqual({ code: 0, stdout: '', stderr: '' });
    results = JSON.parse(read('out/results.json'));
    const [header = '', ...lines] = read('out/invocations.csv').trimEnd().split('\n');
    const columns = header.split(',');
    rows = lines.map((line) => Object.fromEntries(line.split(',').map((cell, index) => [columns[index]!, cell])));
    ({ traceEvents: events } = JSON.parse(read('out/trace.json')));
  });
  afterAll(() => folder.remove());

  test('leaves nothing else behind, and changes no figure', async () => {
    expect(readdirSync(folder.path).sort()).toEqual(['out', 'shop.yaml']);
    await lambdasim(['run', 'shop.yaml', '--quiet', '--out', 'plain'], { cwd: folder.path });
    expect(read('plain/results.json')).toBe(read('out/results.json'));
    expect(existsSync(join(folder.path, 'plain/trace.json'))).toBe(false);
  });

  test('has a row for each attempt, which add up to the figures of the run', () => {
    const { functions, traffic } = results.runs[0]!;
    for (const id of ['api', 'slow', 'calling', 'reader']) {
      const of = rows.filter((row) => row.function === id);
      const ran = of.filter(({ startedAtMs }) => startedAtMs !== '');
      expect(ran).toHaveLength(functions[id]!.invocations);
      expect(of.filter(({ outcome }) => outcome === 'throttled')).toHaveLength(functions[id]!.throttles);
      expect(ran.filter(({ start }) => start === 'cold')).toHaveLength(functions[id]!.coldStarts);
      expect(ran.filter(({ outcome }) => outcome === 'functionTimeout')).toHaveLength(functions[id]!.timeouts);
      const sum = ran.reduce((total, { durationMs }) => total + Number(durationMs), 0);
      expect(sum / ran.length).toBeCloseTo(functions[id]!.duration.mean!, 6);
    }
    expect(functions.api!.throttles).toBeGreaterThan(0);
    expect(functions.slow!.timeouts).toBeGreaterThan(0);
    // A retry that still waits when the run ends has a row, and no instant at which it was made.
    const made = rows.filter((row) => row.traffic === 'web' && row.attemptAtMs !== '');
    expect(made).toHaveLength(traffic.web!.attempts);
    expect(rows.filter(({ traffic: id, answer }) => id === 'web' && answer === 'ok')).toHaveLength(
      traffic.web!.succeeded,
    );
  });

  test('has a process a function and a track an environment', () => {
    const processes = events.filter(({ name }) => name === 'process_name').map(({ args }) => args!.name);
    expect(processes).toEqual(['api', 'slow', 'calling', 'reader']);
    const tracks = events.filter(({ name }) => name === 'thread_name');
    expect(tracks.filter(({ pid }) => pid === 1)).toHaveLength(results.runs[0]!.functions.api!.environments.created);
    expect(tracks[0]!.args!.name).toBe('provisioned 1');
    expect(new Set(tracks.map(({ pid, tid }) => `${pid}/${tid}`)).size).toBe(tracks.length);
  });

  test('shows on each track cold, warm and idle stretches that follow each other without a gap or an overlap', () => {
    const slices = events.filter(({ ph }) => ph === 'X');
    expect(new Set(slices.map(({ name }) => name))).toEqual(new Set(['init', 'cold', 'warm', 'idle']));
    const tracks = new Map<string, TraceEvent[]>();
    for (const slice of slices) {
      const key = `${slice.pid}/${slice.tid}`;
      tracks.set(key, [...(tracks.get(key) ?? []), slice]);
    }
    for (const track of tracks.values()) {
      track.sort((a, b) => a.ts - b.ts);
      for (const [index, { ts }] of track.entries()) {
        if (index > 0) expect(ts).toBe(track[index - 1]!.ts + track[index - 1]!.dur);
      }
    }
    for (const [index, { invocations, duration }] of Object.values(results.runs[0]!.functions).entries()) {
      const runs = slices.filter(({ name, pid }) => (name === 'cold' || name === 'warm') && pid === index + 1);
      // A run of no time at all would have no slice.
      expect(runs).toHaveLength(invocations);
      const sum = runs.reduce((total, { dur }) => total + dur, 0);
      expect(sum / invocations / 1000).toBeCloseTo(duration.mean!, 6);
    }
  });

  test('interrupted leaves nothing half-written', async () => {
    const child = start(['run', 'shop.yaml', '--trace', '--duration', '365d', '--out', 'long', '--quiet'], {
      cwd: folder.path,
    });
    const staged = () => readdirSync(folder.path).some((name) => name.startsWith('.lambdasim'));
    while (!staged()) await new Promise((done) => setImmediate(done));
    child.kill('SIGINT');
    await new Promise((done) => child.once('close', done));
    expect(child.exitCode).toBe(130);
    expect(readdirSync(folder.path).sort()).toEqual(['out', 'plain', 'shop.yaml']);
  });
});
