/**
 * Steady throttling: asynchronous events at twice the capacity of a function, against a reference that keeps every event in
 * a sorted list and knows nothing of rings, blocks or bulk refusals. Every run must begin at the same instant.
 */
import { describe, expect, it } from 'vitest';
import { randomStreams } from '../../src/engine/random-streams.js';
import { MINUTE, SECOND } from '../../src/engine/units.js';
import { FN, MARKS, STARTED_AT, TIMES } from '../../src/lambda/invocations.js';
import { type ObservedRun, Recorder } from '../../src/lambda/recorder.js';
import { simulate } from '../../src/study/simulate.js';
import { aScenario, constant } from '../support/a-scenario.js';

const CAPACITY = 2;
const DURATION = 100_003;
const LIMIT = 12 * MINUTE;
const MAXIMUM_AGE = 5 * MINUTE;

class Starts extends Recorder {
  readonly all: number[] = [];
  private run: ObservedRun | undefined;
  override begin(run: ObservedRun): void {
    this.run = run;
  }
  override finished(rows: Int32Array, count: number): void {
    const { times, marks } = this.run!.invocations;
    for (const row of rows.subarray(0, count))
      if (marks[(row << MARKS) + FN] === 0 && times[(row << TIMES) + STARTED_AT]! >= 0)
        this.all.push(times[(row << TIMES) + STARTED_AT]!);
  }
}

/** Waits of 1, 2, 4 ... 256, 300, 300 ... seconds; a run takes DURATION; an event whose next attempt would be too late is dropped. */
function reference(arrivals: readonly number[]): { starts: number[]; ages: number[]; dropped: number } {
  const due: { at: number; received: number; refusals: number; order: number }[] = [];
  let order = 0;
  const add = (at: number, received: number, refusals: number): void => {
    const entry = { at, received, refusals, order: order++ };
    let index = due.length;
    while (index > 0 && due[index - 1]!.at > at) index--;
    due.splice(index, 0, entry);
  };
  const busyUntil: number[] = [];
  const starts: number[] = [];
  const ages: number[] = [];
  let dropped = 0;
  let next = 0;
  while (next < arrivals.length || due.length > 0) {
    // An event that has just come is tried at once.
    const event =
      due.length === 0 || (next < arrivals.length && arrivals[next]! < due[0]!.at)
        ? { at: arrivals[next]!, received: arrivals[next++]!, refusals: 0 }
        : due.shift()!;
    if (event.at > LIMIT) break;
    while (busyUntil.length > 0 && busyUntil[0]! <= event.at) busyUntil.shift();
    if (busyUntil.length < CAPACITY) {
      busyUntil.push(event.at + DURATION);
      starts.push(event.at);
      ages.push(event.at - event.received);
      continue;
    }
    const at = event.at + Math.min(300, 2 ** event.refusals) * SECOND;
    if (at > event.received + MAXIMUM_AGE) {
      if (event.received + MAXIMUM_AGE <= LIMIT) dropped++;
    } else add(at, event.received, event.refusals + 1);
  }
  return { starts, ages, dropped };
}

describe('with capacity for half of what is offered', () => {
  const stream = randomStreams(7).named('arrivals');
  const rate = (2 * CAPACITY) / (DURATION / SECOND);
  const arrivals: number[] = [];
  for (let at = 0; ; ) {
    at += Math.ceil((-Math.log(stream.uniform()) / rate) * SECOND);
    if (at >= LIMIT) break;
    // Waits are whole seconds: no two events share their microseconds within one, so none are ever due at once.
    arrivals.push(Math.floor(at / SECOND) * SECOND + ((arrivals.length * 618_033) % SECOND));
  }
  arrivals.sort((a, b) => a - b);
  const starts = new Starts();
  const run = simulate(
    aScenario()
      .run({ duration: LIMIT })
      .rules({ 'async-dispatch': { latency: constant(0) } })
      .withFunction('worker', {
        duration: constant(DURATION),
        reservedConcurrency: CAPACITY,
        async: { maximumEventAge: MAXIMUM_AGE },
      })
      .withTraffic(
        'events',
        'worker',
        { kind: 'trace-instants', instants: arrivals },
        { via: 'event', invocation: 'Event' },
      )
      .build(),
    { recorders: [starts] },
  );
  const { async, concurrency } = run.functions.worker!;
  const expected = reference(arrivals);

  it('every run begins when the event-by-event reference begins it', () => {
    expect(starts.all.length).toBeGreaterThan(13_000);
    expect(starts.all.sort((a, b) => a - b)).toEqual(expected.starts);
  });

  it('ages are those of the reference', () => {
    const sorted = [...expected.ages].sort((a, b) => a - b);
    const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1]! / 1000;
    expect(async.age.count).toBe(sorted.length);
    expect(async.age.mean).toBeCloseTo(sorted.reduce((a, b) => a + b, 0) / sorted.length / 1000, 6);
    expect(async.age.max).toBe(at(1));
    for (const [found, share] of [
      [async.age.p50, 0.5],
      [async.age.p90, 0.9],
      [async.age.p99, 0.99],
    ] as const)
      expect(Math.abs(found! - at(share))).toBeLessThanOrEqual(0.005 * at(share));
  });

  it('throughput stays at capacity, and what is not processed is dropped at its age', () => {
    expect(concurrency.mean).toBeGreaterThan(0.95 * CAPACITY);
    expect(async.dropped).toBe(expected.dropped);
    expect(async.received).toBe(async.succeeded + async.dropped + async.waiting + async.running);
  });
});
