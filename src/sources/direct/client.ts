/**
 * The synchronous clients of one traffic: each request is tried until it succeeds or its client gives up. Lambda neither
 * queues nor repeats a synchronous call; whatever waiting there is, is here. When they come is the business of `arrivals.ts`
 * and `users.ts`.
 */
import type { Stream } from '../../engine/random-streams.js';
import type { Micros } from '../../engine/units.js';
import type { Invoker } from '../../lambda/event-source.js';
import { type InvocationId, type InvokerId, NONE } from '../../lambda/ids.js';
import type { Invocations } from '../../lambda/invocations.js';
import type { LambdaFunction } from '../../lambda/lambda-function.js';
import { ADMITTED, CALLER_TIMEOUT, COLD, COLD_RERUN, OK, type Outcome, SERVICE_ERROR, THROTTLED } from '../../lambda/outcome.js';
import type { World } from '../../lambda/world.js';
import { clientRetry } from '../../rules/client-retry.js';
import type { TrafficSettings } from '../../scenario/types.js';
import type { FrontEnd } from './front-end.js';
import { GIVE_UP, type RetryPolicy, retryPolicy } from './retry-policy.js';
import { SendRate } from './send-rate.js';

export class Client implements Invoker {
  /** Told when the request of a user is over: whose it was, and when the user knows. */
  onUserAnswered: ((user: number, at: Micros) => void) | undefined;
  private readonly invocations: Invocations;
  private readonly limit: Micros;
  private readonly retry: RetryPolicy;
  private readonly sendRate: SendRate | undefined;
  private readonly outageDraws: Stream;
  private readonly send: number;
  private readonly giveUp: number;

  constructor(
    private readonly world: World,
    private readonly id: InvokerId,
    settings: TrafficSettings,
    private readonly fn: LambdaFunction,
    private readonly frontEnd: FrontEnd | undefined,
  ) {
    const { loop, rules, streams } = world;
    this.invocations = world.invocations;
    this.limit = settings.timeout ?? Number.POSITIVE_INFINITY;
    this.retry = retryPolicy(settings.retry, rules, streams.named(`traffic.${settings.id}/retry`));
    const adaptive = settings.retry.kind === 'sdk' && settings.retry.mode === 'adaptive';
    this.sendRate = adaptive ? new SendRate(loop, rules.value(clientRetry)) : undefined;
    this.outageDraws = streams.named(`traffic.${settings.id}/outages`);
    this.send = loop.define(`traffic.${settings.id}/send`, (invocation) => this.attempt(invocation as InvocationId));
    this.giveUp = loop.define(`traffic.${settings.id}/give-up`, (request) => {
      this.concluded(request as InvocationId, CALLER_TIMEOUT);
      this.invocations.close(request as InvocationId);
    });
  }

  /** A client makes a request now; `user` is whose it is, or NONE. */
  request(user: number): void {
    const { now } = this.world.loop;
    const invocation = this.invocations.open(this.fn.id, this.id, user, now, now, 0);
    this.world.recorder.requested(this.id, invocation);
    this.sendWhenAllowed(invocation);
  }

  settled(invocation: InvocationId, outcome: Outcome): void {
    const { invocations } = this;
    const kind = invocations.kind[invocation];
    const wayBack = kind === COLD || kind === COLD_RERUN ? 0 : invocations.overhead[invocation];
    invocations.answeredAt[invocation] = this.world.loop.now + wayBack;
    this.concluded(invocation, outcome);
  }

  private sendWhenAllowed(invocation: InvocationId): void {
    const wait = this.sendRate === undefined ? 0 : this.sendRate.delay();
    if (wait > 0) this.world.loop.after(wait, this.send, invocation);
    else this.attempt(invocation);
  }

  /** One try; what becomes of the slot is decided by whoever ends the attempt. */
  private attempt(invocation: InvocationId): void {
    const { world, invocations, fn, frontEnd } = this;
    const now = world.loop.now;
    invocations.attemptAt[invocation] = now;
    world.recorder.attempted(this.id, invocation);
    fn.work.draw(invocations, invocation);

    if (frontEnd !== undefined) {
      if (!frontEnd.has()) {
        world.recorder.refusedInFront(this.id, invocation);
        this.refused(invocation, THROTTLED);
        return;
      }
      frontEnd.take();
    }
    const failing = world.outages.share;
    if (failing > 0 && this.outageDraws.uniform() < failing) {
      world.recorder.serviceError(fn.id, invocation);
      this.refused(invocation, SERVICE_ERROR);
      return;
    }
    const admission = world.dispatcher.tryInvoke(fn, invocation);
    if (admission !== ADMITTED) {
      world.recorder.throttled(fn.id, invocation, admission);
      this.refused(invocation, THROTTLED);
      return;
    }
    if (this.limit < Number.POSITIVE_INFINITY) this.watch(invocation);
  }

  /** Where the answer would come after the client's limit, the client stops waiting and the function goes on alone. */
  private watch(invocation: InvocationId): void {
    const { invocations } = this;
    const kind = invocations.kind[invocation];
    const wayBack = kind === COLD || kind === COLD_RERUN ? 0 : invocations.overhead[invocation];
    const limitAt = invocations.attemptAt[invocation] + this.limit;
    if (invocations.endsAt[invocation] + wayBack <= limitAt) return;
    const waiting = invocations.open(
      this.fn.id,
      this.id,
      invocations.note[invocation],
      invocations.arrivedAt[invocation],
      invocations.attemptAt[invocation],
      invocations.attempt[invocation],
    );
    invocations.answeredAt[waiting] = limitAt;
    invocations.abandon(invocation);
    this.world.loop.at(limitAt, this.giveUp, waiting);
  }

  private refused(invocation: InvocationId, outcome: Outcome): void {
    this.invocations.answeredAt[invocation] = this.world.loop.now;
    this.concluded(invocation, outcome);
    this.invocations.close(invocation);
  }

  /** The attempt is over for its client: the request succeeded, is tried again, or has failed. */
  private concluded(invocation: InvocationId, outcome: Outcome): void {
    const { invocations, world } = this;
    const attempt = invocations.attempt[invocation];
    if (this.sendRate !== undefined) this.sendRate.answered(outcome === THROTTLED);
    if (outcome === OK) {
      this.retry.succeeded(attempt);
    } else {
      const delay = this.retry.retryAfter(attempt, outcome);
      if (delay !== GIVE_UP) {
        const again = invocations.open(
          this.fn.id,
          this.id,
          invocations.note[invocation],
          invocations.arrivedAt[invocation],
          NONE,
          attempt + 1,
        );
        world.loop.at(invocations.answeredAt[invocation] + delay, this.send, again);
        return;
      }
    }
    world.recorder.answered(this.id, invocation, outcome);
    const user = invocations.note[invocation];
    if (user !== NONE && this.onUserAnswered !== undefined) this.onUserAnswered(user, invocations.answeredAt[invocation]);
  }
}

