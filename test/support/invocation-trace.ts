/** A run seen attempt by attempt: every row of the table of invocations as an object, for tests of exact vectors. */
import { SECOND } from '../../src/engine/units.js';
import type { EnvironmentId, FunctionId } from '../../src/lambda/ids.js';
import {
  ANSWER,
  ANSWERED_AT,
  ARRIVED_AT,
  ATTEMPT,
  ATTEMPT_AT,
  DURATION,
  ENDS_AT,
  ENVIRONMENT,
  FN,
  INIT,
  KIND,
  MARKS,
  OUTCOME,
  REFUSAL,
  SOURCE,
  STARTED_AT,
  TIMES,
} from '../../src/lambda/invocations.js';
import { NO_ANSWER, REASONS, THROTTLED, WARM } from '../../src/lambda/outcome.js';
import { type ObservedRun, Recorder } from '../../src/lambda/recorder.js';
import type { RunResult } from '../../src/results/run-result.js';
import type { Scenario } from '../../src/scenario/types.js';
import { Simulation, type SimulationOptions } from '../../src/study/simulation.js';

/** Times in microseconds; -1 where a thing never happened. */
export interface AttemptFacts {
  readonly fn: number;
  readonly source: number;
  readonly arrivedAt: number;
  readonly attemptAt: number;
  readonly startedAt: number;
  readonly endsAt: number;
  readonly answeredAt: number;
  readonly duration: number;
  readonly init: number;
  readonly attempt: number;
  readonly environment: number;
  readonly kind: number;
  readonly outcome: number;
  readonly answer: number;
  /** AWS's reason of a throttle, else empty. */
  readonly reason: string;
}

export class InvocationTrace extends Recorder {
  readonly attempts: AttemptFacts[] = [];
  readonly closings: { fn: number; environment: number; at: number }[] = [];
  readonly provisionedInits: { at: number; init: number }[] = [];
  private run!: ObservedRun;

  override begin(run: ObservedRun): void {
    this.run = run;
  }

  override finished(rows: Int32Array, count: number): void {
    const { times, marks } = this.run.invocations;
    for (let i = 0; i < count; i++) {
      const t = rows[i]! << TIMES;
      const m = rows[i]! << MARKS;
      const ran = times[t + STARTED_AT]! >= 0;
      this.attempts.push({
        fn: marks[m + FN]!,
        source: marks[m + SOURCE]!,
        arrivedAt: times[t + ARRIVED_AT]!,
        attemptAt: times[t + ATTEMPT_AT]!,
        startedAt: times[t + STARTED_AT]!,
        endsAt: ran ? times[t + ENDS_AT]! : -1,
        answeredAt: marks[m + ANSWER] === NO_ANSWER ? -1 : times[t + ANSWERED_AT]!,
        duration: ran ? times[t + DURATION]! : 0,
        init: ran && marks[m + KIND] !== WARM ? times[t + INIT]! : 0,
        attempt: marks[m + ATTEMPT]!,
        environment: ran ? marks[m + ENVIRONMENT]! : -1,
        kind: ran ? marks[m + KIND]! : -1,
        outcome: marks[m + OUTCOME]!,
        answer: marks[m + ANSWER]!,
        reason: !ran && marks[m + OUTCOME] === THROTTLED ? REASONS[marks[m + REFUSAL]!]! : '',
      });
    }
  }

  override closed(fn: FunctionId, environment: EnvironmentId, at: number): void {
    this.closings.push({ fn, environment, at });
  }

  override initAhead(_fn: FunctionId, at: number, init: number): void {
    this.provisionedInits.push({ at, init });
  }
}

export interface TracedRun {
  readonly result: RunResult;
  /** In order of the instant at which they were made. */
  readonly attempts: readonly AttemptFacts[];
  readonly trace: InvocationTrace;
  readonly simulation: Simulation;
}

export function traced(scenario: Scenario, options: SimulationOptions = {}): TracedRun {
  const trace = new InvocationTrace();
  const simulation = new Simulation(scenario, { ...options, recorders: [trace] });
  simulation.advance();
  const attempts = [...trace.attempts].sort((a, b) => a.attemptAt - b.attemptAt);
  return { result: simulation.result(), attempts, trace, simulation };
}

/** Seconds, for readable vectors. */
export const seconds = (micros: number): number => micros / SECOND;
