/**
 * The calls that handlers make, in order, each before the next, before the handler's own time. Until the last has been
 * answered nobody knows when the handler will end, so the end of such an invocation is scheduled only then; meanwhile its
 * environment stays busy and is billed.
 *
 *     | init ... calls of the init | calls ......| own time ...|      an answer that fails, or never comes:
 *     |<------- init phase ------->|<------ Duration --------->|      the invocation fails, or times out
 */
import type { EventKind } from '../engine/event-loop.js';
import type { Micros } from '../engine/units.js';
import type { AwaitedCalls } from './awaited-calls.js';
import type { Execution } from './execution.js';
import { FAILED, HandlerSteps, type Made, OVER, type Step } from './handler-steps.js';
import { HeldConnections } from './held-connections.js';
import { type EnvironmentId, type InvocationId, NOBODY, NONE } from './ids.js';
import {
  ABORTED_INIT,
  AFTER,
  BEGAN_AT,
  CALL,
  CALLED_AT,
  DOWNSTREAM,
  DURATION,
  ENDS_AT,
  ENVIRONMENT,
  FN,
  HELD,
  HIDDEN_INIT,
  HOPS,
  INIT,
  KIND,
  MARKS,
  OUTCOME,
  OVERHEAD,
  PENDING,
  RESTORE,
  SOURCE,
  STARTED_AT,
  TIMES,
  TIMES_OUT_AT,
} from './invocations.js';
import type { LambdaFunction } from './lambda-function.js';
import { COLD_RERUN, FUNCTION_ERROR, FUNCTION_TIMEOUT, type Outcome, PROVISIONED, WARM } from './outcome.js';
import { NEW_CHAIN } from './targets.js';
import type { World } from './world.js';

export class HandlerCalls {
  /** Whether its init makes calls. */
  readonly prepares: boolean;
  private readonly connections: HeldConnections;
  private readonly steps: readonly Step[];
  private readonly initSteps: number;
  private readonly beginCalls: EventKind;
  private readonly prepareCalls: EventKind;
  private readonly timeOut: EventKind;

  constructor(
    private readonly world: World,
    private readonly fn: LambdaFunction,
    private readonly calls: AwaitedCalls,
    private readonly execution: Execution,
    /** Whether what it sends may come back to it. */
    private readonly inLoop: boolean,
  ) {
    this.connections = new HeldConnections(world);
    const { loop } = world;
    const { id } = fn.settings;
    const { steps, initSteps } = new HandlerSteps(world, fn, calls, this.connections, (invocation, made) =>
      this.connected(invocation, made),
    );
    this.steps = steps;
    this.initSteps = initSteps;
    this.prepares = initSteps > 0;
    this.beginCalls = loop.define(`functions.${id}/calls`, (row) => this.proceed(row as InvocationId));
    this.prepareCalls = loop.define(`functions.${id}/calls of the init`, (row) => this.proceed(row as InvocationId));
    this.timeOut = loop.define(`functions.${id}/timeout`, (row) => this.timeOutIfWaiting(row as InvocationId));
    fn.environments.onReady = (environment) => this.readied(environment);
    if (this.prepares) fn.environments.callAhead = (environment) => this.prepareAhead(environment);
    fn.environments.onClosed = (environment) => this.connections.releaseAll(environment);
  }

  /** The init of a cold start makes its calls from `at` on. */
  prepare(invocation: InvocationId, at: Micros): void {
    const { times } = this.world.invocations;
    const t = invocation << TIMES;
    this.reset(invocation);
    times[t + BEGAN_AT] = NONE;
    times[t + HIDDEN_INIT] = 0;
    times[t + ABORTED_INIT] = 0;
    // An init over its limit is repeated inside the invocation, under the timeout of the function.
    times[t + TIMES_OUT_AT] = times[t + STARTED_AT] + times[t + OVERHEAD] + this.fn.initLimit + this.fn.timeout;
    times[t + ENDS_AT] = at + times[t + DURATION];
    this.world.loop.at(at, this.prepareCalls, invocation);
  }

  /**
   * The init of an environment ahead of requests makes its calls from now on: whatever else it takes lies before.
   * A row that nothing is stated of waits for the answers; KIND tells it from that of a cold start.
   */
  private prepareAhead(environment: EnvironmentId): void {
    const { invocations, loop } = this.world;
    const row = invocations.open(this.fn.id, NOBODY, NONE, loop.now, 0);
    const { times, marks } = invocations;
    const t = row << TIMES;
    const m = row << MARKS;
    this.reset(row);
    marks[m + KIND] = PROVISIONED;
    marks[m + ENVIRONMENT] = environment;
    marks[m + HOPS] = 0;
    times[t + BEGAN_AT] = NONE;
    times[t + STARTED_AT] = loop.now;
    const left = this.fn.environments.aheadLimit(environment) - this.fn.environments.initOf(environment);
    times[t + TIMES_OUT_AT] = loop.now + Math.max(0, left);
    this.proceed(row);
  }

  private isAhead(invocation: InvocationId): boolean {
    const { times, marks } = this.world.invocations;
    return times[(invocation << TIMES) + BEGAN_AT] === NONE && marks[(invocation << MARKS) + KIND] === PROVISIONED;
  }

