/** Builds traffic for the tests of this folder and runs its arrivals to the end. */
import { randomStreams } from '../../src/engine/random-streams.js';
import { HOUR } from '../../src/engine/units.js';
import type { TrafficSettings, TrafficShape } from '../../src/scenario/types.js';
import type { RunSpan } from '../../src/traffic/arrival-process.js';
import { arrivalProcess } from '../../src/traffic/registry.js';

/** A Monday, midnight UTC. */
export const MONDAY = Date.UTC(2026, 0, 5);
export const ONE_HOUR: RunSpan = { duration: HOUR, startEpochMs: MONDAY };

export function trafficOf(shape: TrafficShape, more: Partial<TrafficSettings> = {}): TrafficSettings {
  return {
    id: 'web',
    to: 'api',
    via: 'sdk',
    invocation: 'RequestResponse',
    edgeEvent: undefined,
    shape,
    spikes: [],
    arrivals: { kind: 'poisson' },
    scale: 1,
    payload: 1024,
    key: undefined,
    retry: { kind: 'none' },
    timeout: undefined,
    ...more,
  };
}

export function instantsOf(traffic: TrafficSettings, run = ONE_HOUR, seed: number | string = 1, block = 100): number[] {
  const process = arrivalProcess(traffic, run, randomStreams(seed));
  if (process === undefined) return [];
  const instants: number[] = [];
  const out = new Float64Array(block);
  for (let count = process.fill(out); count > 0; count = process.fill(out)) instants.push(...out.subarray(0, count));
  return instants;
}
