/**
 * How an admitted invocation runs. Everything about it is known when it starts, so one event, its end, is enough:
 *
 *     cold   | platform | init | handler ......|        concurrency is held from here to there
 *     warm                     | handler ......| reply  the warm platform time is on the way back
 *     init over its limit:   | platform | 10 s given up | init again + handler = Duration |
 */
import type { EventLoop } from '../engine/event-loop.js';
import type { Account } from './account.js';
import type { Invoker } from './event-source.js';
import { type EnvironmentId, type InvocationId, NOBODY } from './ids.js';
import {
  ABORTED_INIT,
  AFTER,
  DURATION,
  ENDS_AT,
  ENVIRONMENT,
  FAILS,
  FN,
  HIDDEN_INIT,
  INIT,
  INVOKER,
  type Invocations,
  KIND,
  MARKS,
  OUTCOME,
  OVERHEAD,
  RESTORE,
  STARTED_AT,
  TIMES,
} from './invocations.js';
import type { LambdaFunction } from './lambda-function.js';
import {
  COLD,
  COLD_RERUN,
  FUNCTION_ERROR,
  FUNCTION_TIMEOUT,
  OK,
  PROVISIONED,
  type StartKind,
  SUPPRESSED_INIT,
  WARM,
} from './outcome.js';
import type { Recorder } from './recorder.js';

export class Execution {
  private readonly end: number;
  private readonly giveBack: number;
  private readonly hearsEach: boolean;

  constructor(
    private readonly loop: EventLoop,
    private readonly invocations: Invocations,
    private readonly account: Account,
    private readonly functions: readonly LambdaFunction[],
    private readonly invokers: readonly Invoker[],
    private readonly recorder: Recorder,
  ) {
    this.hearsEach = recorder.hearsEach;
    this.end = loop.defineFrequent('invocation/end', (invocation) => this.ended(invocation as InvocationId));
    this.giveBack = loop.define('environment/extensions-done', (fn, environment) =>
      this.functions[fn].environments.giveBack(environment as EnvironmentId),
    );
  }

  startWarm(fn: LambdaFunction, invocation: InvocationId, environment: EnvironmentId): void {
    if (!fn.environments.isWarm(environment) && this.startedUnused(fn, invocation, environment)) return;
    const { times, marks } = this.invocations;
    const { now } = this.loop;
    const t = invocation << TIMES;
    const m = invocation << MARKS;
    if (fn.handler !== undefined || fn.work.hasExtensions || this.hearsEach || times[t + DURATION] > fn.timeout) {
      times[t + ENDS_AT] = now;
      this.start(fn, invocation, environment, WARM);
      return;
    }
    marks[m + KIND] = WARM;
    marks[m + ENVIRONMENT] = environment;
    marks[m + OUTCOME] = marks[m + FAILS] === 1 ? FUNCTION_ERROR : OK;
    times[t + STARTED_AT] = now;
    times[t + AFTER] = 0;
    const endsAt = now + times[t + DURATION];
    times[t + ENDS_AT] = endsAt;
    this.loop.at(endsAt, this.end, invocation, 0);
  }

  /** Of an environment that no handler has run in yet since its init, or that has to repeat it: then it is started here. */
  private startedUnused(fn: LambdaFunction, invocation: InvocationId, environment: EnvironmentId): boolean {
    if (fn.environments.takeFresh(environment))
      this.invocations.times[(invocation << TIMES) + DURATION] = fn.work.firstHandler(this.invocations, invocation);
    if (!fn.environments.takeReset(environment)) return false;
    this.startAgain(fn, invocation, environment, SUPPRESSED_INIT, this.repeatedInit(fn, environment));
    return true;
  }

  startProvisioned(fn: LambdaFunction, invocation: InvocationId, environment: EnvironmentId): void {
    const hidden = fn.environments.takeReset(environment) ? this.repeatedInit(fn, environment) : 0;
    if (fn.environments.takeFresh(environment)) {
      this.invocations.times[(invocation << TIMES) + DURATION] = fn.work.firstHandler(this.invocations, invocation);
    }
    this.startAgain(fn, invocation, environment, PROVISIONED, hidden);
  }