  /** The init ahead of requests is over. One that failed leaves an environment that initialises again. */
  private endAhead(invocation: InvocationId, ok: boolean): void {
    const { invocations, loop } = this.world;
    const environment = invocations.marks[(invocation << MARKS) + ENVIRONMENT] as EnvironmentId;
    const startedAt = invocations.times[(invocation << TIMES) + STARTED_AT];
    this.connections.release(invocation);
    invocations.drop(invocation);
    if (!ok) this.fn.environments.reset(environment);
    this.fn.environments.readyAhead(environment, startedAt, loop.now - startedAt);
  }

  /** The Duration begins at ENDS_AT, an init inside it first; `isPrepared` where the calls of the init have just been made. */
  begin(invocation: InvocationId, isPrepared = false): void {
    const { times, marks } = this.world.invocations;
    const t = invocation << TIMES;
    const m = invocation << MARKS;
    const beganAt = times[t + ENDS_AT];
    const hidden = marks[m + KIND] === WARM ? 0 : times[t + HIDDEN_INIT];
    if (!isPrepared) {
      this.reset(invocation);
      const ready = !this.prepares || this.connections.isPrepared(marks[m + ENVIRONMENT]);
      marks[m + CALL] = ready ? this.initSteps : 0;
    }
    times[t + BEGAN_AT] = beganAt;
    times[t + TIMES_OUT_AT] = beganAt + this.fn.timeout;
    if (hidden >= this.fn.timeout) {
      this.execution.finish(this.fn, invocation);
      return;
    }
    // The least it can be.
    times[t + ENDS_AT] = beganAt + times[t + DURATION];
    const callsAt = beganAt + hidden;
    if (callsAt > this.world.loop.now) this.world.loop.at(callsAt, this.beginCalls, invocation);
    else this.proceed(invocation);
  }

  /** The call that the invocation waited for was answered. */
  resume(invocation: InvocationId, ok: boolean): void {
    this.stopWaiting(invocation);
    if (ok) this.proceed(invocation);
    else this.fail(invocation);
  }

  /** The invocation has ended: what it held to its end is let go. */
  ended(invocation: InvocationId, outcome: Outcome): void {
    this.connections.release(invocation);
    if (outcome === FUNCTION_TIMEOUT)
      this.connections.releaseAll(this.world.invocations.marks[(invocation << MARKS) + ENVIRONMENT]);
  }

  /** The run ends while the invocation waits: its Duration, or its init, ends with it. */
  stillWaits(invocation: InvocationId, until: Micros): void {
    const { times, marks } = this.world.invocations;
    const t = invocation << TIMES;
    if (this.isAhead(invocation)) {
      const startedAt = times[t + STARTED_AT];
      this.fn.environments.stateInitAhead(marks[(invocation << MARKS) + ENVIRONMENT], startedAt, until - startedAt);
      this.world.invocations.drop(invocation);
      return;
    }
    if (times[t + BEGAN_AT] === NONE) this.endInit(invocation, until);
    else {
      times[t + DOWNSTREAM] += until - times[t + CALLED_AT];
      times[t + DURATION] = until - times[t + BEGAN_AT];
      this.stateWait(invocation);
    }
    times[t + ENDS_AT] = until;
  }

  private reset(invocation: InvocationId): void {
    const { times, marks } = this.world.invocations;
    const m = invocation << MARKS;
    times[(invocation << TIMES) + DOWNSTREAM] = 0;
    marks[m + CALL] = 0;
    marks[m + PENDING] = NONE;
    marks[m + HELD] = 0;
  }

  /** Makes calls up to one that has to be waited for, or to the end. */
  private proceed(invocation: InvocationId): void {
    const { invocations } = this.world;
    const m = invocation << MARKS;
    const t = invocation << TIMES;
    const inInit = invocations.times[t + BEGAN_AT] === NONE;
    for (;;) {
      // A call may open rows, and so replace the tables.
      const { times, marks } = invocations;
      const index = marks[m + CALL];
      if (index === this.initSteps && this.prepares) this.connections.prepared(marks[m + ENVIRONMENT]);
      if (index === (inInit ? this.initSteps : this.steps.length)) break;
      marks[m + CALL]++;
      const step = this.steps[index]!;
      if (step.probability < 1 && step.draws.uniform() >= step.probability) continue;
      times[t + CALLED_AT] = this.world.loop.now;
      const made = step.make(invocation, this.onward(invocation));
      if (made === OVER) continue;
      if (made === FAILED) this.fail(invocation);
      else this.watch(invocation, made);
      return;
    }
    if (this.isAhead(invocation)) this.endAhead(invocation, true);
    else if (inInit) this.execution.startPrepared(this.fn, invocation);
    else this.finish(invocation);
  }

  /** Hops of what the invocation sends. */
  private onward(invocation: InvocationId): number {
    if (!this.inLoop) return NEW_CHAIN;
    const { marks } = this.world.invocations;
    const m = invocation << MARKS;
    return marks[m + SOURCE] < this.world.scenario.traffic.length ? 1 : marks[m + HOPS] + 1;
  }

