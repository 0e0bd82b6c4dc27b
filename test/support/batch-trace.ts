/** A run seen batch by batch: what each reader of a stream handed to its function, when, and how that ended. */
import type { Micros } from '../../src/engine/units.js';
import type { FunctionId, InvocationId, ResourceId } from '../../src/lambda/ids.js';
import { ENDS_AT, MARKS, OUTCOME, TIMES } from '../../src/lambda/invocations.js';
import { OK } from '../../src/lambda/outcome.js';
import { type ObservedRun, type RecordBatch, Recorder } from '../../src/lambda/recorder.js';
import type { RunResult } from '../../src/results/run-result.js';
import type { Scenario } from '../../src/scenario/types.js';
import { Simulation } from '../../src/study/simulation.js';

export interface SentRecord {
  readonly sequence: number;
  readonly key: number;
  readonly writtenAt: Micros;
}

export interface SentBatch {
  readonly consumer: number;
  readonly shard: number;
  readonly startedAt: Micros;
  /** Of one that is under way when the run ends, when it was going to end. */
  readonly endsAt: Micros;
  readonly succeeds: boolean;
  readonly records: readonly SentRecord[];
}

export class BatchTrace extends Recorder {
  readonly batches: SentBatch[] = [];
  private run!: ObservedRun;
  private readonly open = new Map<number, number>();

  override begin(run: ObservedRun): void {
    this.run = run;
  }

  override batch(consumer: ResourceId, invocation: InvocationId, batch: RecordBatch): void {
    const startedAt = this.run.clock.now;
    const { shard } = batch;
    const records = [...batch.records()];
    this.open.set(
      invocation,
      this.batches.push({ consumer, shard, startedAt, endsAt: -1, succeeds: false, records }) - 1,
    );
  }

  override ended(_fn: FunctionId, invocation: InvocationId): void {
    this.close(invocation);
  }

  override finished(rows: Int32Array, count: number): void {
    for (let i = 0; i < count; i++) this.close(rows[i]!);
  }

  private close(row: number): void {
    const at = this.open.get(row);
    if (at === undefined) return;
    this.open.delete(row);
    const { times, marks } = this.run.invocations;
    const endsAt = times[(row << TIMES) + ENDS_AT]!;
    this.batches[at] = { ...this.batches[at]!, endsAt, succeeds: marks[(row << MARKS) + OUTCOME] === OK };
  }
}

export interface BatchedRun {
  readonly result: RunResult;
  /** In the order in which they were sent. */
  readonly batches: readonly SentBatch[];
}

export function batched(scenario: Scenario): BatchedRun {
  const trace = new BatchTrace();
  const simulation = new Simulation(scenario, { recorders: [trace] });
  simulation.advance();
  return { result: simulation.result(), batches: trace.batches };
}