  startCold(fn: LambdaFunction, invocation: InvocationId, environment: EnvironmentId): void {
    const { times, marks } = this.invocations;
    const t = invocation << TIMES;
    fn.environments.takeFresh(environment);
    const handler = fn.work.firstHandler(this.invocations, invocation);
    const platform = fn.work.placement();
    const restore = fn.work.restore === undefined ? 0 : fn.work.restore.next();
    const init = restore + fn.environments.initOf(environment);
    // One that is still at it when the timeout ends its repetition comes to no call.
    if (fn.handler?.prepares === true && init < fn.initLimit + fn.timeout) {
      times[t + OVERHEAD] = platform;
      times[t + RESTORE] = restore;
      times[t + INIT] = init;
      times[t + DURATION] = handler;
      this.occupy(fn, invocation, environment, COLD);
      fn.handler.prepare(invocation, this.loop.now + platform + init);
      return;
    }
    this.initialised(fn, invocation, environment, platform, restore, init, handler, this.loop.now, 0);
    this.start(fn, invocation, environment, marks[(invocation << MARKS) + KIND]);
  }

  /** The calls of its init are done: an attempt that was admitted at STARTED_AT has an init that took until now. */
  startPrepared(fn: LambdaFunction, invocation: InvocationId): void {
    const { times, marks } = this.invocations;
    const t = invocation << TIMES;
    const m = invocation << MARKS;
    const startedAt = times[t + STARTED_AT];
    const init = this.loop.now - startedAt - times[t + OVERHEAD];
    const environment = marks[m + ENVIRONMENT] as EnvironmentId;
    this.initialised(
      fn,
      invocation,
      environment,
      times[t + OVERHEAD],
      times[t + RESTORE],
      init,
      times[t + DURATION],
      startedAt,
      init - times[t + RESTORE] - fn.environments.initOf(environment),
    );
    // A restore over its limit is noticed only when the calls are done.
    times[t + ENDS_AT] = Math.max(times[t + ENDS_AT], this.loop.now);
    marks[m + OUTCOME] = marks[m + FAILS] === 1 ? FUNCTION_ERROR : OK;
    fn.handler?.begin(invocation, true);
  }

  /** Writes the init of a cold start, and when the handler begins into ENDS_AT. */
  private initialised(
    fn: LambdaFunction,
    invocation: InvocationId,
    environment: EnvironmentId,
    platform: number,
    restore: number,
    init: number,
    drawnHandler: number,
    startedAt: number,
    /** The part of the init that its calls took. */
    calls: number,
  ): void {
    const { times, marks } = this.invocations;
    const t = invocation << TIMES;
    const m = invocation << MARKS;
    let handler = drawnHandler;
    let completes = init <= fn.initLimit;
    if (!completes && fn.work.restore !== undefined) {
      // SnapStartTimeoutException: the handler never runs, and nothing is repeated.
      completes = true;
      handler = 0;
      marks[m + FAILS] = 1;
    }
    const before = Math.min(init, fn.initLimit);
    const hidden = completes ? 0 : this.repeatedInit(fn, environment) + calls;
    marks[m + KIND] = completes ? COLD : COLD_RERUN;
    times[t + OVERHEAD] = platform;
    times[t + RESTORE] = Math.min(restore, before);
    times[t + INIT] = completes ? before : 0;
    times[t + ABORTED_INIT] = completes ? 0 : before;
    times[t + HIDDEN_INIT] = hidden;
    times[t + DURATION] = hidden + handler;
    times[t + ENDS_AT] = startedAt + platform + before;
  }

  /** On an environment that was initialised before, though it may have to do it again, for `hidden`. */
  private startAgain(
    fn: LambdaFunction,
    invocation: InvocationId,
    environment: EnvironmentId,
    kind: StartKind,
    hidden: number,
  ): void {
    const { times } = this.invocations;
    const t = invocation << TIMES;
    times[t + RESTORE] = 0;
    times[t + INIT] = 0;
    times[t + ABORTED_INIT] = 0;
    times[t + HIDDEN_INIT] = hidden;
    times[t + DURATION] += hidden;
    times[t + ENDS_AT] = this.loop.now;
    this.start(fn, invocation, environment, kind);
  }

  private repeatedInit(fn: LambdaFunction, environment: EnvironmentId): number {
    return fn.work.repeatedInit(fn.environments.initOf(environment));
  }