  /** The answer may come after the timeout, or never. */
  private watch(invocation: InvocationId, answerAt: Micros): void {
    const timesOutAt = this.world.invocations.times[(invocation << TIMES) + TIMES_OUT_AT];
    if (answerAt >= 0 && answerAt <= timesOutAt) return;
    this.world.loop.at(timesOutAt, this.timeOut, invocation);
  }

  private connected(invocation: InvocationId, made: Made): void {
    if (made === FAILED) this.resume(invocation, false);
    else this.watch(invocation, made);
  }

  private stopWaiting(invocation: InvocationId): void {
    const { times, marks } = this.world.invocations;
    const t = invocation << TIMES;
    marks[(invocation << MARKS) + PENDING] = NONE;
    if (times[t + BEGAN_AT] !== NONE) times[t + DOWNSTREAM] += this.world.loop.now - times[t + CALLED_AT];
  }

  /** All calls are answered: the handler's own time follows. */
  private finish(invocation: InvocationId): void {
    const { times } = this.world.invocations;
    const t = invocation << TIMES;
    times[t + DURATION] += times[t + DOWNSTREAM];
    times[t + ENDS_AT] = times[t + BEGAN_AT];
    this.stateWait(invocation);
    this.execution.finish(this.fn, invocation);
  }

  /** A call failed: so does the invocation, now. In the init it leaves an environment that has to initialise again. */
  private fail(invocation: InvocationId): void {
    if (this.isAhead(invocation)) {
      this.endAhead(invocation, false);
      return;
    }
    const { times, marks } = this.world.invocations;
    const t = invocation << TIMES;
    const m = invocation << MARKS;
    marks[m + OUTCOME] = FUNCTION_ERROR;
    if (times[t + BEGAN_AT] === NONE) {
      this.endInit(invocation, this.world.loop.now);
      times[t + ENDS_AT] = this.world.loop.now - times[t + DURATION];
      this.fn.environments.reset(marks[m + ENVIRONMENT] as EnvironmentId);
    } else {
      times[t + DURATION] = this.world.loop.now - times[t + BEGAN_AT];
      times[t + ENDS_AT] = times[t + BEGAN_AT];
      this.stateWait(invocation);
    }
    this.execution.finish(this.fn, invocation);
  }

  /** The init ends at `at`, its calls unanswered. Over its limit it was given up there, and repeated inside the Duration. */
  private endInit(invocation: InvocationId, at: Micros): void {
    const { times, marks } = this.world.invocations;
    const t = invocation << TIMES;
    const init = at - times[t + STARTED_AT] - times[t + OVERHEAD];
    const repeated = Math.max(0, init - this.fn.initLimit);
    times[t + HIDDEN_INIT] = repeated;
    times[t + DURATION] = repeated;
    if (repeated === 0) {
      times[t + INIT] = init;
      return;
    }
    marks[(invocation << MARKS) + KIND] = COLD_RERUN;
    times[t + RESTORE] = 0;
    times[t + INIT] = 0;
    times[t + ABORTED_INIT] = this.fn.initLimit;
  }

  /** A row that waits and has this very deadline is the one meant, or one with the same deadline. */
  private timeOutIfWaiting(invocation: InvocationId): void {
    const { times, marks } = this.world.invocations;
    const t = invocation << TIMES;
    const m = invocation << MARKS;
    const { now } = this.world.loop;
    if (marks[m + FN] !== this.fn.id || times[t + TIMES_OUT_AT] !== now || marks[m + PENDING] === NONE) return;
    this.calls.abandon(marks[m + PENDING]);
    const inInit = times[t + BEGAN_AT] === NONE;
    this.stopWaiting(invocation);
    if (this.isAhead(invocation)) {
      this.connections.releaseAll(marks[m + ENVIRONMENT]);
      this.endAhead(invocation, false);
      return;
    }
    marks[m + OUTCOME] = FUNCTION_TIMEOUT;
    if (inInit) {
      this.endInit(invocation, now);
      times[t + HIDDEN_INIT] = this.fn.timeout;
    } else this.stateWait(invocation);
    times[t + AFTER] = 0;
    times[t + DURATION] = this.fn.timeout;
    times[t + ENDS_AT] = now - this.fn.timeout;
    this.execution.finish(this.fn, invocation);
  }

  private stateWait(invocation: InvocationId): void {
    const wait = this.world.invocations.times[(invocation << TIMES) + DOWNSTREAM];
    if (wait > 0) this.world.recorder.waited(this.fn.id, invocation, wait);
  }

  /** An environment that was initialised before the run has made the calls of its init: it holds their connections. */
  private readied(environment: EnvironmentId): void {
    if (!this.prepares) return;
    for (const { to, each } of this.fn.settings.calls) {
      const dependency = each === 'environment' ? this.calls.dependency(to) : undefined;
      if (dependency?.connection?.per !== 'environment') continue;
      // One that is refused is tried again by the first invocation.
      if (!dependency.connect()) return;
      this.connections.holdFrom(environment, dependency);
    }
    this.connections.prepared(environment);
  }
}
