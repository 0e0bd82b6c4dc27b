/**
 * The facts a run states, as indexes only: a recorder reads the columns and the clock itself, and a run never reads a
 * recorder. What is known of an attempt is stated once, when everything is known, in blocks of rows of the table of
 * invocations; only what must be seen as it happens is stated one by one.
 */
import type { Micros } from '../engine/units.js';
import type { EnvironmentId, FunctionId, InvocationId } from './ids.js';

export abstract class Recorder {
  /** Whether it wants `started` and `ended`, which are not stated to those who do not. */
  readonly hearsEach: boolean = true;

  /** Admitted: one more invocation of the function runs. */
  started(_fn: FunctionId, _invocation: InvocationId): void {}
  /** The handler has ended: one less runs. */
  ended(_fn: FunctionId, _invocation: InvocationId): void {}
  /** The first `count` entries of `rows` are attempts that are over, in the order in which they ended. */
  finished(_rows: Int32Array, _count: number): void {}

  opened(_fn: FunctionId, _environment: EnvironmentId, _provisioned: boolean): void {}
  /** An idle life may be found to have ended before the present. */
  closed(_fn: FunctionId, _environment: EnvironmentId, _at: Micros): void {}
  /** Provisioned concurrency allocated from now on. */
  allocated(_fn: FunctionId, _amount: number): void {}
  /** A provisioned environment was initialised, off the path of any request, from `at` for `init`. */
  provisionedInit(_fn: FunctionId, _at: Micros, _init: Micros): void {}
}
