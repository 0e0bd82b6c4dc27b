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
import { type EnvironmentId, type FunctionId, type InvocationId, NOBODY } from './ids.js';
import type { Invocations } from './invocations.js';
import type { LambdaFunction } from './lambda-function.js';
import { COLD, COLD_RERUN, FUNCTION_ERROR, FUNCTION_TIMEOUT, OK, PROVISIONED, type StartKind, SUPPRESSED_INIT, WARM } from './outcome.js';
import type { Recorder } from './recorder.js';

export class Execution {
  private readonly end: number;
  private readonly giveBack: number;

  constructor(
    private readonly loop: EventLoop,
    private readonly invocations: Invocations,
    private readonly account: Account,
    private readonly functions: readonly LambdaFunction[],
    private readonly invokers: readonly Invoker[],
    private readonly recorder: Recorder,
  ) {
    this.end = loop.define('invocation/end', (invocation) => this.ended(invocation as InvocationId));
    this.giveBack = loop.define('environment/extensions-done', (fn, environment) =>
      this.functions[fn].environments.giveBack(environment as EnvironmentId),
    );
  }

  startWarm(fn: LambdaFunction, invocation: InvocationId, environment: EnvironmentId): void {
    const hidden = this.hiddenInit(fn, environment);
    this.startInitialised(fn, invocation, environment, hidden > 0 ? SUPPRESSED_INIT : WARM, hidden);
  }

  startProvisioned(fn: LambdaFunction, invocation: InvocationId, environment: EnvironmentId): void {
    this.startInitialised(fn, invocation, environment, PROVISIONED, this.hiddenInit(fn, environment));
  }

  startCold(fn: LambdaFunction, invocation: InvocationId, environment: EnvironmentId): void {
    const { invocations } = this;
    const platform = fn.work.placement();
    invocations.overhead[invocation] = platform;
    fn.environments.takeFresh(environment);
    const handler = fn.work.firstHandler(invocations.work[invocation]);
    const restore = fn.work.restore === undefined ? 0 : fn.work.restore.next();
    const init = restore + fn.environments.initOf(environment);
    invocations.restore[invocation] = restore;
    if (init <= fn.initLimit) {
      invocations.init[invocation] = init;
      invocations.abortedInit[invocation] = 0;
      this.start(fn, invocation, environment, COLD, platform + init, 0, handler);
    } else {
      invocations.init[invocation] = 0;
      invocations.abortedInit[invocation] = fn.initLimit;
      const again = Math.round(init * fn.work.repeatedInitFactor);
      this.start(fn, invocation, environment, COLD_RERUN, platform + fn.initLimit, again, handler);
    }
  }

  /** The run is over: invocations under way are accounted with the end they were going to have. */
  finish(): void {
    for (const invocation of this.invocations.running()) {
      this.recorder.ended(this.invocations.fn[invocation] as FunctionId, invocation);
    }
  }

  private startInitialised(fn: LambdaFunction, invocation: InvocationId, environment: EnvironmentId, kind: StartKind, hidden: number): void {
    const { invocations } = this;
    invocations.init[invocation] = 0;
    invocations.restore[invocation] = 0;
    invocations.abortedInit[invocation] = 0;
    const drawn = invocations.work[invocation];
    this.start(fn, invocation, environment, kind, 0, hidden, fn.environments.takeFresh(environment) ? fn.work.firstHandler(drawn) : drawn);
  }

  private hiddenInit(fn: LambdaFunction, environment: EnvironmentId): number {
    return fn.environments.takeReset(environment) ? Math.round(fn.environments.initOf(environment) * fn.work.repeatedInitFactor) : 0;
  }

  /** `lead` passes before the Duration begins; the Duration is `hidden` init and `handler`, cut at the function's timeout. */
  private start(
    fn: LambdaFunction,
    invocation: InvocationId,
    environment: EnvironmentId,
    kind: StartKind,
    lead: number,
    hidden: number,
    handler: number,
  ): void {
    const { invocations } = this;
    const now = this.loop.now;
    let duration = hidden + handler;
    let after = fn.work.after.next();
    let outcome = invocations.fails[invocation] === 1 ? FUNCTION_ERROR : OK;
    if (duration + after > fn.timeout) {
      if (duration > fn.timeout) {
        duration = fn.timeout;
        outcome = FUNCTION_TIMEOUT;
      }
      after = fn.timeout - duration;
    }
    invocations.kind[invocation] = kind;
    invocations.outcome[invocation] = outcome;
    invocations.environment[invocation] = environment;
    invocations.hiddenInit[invocation] = hidden < duration ? hidden : duration;
    invocations.duration[invocation] = duration;
    invocations.after[invocation] = after;
    invocations.startedAt[invocation] = now;
    const endsAt = now + lead + duration;
    invocations.endsAt[invocation] = endsAt;
    this.recorder.started(fn.id, invocation);
    this.loop.at(endsAt, this.end, invocation);
  }

  private ended(invocation: InvocationId): void {
    const { invocations } = this;
    const fn = this.functions[invocations.fn[invocation]];
    const environment = invocations.environment[invocation] as EnvironmentId;
    const outcome = invocations.outcome[invocation];
    const invoker = invocations.invoker[invocation];
    this.recorder.ended(fn.id, invocation);
    if (invocations.kind[invocation] !== PROVISIONED) this.account.release(fn.id);
    if (outcome === FUNCTION_TIMEOUT) fn.environments.reset(environment);
    if (invocations.after[invocation] > 0) this.loop.after(invocations.after[invocation], this.giveBack, fn.id, environment);
    else fn.environments.giveBack(environment);
    if (invoker !== NOBODY) this.invokers[invoker].settled(invocation, outcome);
    invocations.close(invocation);
  }
}
