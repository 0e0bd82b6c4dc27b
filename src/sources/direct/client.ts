/**
 * The synchronous clients of one traffic: each request is tried until it succeeds or its client gives up. Lambda neither
 * queues nor repeats a synchronous call; whatever waiting there is, is here. When they come is not decided here.
 */
import type { EventLoop } from '../../engine/event-loop.js';
import type { Stream } from '../../engine/random-streams.js';
import type { Micros } from '../../engine/units.js';
import type { Dispatcher } from '../../lambda/dispatcher.js';
import type { Invoker } from '../../lambda/event-source.js';
import { type FunctionId, type InvocationId, type InvokerId, NOBODY, NONE } from '../../lambda/ids.js';
import {
  AFTER,
  ANSWER,
  ANSWERED_AT,
  ARRIVED_AT,
  ATTEMPT,
  ATTEMPT_AT,
  ENDS_AT,
  FAILS,
  INVOKER,
  type Invocations,
  KIND,
  MARKS,
  NOTE,
  OUTCOME,
  OVERHEAD,
  REFUSAL,
  STARTED_AT,
  TIMES,
} from '../../lambda/invocations.js';
import type { LambdaFunction } from '../../lambda/lambda-function.js';
import {
  ADMITTED,
  type Admission,
  CALLER_TIMEOUT,
  COLD,
  COLD_RERUN,
  FUNCTION_ERROR,
  FUNCTION_TIMEOUT,
  OK,
  type Outcome,
  REFUSED_IN_FRONT,
  SERVICE_ERROR,
  THROTTLED,
} from '../../lambda/outcome.js';
import { GIVE_UP, type RetryPolicy, retryPolicy } from '../../lambda/retry-policy.js';
import type { Work } from '../../lambda/work.js';
import type { World } from '../../lambda/world.js';
import { clientRetry } from '../../rules/client-retry.js';
import type { TrafficSettings } from '../../scenario/types.js';
import type { FrontEnd } from '../front-end.js';
import { SendRate } from './send-rate.js';

export class Client implements Invoker {
  /** Told when the request of a user is over: whose it was, and when the user knows. */
  onUserAnswered: ((user: number, at: Micros) => void) | undefined;
  private readonly loop: EventLoop;
  private readonly invocations: Invocations;
  private readonly dispatcher: Dispatcher;
  private readonly work: Work;
  private readonly limit: Micros;
  private readonly hasLimit: boolean;
  private readonly retry: RetryPolicy | undefined;
  private readonly sendRate: SendRate | undefined;
  /** Whether anything may answer before Lambda looks. */
  private readonly mayBeRefused: boolean;
  private readonly outageDraws: Stream;
  private readonly again: number;
  private readonly giveUp: number;
  private readonly lose: number;

  constructor(
    private readonly world: World,
    private readonly id: InvokerId,
    settings: TrafficSettings,
    private readonly fn: LambdaFunction,
    private readonly frontEnd: FrontEnd | undefined,
  ) {
    const { loop, rules, streams } = world;
    this.loop = loop;
    this.invocations = world.invocations;
    this.dispatcher = world.dispatcher;
    this.work = fn.work;
    this.mayBeRefused = frontEnd !== undefined || world.outages !== undefined;
    this.limit = settings.timeout ?? Number.POSITIVE_INFINITY;
    this.hasLimit = settings.timeout !== undefined;
    this.retry = retryPolicy(settings.retry, rules, streams.named(`traffic.${settings.id}/retry`));
    const adaptive = settings.retry.kind === 'sdk' && settings.retry.mode === 'adaptive';
    const attempt = (invocation: number) => this.attempt(invocation as InvocationId);
    this.sendRate = adaptive
      ? new SendRate(loop, `traffic.${settings.id}/send-rate`, rules.value(clientRetry), attempt)
      : undefined;
    this.outageDraws = streams.named(`traffic.${settings.id}/outages`);
    this.again = loop.define(`traffic.${settings.id}/again`, (invocation) => this.send(invocation as InvocationId));
    this.lose = loop.define(`traffic.${settings.id}/lose`, (invocation) =>
      this.loseIfRunning(invocation as InvocationId),
    );
    this.giveUp = loop.define(`traffic.${settings.id}/give-up`, (invocation) => {
      this.concluded(invocation as InvocationId, CALLER_TIMEOUT);
      this.invocations.close(invocation as InvocationId);
    });
  }

  /** A client makes a request now; `user` is whose it is, or NONE. */
  request(user: number): void {
    const invocation = this.invocations.open(this.fn.id, this.id, user, this.loop.now, 0);
    this.send(invocation);
  }

  settled(invocation: InvocationId, ended: Outcome): void {
    const { times } = this.invocations;
    const t = invocation << TIMES;
    const outcome = ended === FUNCTION_TIMEOUT ? this.answerBefore(invocation) : ended;
    times[t + ANSWERED_AT] = this.loop.now + this.wayBack(invocation);
    if (this.fn.handler !== undefined && times[t + ANSWERED_AT] > times[t + ATTEMPT_AT] + this.limit) {
      times[t + ANSWERED_AT] = times[t + ATTEMPT_AT] + this.limit;
      this.concluded(invocation, CALLER_TIMEOUT);
    } else this.concluded(invocation, outcome);
  }

