/**
 * The asynchronous queue of one function. Acceptance is never throttled; each event is tried a moment later, again after
 * waits that AWS publishes, and at last it has succeeded or is dropped and handed over. What AWS waits for is in src/rules,
 * who waits in WaitingEvents.
 *
 *     accepted ─ dispatch ─► run ─► succeeded                    after a throttle or service error: back-off, any number
 *                             └───► 1 min ─► 2 min ─► dropped    after a function error
 */
import { makeDistribution } from '../engine/distributions/registry.js';
import type { Stream } from '../engine/random-streams.js';
import { type Bytes, KB, type Micros } from '../engine/units.js';
import { Variates } from '../engine/variates.js';
import { asyncDispatch } from '../rules/async-dispatch.js';
import { asyncEventAge } from '../rules/async-event-age.js';
import {
  type AsyncFunctionErrorRetry,
  asyncFunctionErrorRetry,
  functionErrorDelay,
} from '../rules/async-function-error-retry.js';
import { asyncHandOver } from '../rules/async-hand-over.js';
import { asyncThrottleBackoff, throttleDelays } from '../rules/async-throttle-backoff.js';
import { payloadLimits } from '../rules/payload-limits.js';
import { type RequestCharge, requestCharge, requestsOf } from '../rules/request-charge.js';
import { FIGURES, type Figure } from '../scenario/resource-figures.js';
import type { AsyncSettings } from '../scenario/types.js';
import type { Invoker } from './event-source.js';
import { type InvocationId, type InvokerId, NONE, type ResourceId } from './ids.js';
import { ARRIVED_AT, ATTEMPT, ATTEMPT_AT, HOPS as CHAIN_HOPS, MARKS, NOTE, TIMES } from './invocations.js';
import type { LambdaFunction } from './lambda-function.js';
import { ADMITTED, type Admission, OK, type Outcome, SERVICE_ERROR, THROTTLED } from './outcome.js';
import { MOST_HOPS, type Recursion, recursionOf } from './recursion.js';
import { NEW_CHAIN, type Target, UNCOUNTED } from './targets.js';
import { type DueEvents, WaitingEvents } from './waiting-events.js';
import type { World } from './world.js';

/** The facts of an event in FACT_BITS bits: failed attempts, whether it is a copy, functions its chain has passed, whether AWS lost count of them, whole KB. */
const ERRORS = 0b11;
const COPY = 0b100;
const HOPS = 3;
const LOST_COUNT = 1 << 11;
const SIZE = 12;
/** Far above AWS's limit: only an override of it lets larger events in, which count as this large. */
const MOST_KB = 2047;

/** Functions that the chain of an event has passed before. */
export function hopsOf(facts: number): number {
  return (facts >> HOPS) & MOST_HOPS;
}

function sizeOf(facts: number): Bytes {
  return (facts >> SIZE) * KB;
}

/** Levels of WaitingEvents beside those of the back-off, which count from 0. */
const FIRST = -1;
const AFTER_ERROR = -2;
const TOO_OLD = -3;

const figures = FIGURES.async;

export class AsyncEventQueue implements Target, Invoker, DueEvents {
  private readonly id: InvokerId;
  private readonly resource: ResourceId;
  private readonly settings: AsyncSettings;
  private readonly limit: Bytes;
  private readonly latency: Variates;
  private readonly errorRetry: AsyncFunctionErrorRetry;
  private readonly charge: RequestCharge;
  private readonly envelope: Bytes;
  private readonly delays: readonly Micros[];
  private readonly jitter: Stream | undefined;
  private readonly duplicates: Stream;
  private readonly outageDraws: Stream;
  private readonly recursion: Recursion;

  private readonly first: WaitingEvents;
  private readonly backoff: readonly WaitingEvents[];
  private readonly afterError: readonly WaitingEvents[];
  private readonly tooOld: WaitingEvents;
  private onSuccess: Target | undefined;
  private onFailure: Target | undefined;
  private deadLetters: Target | undefined;

  private waiting = 0;
  private running = 0;
  /** Rows drawn for a first and for a repeated attempt that found no room; the next attempt takes them. */
  private readonly drawn = [NONE as InvocationId, NONE as InvocationId];
  /** Why the last attempt of this instant was refused: whoever comes after it at the same instant is refused as well. */
  private refusal: Admission = ADMITTED;
  private refused = 0;
  private failedByService = 0;

