/**
 * The facts a run states, as indexes only: a recorder reads the columns and the clock itself, and a run never reads a
 * recorder. What is known of an attempt is stated once, when everything is known, in blocks of rows of the table of
 * invocations; only what must be seen as it happens is stated one by one.
 */
import type { Micros } from '../engine/units.js';
import type { Figure } from '../scenario/resource-figures.js';
import type { Scenario } from '../scenario/types.js';
import type { InvocationTable } from './attempt.js';
import type { EnvironmentId, FunctionId, InvocationId, InvokerId, ResourceId } from './ids.js';
import type { Admission, BatchFault, Outcome } from './outcome.js';

/** What a recorder may read while a run goes on. FunctionId and InvokerId are positions in the scenario's lists. */
export interface ObservedRun {
  readonly scenario: Scenario;
  /** Microseconds since the run began. */
  readonly clock: { readonly now: Micros };
  /** Read rows by `attemptIn`, or by the columns of src/lambda/invocations.ts. */
  readonly invocations: InvocationTable;
}

/** Records of a stream that go to a function together, in the order of their shard. */
export interface RecordBatch {
  readonly shard: number;
  records(): Iterable<{ readonly sequence: number; readonly key: number; readonly writtenAt: Micros }>;
}

export abstract class Recorder {
  /** Whether it wants `started`, `ended` and `batch`, which are not stated to those who do not. */
  readonly hearsEach: boolean = true;

  /** Stated first, before any other fact; what it may read stays the same to the end of the run. */
  begin(_run: ObservedRun): void {}

  /** Admitted: one more invocation of the function runs. */
  started(_fn: FunctionId, _invocation: InvocationId): void {}
  /** The handler has ended: one less runs. */
  ended(_fn: FunctionId, _invocation: InvocationId): void {}
  /** After `started`: what a reader of a stream handed to it; to be read before this returns. */
  batch(_consumer: ResourceId, _invocation: InvocationId, _batch: RecordBatch): void {}
  /** The first `count` entries of `rows` are attempts that are over, in the order in which they ended. */
  finished(_rows: Int32Array, _count: number): void {}

  /**
   * Lambda refused `count` attempts at this instant, THROTTLED for a reason or with SERVICE_ERROR, of which no row tells:
   * those of queues that wait and try again.
   */
  refused(_fn: FunctionId, _outcome: Outcome, _reason: Admission, _count: number): void {}
  /** A record of a traffic was handed over now: OK where it was accepted. */
  handedOver(_traffic: InvokerId, _outcome: Outcome): void {}
  /** A call of the invocation kept its handler waiting for `time`. */
  waited(_fn: FunctionId, _invocation: InvocationId, _time: Micros): void {}

  /** A figure of a resource went up by `amount`. */
  counted(_resource: ResourceId, _figure: Figure, _amount: number): void {}
  /** A figure of a resource now stands at `level`. */
  stands(_resource: ResourceId, _figure: Figure, _level: number): void {}
  /** Something of a resource that came at `arrivedAt` took, or has, a time. */
  took(_resource: ResourceId, _figure: Figure, _time: Micros, _arrivedAt: Micros): void {}

  /** A record was written to a shard of a stream, or refused there. */
  shardWritten(_stream: ResourceId, _shard: number, _accepted: boolean): void {}
  /** A batch of a shard was sent, whose last record had this age. */
  shardRead(_stream: ResourceId, _shard: number, _age: Micros): void {}
  /** A batch of a shard has failed, mostly for this fault, and others of its lane have been waiting since `since`; at last they wait no more. */
  shardBlocked(_consumer: ResourceId, _shard: number, _since: Micros, _fault: BatchFault): void {}
  shardUnblocked(_consumer: ResourceId, _shard: number, _since: Micros): void {}

  opened(_fn: FunctionId, _environment: EnvironmentId, _provisioned: boolean): void {}
  /** An idle life may be found to have ended before the present. */
  closed(_fn: FunctionId, _environment: EnvironmentId, _at: Micros): void {}
  /** Provisioned concurrency allocated from now on. */
  allocated(_fn: FunctionId, _amount: number): void {}
  /** An environment was initialised ahead of requests, on none of their paths, from `at` for `init`. */
  initAhead(_fn: FunctionId, _at: Micros, _init: Micros, _provisioned: boolean): void {}
}