  /** The client's limit for an attempt whose end was not known at its start: if it still runs, it goes on alone. */
  private loseIfRunning(invocation: InvocationId): void {
    const { times, marks } = this.invocations;
    const m = invocation << MARKS;
    const t = invocation << TIMES;
    const { now } = this.loop;
    // The row may be that of another attempt by now; one of this client made at the same instant has the same limit.
    if (marks[m + INVOKER] !== this.id || times[t + STARTED_AT] === NONE) return;
    if (times[t + ATTEMPT_AT] !== now - this.limit) return;
    const waiting = this.follow(invocation, NONE, marks[m + ATTEMPT]);
    this.invocations.times[(waiting << TIMES) + ATTEMPT_AT] = now - this.limit;
    this.invocations.times[(waiting << TIMES) + ANSWERED_AT] = now;
    this.invocations.marks[m + INVOKER] = NOBODY;
    this.concluded(waiting, CALLER_TIMEOUT);
    this.invocations.close(waiting);
  }

  /** What the handler had answered where only the extensions after it passed the timeout. */
  private answerBefore(invocation: InvocationId): Outcome {
    const { times, marks } = this.invocations;
    if (times[(invocation << TIMES) + AFTER] === 0) return FUNCTION_TIMEOUT;
    return marks[(invocation << MARKS) + FAILS] === 1 ? FUNCTION_ERROR : OK;
  }

  private send(invocation: InvocationId): void {
    if (this.sendRate === undefined) this.attempt(invocation);
    else this.sendRate.sendInTurn(invocation);
  }

  private attempt(invocation: InvocationId): void {
    this.invocations.times[(invocation << TIMES) + ATTEMPT_AT] = this.loop.now;
    this.work.draw(this.invocations, invocation);
    if (this.mayBeRefused && this.isRefused(invocation)) return;
    const admission = this.dispatcher.tryInvoke(this.fn, invocation);
    if (admission !== ADMITTED) this.throttled(invocation, admission);
    else if (this.hasLimit) this.watch(invocation);
  }

  /** By a front end over its own quota, or by Lambda during an outage; the request is told. */
  private isRefused(invocation: InvocationId): boolean {
    const { frontEnd, outageDraws } = this;
    const { outages } = this.world;
    if (frontEnd !== undefined) {
      if (!frontEnd.has()) {
        this.refused(invocation, REFUSED_IN_FRONT);
        return true;
      }
      frontEnd.take();
    }
    if (outages === undefined || outageDraws.uniform() >= outages.share) return false;
    this.refused(invocation, SERVICE_ERROR);
    return true;
  }

  private throttled(invocation: InvocationId, reason: Admission): void {
    this.invocations.marks[(invocation << MARKS) + REFUSAL] = reason;
    this.refused(invocation, THROTTLED);
  }

  /** Where the answer would come after the client's limit, the client stops waiting and the function goes on alone. */
  private watch(invocation: InvocationId): void {
    if (this.fn.handler !== undefined) {
      this.loop.after(this.limit, this.lose, invocation);
      return;
    }
    const { invocations } = this;
    const t = invocation << TIMES;
    const attemptAt = invocations.times[t + ATTEMPT_AT];
    const limitAt = attemptAt + this.limit;
    if (invocations.times[t + ENDS_AT] + this.wayBack(invocation) <= limitAt) return;
    const waiting = this.follow(invocation, NONE, invocations.marks[(invocation << MARKS) + ATTEMPT]);
    invocations.times[(waiting << TIMES) + ATTEMPT_AT] = attemptAt;
    invocations.times[(waiting << TIMES) + ANSWERED_AT] = limitAt;
    invocations.marks[(invocation << MARKS) + INVOKER] = NOBODY;
    this.loop.at(limitAt, this.giveUp, waiting);
  }

  /** Warm, the platform's time is spent on the way; cold, it passed before the init. */
  private wayBack(invocation: InvocationId): Micros {
    const kind = this.invocations.marks[(invocation << MARKS) + KIND];
    return kind === COLD || kind === COLD_RERUN ? 0 : this.invocations.times[(invocation << TIMES) + OVERHEAD];
  }

  /** The attempt ended before Lambda ran anything. */
  private refused(invocation: InvocationId, outcome: Outcome): void {
    this.invocations.marks[(invocation << MARKS) + OUTCOME] = outcome;
    this.invocations.times[(invocation << TIMES) + ANSWERED_AT] = this.loop.now;
    this.concluded(invocation, outcome);
    this.invocations.close(invocation);
  }

  /** The attempt is over for its client: the request succeeded, is tried again, or has failed. */
  private concluded(invocation: InvocationId, outcome: Outcome): void {
    const { times, marks } = this.invocations;
    const m = invocation << MARKS;
    if (this.sendRate !== undefined) this.sendRate.answered(outcome === THROTTLED || outcome === REFUSED_IN_FRONT);
    if (outcome === OK) this.retry?.succeeded(marks[m + ATTEMPT]);
    else if (this.triesAgain(invocation, outcome)) return;
    marks[m + ANSWER] = outcome;
    const user = marks[m + NOTE];
    if (user !== NONE && this.onUserAnswered !== undefined)
      this.onUserAnswered(user, times[(invocation << TIMES) + ANSWERED_AT]);
  }

  private triesAgain(invocation: InvocationId, outcome: Outcome): boolean {
    const attempt = this.invocations.marks[(invocation << MARKS) + ATTEMPT];
    const delay = this.retry === undefined ? GIVE_UP : this.retry.retryAfter(attempt, outcome);
    if (delay === GIVE_UP) return false;
    const at = this.invocations.times[(invocation << TIMES) + ANSWERED_AT] + delay;
    this.loop.at(at, this.again, this.follow(invocation, this.fn.id, attempt + 1));
    return true;
  }

  /** Another row for the same request. */
  private follow(invocation: InvocationId, fn: FunctionId | typeof NONE, attempt: number): InvocationId {
    const { times, marks } = this.invocations;
    return this.invocations.open(
      fn,
      this.id,
      marks[(invocation << MARKS) + NOTE],
      times[(invocation << TIMES) + ARRIVED_AT],
      attempt,
    );
  }
}