  constructor(
    private readonly world: World,
    private readonly fn: LambdaFunction,
  ) {
    const { loop, rules, streams } = world;
    const { id } = fn.settings;
    const name = `functions.${id}/async`;
    this.id = world.register(this);
    this.resource = world.resource('async', id);
    this.settings = fn.settings.async;
    this.limit = rules.value(payloadLimits).asynchronous;
    this.latency = new Variates(
      makeDistribution(rules.value(asyncDispatch).latency),
      streams.named(`${name}/dispatch`),
    );
    this.errorRetry = rules.value(asyncFunctionErrorRetry);
    this.charge = rules.value(requestCharge);
    this.envelope = rules.value(asyncHandOver).envelope;
    rules.value(asyncEventAge);
    const throttle = rules.value(asyncThrottleBackoff);
    this.delays = throttleDelays(throttle);
    this.jitter = throttle.jitter === 'full' ? streams.named(`${name}/jitter`) : undefined;
    this.duplicates = streams.named(`${name}/duplicates`);
    this.outageDraws = streams.named(`${name}/outages`);
    this.recursion = recursionOf(id, world);
    this.first = new WaitingEvents(loop, `${name}/dispatch`, FIRST, this);
    this.backoff = this.delays.map((_, level) => new WaitingEvents(loop, `${name}/back-off ${level}`, level, this));
    this.afterError = [1, 2].map((error) => new WaitingEvents(loop, `${name}/error ${error}`, AFTER_ERROR, this));
    this.tooOld = new WaitingEvents(loop, `${name}/too-old`, TOO_OLD, this);
  }

  connect(): void {
    const { onSuccess, onFailure, deadLetterQueue } = this.settings;
    const named = (id: string | undefined) => (id === undefined ? undefined : this.world.targets.named(id));
    this.onSuccess = named(onSuccess);
    this.onFailure = named(onFailure);
    this.deadLetters = named(deadLetterQueue);
  }

  receive(payload: Bytes, _key: number, hops: number): boolean {
    if (payload > this.limit) return false;
    const { now } = this.world.loop;
    const passed = hops === UNCOUNTED ? LOST_COUNT : Math.min(hops, MOST_HOPS) << HOPS;
    const facts = passed | (Math.min(MOST_KB, Math.ceil(payload / KB)) << SIZE);
    this.count(figures.received, 1);
    this.waits(1);
    this.wait(this.first, now + this.latency.next(), now, facts);
    if (this.settings.duplicateRate > 0 && this.duplicates.uniform() < this.settings.duplicateRate) {
      this.count(figures.duplicates, 1);
      this.wait(this.first, now + this.latency.next(), now, facts | COPY);
    }
    return true;
  }

  beginDue(): void {
    this.refusal = ADMITTED;
  }

  due(receivedAt: Micros, facts: number, level: number): void {
    if (level === TOO_OLD || this.world.loop.now - receivedAt > this.settings.maximumEventAge) {
      this.drop(facts, figures.tooOld);
    } else if (hopsOf(facts) >= this.recursion.hopLimit) this.drop(facts, figures.recursiveDrops);
    else if (this.fn.stopped) this.drop(facts, figures.stopped);
    else if (this.isOut()) {
      this.failedByService++;
      this.backOff(receivedAt, facts, level);
    } else if (this.refusal === ADMITTED && this.invoke(receivedAt, facts)) this.began(receivedAt, facts);
    else {
      this.refused++;
      this.backOff(receivedAt, facts, level);
    }
  }

  endDue(): void {
    const { recorder } = this.world;
    if (this.refused > 0) {
      recorder.refused(this.fn.id, THROTTLED, this.refusal, this.refused);
      this.count(figures.throttledAttempts, this.refused);
      this.refused = 0;
    }
    if (this.failedByService > 0) {
      recorder.refused(this.fn.id, SERVICE_ERROR, ADMITTED, this.failedByService);
      this.count(figures.serviceErrorAttempts, this.failedByService);
      this.failedByService = 0;
    }
  }

  settled(invocation: InvocationId, outcome: Outcome): void {
    const { invocations, loop } = this.world;
    const facts = invocations.marks[(invocation << MARKS) + NOTE];
    const isCopy = (facts & COPY) !== 0;
    if (!isCopy) this.runs(-1);
    if (outcome === OK) {
      if (!isCopy) this.count(figures.succeeded, 1);
      const size = sizeOf(facts) + this.fn.settings.response.size + this.envelope;
      if (!this.handOver(this.onSuccess, size, facts)) this.count(figures.successesNotDelivered, 1);
      return;
    }
    if (!isCopy) this.waits(1);
    const errors = (facts & ERRORS) + 1;
    if (errors > this.settings.maximumRetryAttempts) {
      this.drop(facts, figures.exhausted);
      return;
    }
    const receivedAt = invocations.times[(invocation << TIMES) + ARRIVED_AT];
    const queue = this.afterError[Math.min(errors, this.afterError.length) - 1]!;
    this.wait(queue, loop.now + functionErrorDelay(this.errorRetry, errors), receivedAt, facts + 1);
  }

