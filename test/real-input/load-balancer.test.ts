/**
 * Requests of a load balancer every five minutes for a fortnight (Numenta Anomaly Benchmark, elb_request_count_8c0756, a real
 * CloudWatch metric of April 2014; MIT), and requests to NASA's web server every minute for a week of July 1995, replayed into
 * a function as they are: the file is named in the scenario, and not a byte of it is changed.
 */
import { describe, expect, it } from 'vitest';
import { dataRows, dataText, haveData } from './real-data.js';
import { replay } from './replay.js';

const LOAD_BALANCER = 'traces/nab-elb_request_count_8c0756.csv';
const WEB_SERVER = 'traces/nasa-1995-web-requests-per-minute-7d.csv';
const SHAPES = ['poisson', 'regular', '{ bursty: { cv: 4 } }', '{ modulated: { factor: 5, high: 40s, low: 80s } }'];

const scenario = (days: number, column: string, every: string, arrivals: string): string => `
run: { duration: ${days}d, timeline: ${every} }
functions: { api: { memory: 512MB, runtime: nodejs22.x, duration: { p50: 45ms, p99: 400ms } } }
traffic: { web: { to: api, arrivals: ${arrivals}, trace: { file: trace.csv, column: ${column}, every: ${every} } } }
`;

describe.skipIf(!haveData('the NAB load balancer', LOAD_BALANCER))('a fortnight of a load balancer', () => {
  it.each(SHAPES)('is replayed count by count, %s', (arrivals) => {
    const counts = dataRows(LOAD_BALANCER).map((row) => Number(row.value));
    const run = replay(scenario(14, 'value', '5m', arrivals), { 'trace.csv': dataText(LOAD_BALANCER) });
    expect(run.series('traffic.web', 'Requests', counts.length)).toEqual(counts);
    expect(run.result.traffic.web!.offered).toBe(249_327);
    expect(run.result.functions.api!.invocations).toBe(run.result.traffic.web!.attempts);
  });

  it('has twice the requests at twice the scale, and twice the requests on the bill', () => {
    const files = { 'trace.csv': dataText(LOAD_BALANCER) };
    const text = scenario(14, 'value', '5m', 'poisson');
    const counts = dataRows(LOAD_BALANCER).map((row) => 2 * Number(row.value));
    const run = replay(text.replace('arrivals:', 'scale: 2, arrivals:'), files);
    expect(run.series('traffic.web', 'Requests', counts.length)).toEqual(counts);
    const line = run.result.bill.lines.find(({ unit }) => unit === 'requests')!;
    expect([line.quantity, line.usd]).toEqual([498_654, 498_654 * (0.2 / 1e6)]);
  });
});

describe.skipIf(!haveData('the NASA web server', WEB_SERVER))('a week of a web server', () => {
  it.each(['poisson', 'regular'])('is replayed count by count, %s', (arrivals) => {
    const counts = dataRows(WEB_SERVER).map((row) => Number(row.requests));
    const run = replay(scenario(7, 'requests', '1m', arrivals), { 'trace.csv': dataText(WEB_SERVER) });
    expect(run.series('traffic.web', 'Requests', counts.length)).toEqual(counts);
    expect(run.result.traffic.web!.offered).toBe(counts.reduce((sum, count) => sum + count, 0));
  });

  it("keeps Little's law: time in the handler is what concurrency adds up to", () => {
    const run = replay(scenario(7, 'requests', '1m', 'poisson'), { 'trace.csv': dataText(WEB_SERVER) });
    const { duration, initDuration, concurrency, invocations, coldStarts } = run.result.functions.api!;
    const busyMs = concurrency.mean * 7 * 86_400_000;
    const known = duration.mean! * invocations + initDuration.mean! * coldStarts;
    // What is left is the platform part of cold starts, which no log line shows: about 80 ms each.
    const platformMs = (busyMs - known) / coldStarts;
    expect(platformMs).toBeGreaterThan(70);
    expect(platformMs).toBeLessThan(110);
  });
});