  /** DURATION is what the handler would take, ENDS_AT when it begins: the timeout cuts the one, and the other becomes its end. */
  private start(fn: LambdaFunction, invocation: InvocationId, environment: EnvironmentId, kind: StartKind): void {
    const { times } = this.invocations;
    const t = invocation << TIMES;
    if (fn.handler !== undefined) {
      this.occupy(fn, invocation, environment, kind);
      fn.handler.begin(invocation);
      return;
    }
    this.occupied(fn, invocation, environment, kind);
    if (times[t + DURATION] + times[t + AFTER] > fn.timeout) this.cut(fn, invocation);
    const endsAt = times[t + ENDS_AT] + times[t + DURATION];
    times[t + ENDS_AT] = endsAt;
    if (this.recorder.hearsEach) this.recorder.started(fn.id, invocation);
    this.loop.at(endsAt, this.end, invocation, 0);
  }

  /** The end of a handler that makes calls is known: DURATION, of a Duration that began at ENDS_AT, counts them. */
  finish(fn: LambdaFunction, invocation: InvocationId): void {
    const { times } = this.invocations;
    const t = invocation << TIMES;
    if (times[t + DURATION] + times[t + AFTER] > fn.timeout) this.cut(fn, invocation);
    const endsAt = times[t + ENDS_AT] + times[t + DURATION];
    times[t + ENDS_AT] = endsAt;
    this.loop.at(endsAt, this.end, invocation, 0);
  }

  private occupy(fn: LambdaFunction, invocation: InvocationId, environment: EnvironmentId, kind: StartKind): void {
    this.occupied(fn, invocation, environment, kind);
    if (this.recorder.hearsEach) this.recorder.started(fn.id, invocation);
  }

  private occupied(fn: LambdaFunction, invocation: InvocationId, environment: EnvironmentId, kind: StartKind): void {
    const { times, marks } = this.invocations;
    const m = invocation << MARKS;
    const t = invocation << TIMES;
    marks[m + KIND] = kind;
    marks[m + ENVIRONMENT] = environment;
    marks[m + OUTCOME] = marks[m + FAILS] === 1 ? FUNCTION_ERROR : OK;
    times[t + STARTED_AT] = this.loop.now;
    times[t + AFTER] = fn.work.hasExtensions ? fn.work.after.next() : 0;
  }

  /** Handler and extensions together have the function's timeout; whichever passes it, the runtime is stopped. */
  private cut(fn: LambdaFunction, invocation: InvocationId): void {
    const { times, marks } = this.invocations;
    const t = invocation << TIMES;
    marks[(invocation << MARKS) + OUTCOME] = FUNCTION_TIMEOUT;
    if (times[t + DURATION] > fn.timeout) {
      times[t + DURATION] = fn.timeout;
      times[t + HIDDEN_INIT] = Math.min(times[t + HIDDEN_INIT], fn.timeout);
    }
    times[t + AFTER] = fn.timeout - times[t + DURATION];
  }

  private ended(invocation: InvocationId): void {
    const { times, marks } = this.invocations;
    const m = invocation << MARKS;
    const fn = this.functions[marks[m + FN]];
    const environment = marks[m + ENVIRONMENT] as EnvironmentId;
    const outcome = marks[m + OUTCOME];
    const invoker = marks[m + INVOKER];
    const after = times[(invocation << TIMES) + AFTER];
    if (this.hearsEach) this.recorder.ended(fn.id, invocation);
    if (marks[m + KIND] === PROVISIONED) this.account.releaseProvisioned(fn.id);
    else this.account.release(fn.id);
    if (outcome === FUNCTION_TIMEOUT) fn.environments.reset(environment);
    if (after > 0) this.loop.after(after, this.giveBack, fn.id, environment);
    else fn.environments.giveBack(environment);
    if (fn.handler !== undefined) fn.handler.ended(invocation, outcome);
    if (invoker !== NOBODY) this.invokers[invoker].settled(invocation, outcome);
    // A client that looks at its limit whether the attempt still runs sees that it does not.
    if (fn.handler !== undefined) marks[m + INVOKER] = NOBODY;
    this.invocations.close(invocation);
  }
}