  /** Whether Lambda itself fails this attempt. */
  private isOut(): boolean {
    const { outages } = this.world;
    if (outages === undefined) return false;
    const { share } = outages;
    return share === 1 || (share > 0 && this.outageDraws.uniform() < share);
  }

  private invoke(receivedAt: Micros, facts: number): boolean {
    const { world, fn, drawn } = this;
    const { invocations } = world;
    const errors = facts & ERRORS;
    const again = errors > 0 ? 1 : 0;
    let row = drawn[again]!;
    if (row === NONE) {
      row = invocations.open(fn.id, this.id, facts, receivedAt, errors);
      fn.work.draw(invocations, row);
    }
    const m = row << MARKS;
    const t = row << TIMES;
    invocations.marks[m + NOTE] = facts;
    invocations.marks[m + CHAIN_HOPS] = hopsOf(facts);
    invocations.marks[m + ATTEMPT] = errors;
    invocations.times[t + ARRIVED_AT] = receivedAt;
    invocations.times[t + ATTEMPT_AT] = world.loop.now;
    this.refusal = world.dispatcher.tryInvoke(fn, row);
    drawn[again] = NONE as InvocationId;
    if (this.refusal === ADMITTED) return true;
    invocations.times[t + ATTEMPT_AT] = NONE;
    drawn[again] = row;
    return false;
  }

  private began(receivedAt: Micros, facts: number): void {
    const requests = requestsOf(this.charge, true, sizeOf(facts));
    if (requests > 1) this.count(figures.extraRequests, requests - 1);
    if (this.cameBack(facts)) this.count(figures.rounds, 1);
    if ((facts & COPY) !== 0) return;
    this.waits(-1);
    this.runs(1);
    if ((facts & ERRORS) > 0) this.count(figures.retries, 1);
    this.world.recorder.took(this.resource, figures.age, this.world.loop.now - receivedAt, receivedAt);
  }

  private cameBack(facts: number): boolean {
    const { round } = this.recursion;
    return round > 0 && (hopsOf(facts) >= round || (facts & LOST_COUNT) !== 0);
  }

  private backOff(receivedAt: Micros, facts: number, level: number): void {
    const next = level < 0 ? 0 : Math.min(level + 1, this.delays.length - 1);
    const delay = this.delays[next]!;
    const wait = this.jitter === undefined ? delay : Math.round(this.jitter.uniform() * delay);
    this.wait(this.backoff[next]!, this.world.loop.now + wait, receivedAt, facts);
  }

  /** Until `dueAt`, or until the event is too old if that is sooner. */
  private wait(queue: WaitingEvents, dueAt: Micros, receivedAt: Micros, facts: number): void {
    const oldAt = receivedAt + this.settings.maximumEventAge;
    if (dueAt <= oldAt) queue.add(dueAt, receivedAt, facts);
    else this.tooOld.add(Math.max(oldAt, this.world.loop.now), receivedAt, facts);
  }

  /** A copy is dropped without a word: the event it is a copy of has its own end. */
  private drop(facts: number, why: Figure): void {
    if ((facts & COPY) !== 0) return;
    this.waits(-1);
    this.count(figures.dropped, 1);
    this.count(why, 1);
    const size = sizeOf(facts);
    if (this.deadLetters?.receive(size, NONE, this.onward(facts)) === false) this.count(figures.deadLetterErrors, 1);
    this.handOver(this.onFailure, size + this.envelope, facts);
  }

  /** Whether it was taken, if anybody is to have it. */
  private handOver(to: Target | undefined, size: Bytes, facts: number): boolean {
    if (to?.receive(size, NONE, this.onward(facts)) !== false) return true;
    this.count(figures.destinationFailures, 1);
    return false;
  }

  /** Hops of what the function sends because of the event. */
  private onward(facts: number): number {
    return this.recursion.round > 0 ? hopsOf(facts) + 1 : NEW_CHAIN;
  }

  private waits(change: number): void {
    this.waiting += change;
    this.world.recorder.stands(this.resource, figures.waiting, this.waiting);
  }

  private runs(change: number): void {
    this.running += change;
    this.world.recorder.stands(this.resource, figures.running, this.running);
  }

  private count(figure: Figure, amount: number): void {
    this.world.recorder.counted(this.resource, figure, amount);
  }
}
