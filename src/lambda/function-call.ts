/**
 * A call of one function by the handler of another, which waits for it. The SDK in the handler retries throttles and service
 * errors; a function error of the callee, or a call given up, fails the caller.
 */
import type { Stream } from '../engine/random-streams.js';
import type { AwaitedCalls } from './awaited-calls.js';
import type { Invoker } from './event-source.js';
import { type InvocationId, type InvokerId, NONE } from './ids.js';
import { ATTEMPT, ATTEMPT_AT, HOPS, KIND, MARKS, NOTE, OUTCOME, OVERHEAD, REFUSAL, TIMES } from './invocations.js';
import type { LambdaFunction } from './lambda-function.js';
import { ADMITTED, COLD, COLD_RERUN, OK, type Outcome, SERVICE_ERROR, THROTTLED } from './outcome.js';
import { GIVE_UP, type RetryPolicy, retryPolicy } from './retry-policy.js';
import type { World } from './world.js';

const SDK = { kind: 'sdk', mode: 'standard', maximumAttempts: undefined } as const;

export class FunctionCall implements Invoker {
  private readonly id: InvokerId;
  private readonly retry: RetryPolicy;
  private readonly outageDraws: Stream;
  private readonly again: number;

  constructor(
    private readonly world: World,
    private readonly callee: LambdaFunction,
    name: string,
    private readonly calls: AwaitedCalls,
  ) {
    this.id = world.register(this);
    this.retry = retryPolicy(SDK, world.rules, world.streams.named(`${name}/retry`))!;
    this.outageDraws = world.streams.named(`${name}/outages`);
    this.again = world.loop.define(`${name}/again`, (invocation) => this.tryAgain(invocation as InvocationId));
  }

  /** Makes call `call` now; false where it has failed for good already. Otherwise AwaitedCalls hears of its end. */
  make(call: number, hops: number): boolean {
    return this.attempt(this.open(call, hops, 0));
  }

  settled(invocation: InvocationId, outcome: Outcome): void {
    const { times, marks } = this.world.invocations;
    const m = invocation << MARKS;
    const kind = marks[m + KIND];
    if (outcome === OK) this.retry.succeeded(marks[m + ATTEMPT]);
    const wayBack = kind === COLD || kind === COLD_RERUN ? 0 : times[(invocation << TIMES) + OVERHEAD];
    this.calls.answerAfter(wayBack, marks[m + NOTE], outcome === OK);
  }

  private open(call: number, hops: number, attempt: number): InvocationId {
    const { invocations, loop } = this.world;
    const row = invocations.open(this.callee.id, this.id, call, loop.now, attempt);
    invocations.marks[(row << MARKS) + HOPS] = hops;
    return row;
  }

  /** Whether an answer will come. */
  private attempt(row: InvocationId): boolean {
    const { invocations, loop, outages, dispatcher } = this.world;
    const m = row << MARKS;
    invocations.times[(row << TIMES) + ATTEMPT_AT] = loop.now;
    this.callee.work.draw(invocations, row);
    let refused: Outcome = SERVICE_ERROR;
    if (outages === undefined || this.outageDraws.uniform() >= outages.share) {
      const admission = dispatcher.tryInvoke(this.callee, row);
      if (admission === ADMITTED) return true;
      invocations.marks[m + REFUSAL] = admission;
      refused = THROTTLED;
    }
    invocations.marks[m + OUTCOME] = refused;
    const attempt = invocations.marks[m + ATTEMPT];
    const delay = this.retry.retryAfter(attempt, refused);
    if (delay !== GIVE_UP) {
      const next = this.open(invocations.marks[m + NOTE], invocations.marks[m + HOPS], attempt + 1);
      loop.after(delay, this.again, next);
    }
    invocations.close(row);
    return delay !== GIVE_UP;
  }

  private tryAgain(row: InvocationId): void {
    const { invocations } = this.world;
    const call = invocations.marks[(row << MARKS) + NOTE];
    if (!this.calls.isAwaited(call)) {
      // Nobody waits any more, so nobody tries again.
      invocations.times[(row << TIMES) + ATTEMPT_AT] = NONE;
      invocations.close(row);
      this.calls.answered(call, false);
    } else if (!this.attempt(row)) this.calls.answered(call, false);
  }
}
