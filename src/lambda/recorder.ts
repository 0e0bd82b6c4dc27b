/**
 * The facts a run states, as indexes only; a recorder reads columns and the clock itself. A run never reads a recorder.
 * Instants that are not the present are given: an environment's idle life may be found to have ended earlier.
 */
import type { Micros } from '../engine/units.js';
import type { EnvironmentId, FunctionId, InvocationId, InvokerId } from './ids.js';
import type { Admission, Outcome } from './outcome.js';

export abstract class Recorder {
  /** A client made a request, first try. */
  requested(_traffic: InvokerId, _invocation: InvocationId): void {}
  /** A client tries: the first time or again. */
  attempted(_traffic: InvokerId, _invocation: InvocationId): void {}
  /** A client's request is over: answered, failed, or given up, at `answeredAt`. */
  answered(_traffic: InvokerId, _invocation: InvocationId, _outcome: Outcome): void {}
  /** The front end in front of the function refused the request: Lambda sees nothing of it. */
  refusedInFront(_traffic: InvokerId, _invocation: InvocationId): void {}

  throttled(_fn: FunctionId, _invocation: InvocationId, _reason: Admission): void {}
  /** Lambda itself failed before the handler. */
  serviceError(_fn: FunctionId, _invocation: InvocationId): void {}
  /** Admitted: the columns of the invocation say how it runs. */
  started(_fn: FunctionId, _invocation: InvocationId): void {}
  /** The handler ended, or the run did: `endsAt` says when it ends. */
  ended(_fn: FunctionId, _invocation: InvocationId): void {}

  opened(_fn: FunctionId, _environment: EnvironmentId, _provisioned: boolean): void {}
  closed(_fn: FunctionId, _environment: EnvironmentId, _at: Micros): void {}
  /** Provisioned concurrency allocated from now on. */
  allocated(_fn: FunctionId, _amount: number): void {}
  /** A provisioned environment was initialised, off the path of any request, from `at` for `init`. */
  provisionedInit(_fn: FunctionId, _at: Micros, _init: Micros): void {}
}
