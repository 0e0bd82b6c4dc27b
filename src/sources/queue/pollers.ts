/**
 * How many pollers a mapping of a queue has: by itself for a standard queue, by its groups for a FIFO queue, or provisioned.
 * What happened is told as it happens; at full minutes from the first message on, the number is set anew.
 */
import type { EventKind, EventLoop } from '../../engine/event-loop.js';
import { MINUTE } from '../../engine/units.js';
import type { Rulebook } from '../../rules/rulebook.js';
import { pollersAfterErrors, type SqsErrorBackoff, sqsErrorBackoff } from '../../rules/sqs-error-backoff.js';
import { type SqsPollerScaling, sqsPollerScaling } from '../../rules/sqs-poller-scaling.js';
import { type SqsProvisionedPollers, sqsProvisionedPollers } from '../../rules/sqs-provisioned-pollers.js';
import type { QueueMappingSettings } from '../../scenario/types.js';

/** What a minute was like. */
class Minute {
  batches = 0;
  failed = 0;
  throttles = 0;
  messages = 0;
  /** Most pollers that had a batch at once. */
  busiest = 0;

  begin(busy: number): void {
    this.batches = 0;
    this.failed = 0;
    this.throttles = 0;
    this.messages = 0;
    this.busiest = busy;
  }
}

/** What pollers know of their mapping. */
export interface PollersOf {
  readonly loop: EventLoop;
  readonly rules: Rulebook;
  /** Of the timer. */
  readonly name: string;
  readonly settings: QueueMappingSettings;
  /** Whether messages are visible. */
  readonly isReady: () => boolean;
  /** Hears that the number was set anew. */
  readonly changed: () => void;
}

export abstract class Pollers {
  /** Batches that may be worked on at once. */
  abstract readonly most: number;
  /** Polls that may wait for messages at once. */
  abstract readonly mostWaiting: number;
  /** Event pollers that are paid for by the hour. */
  readonly provisioned: number = 0;
  protected readonly minute = new Minute();
  /** Pollers that have a batch. */
  private busy = 0;
  private isCounting = false;
  private readonly kind: EventKind;

  constructor(private readonly of: PollersOf) {
    this.kind = of.loop.define(of.name, () => this.minuteOver());
  }

  /** How many there are, where so many wait or work. */
  countOf(_active: number): number {
    return this.most;
  }

  /** `count` messages were received. */
  received(count: number): void {
    this.minute.messages += count;
    if (this.isCounting) return;
    this.isCounting = true;
    this.minute.begin(this.busy);
    this.minute.messages = count;
    this.awake();
    this.of.loop.after(MINUTE, this.kind);
  }

  /** A poller has got a batch, or is done with one. */
  works(change: number): void {
    this.busy += change;
    if (this.busy > this.minute.busiest) this.minute.busiest = this.busy;
  }

  throttled(): void {
    this.minute.throttles++;
  }

  ended(failed: boolean): void {
    this.minute.batches++;
    if (failed) this.minute.failed++;
  }

  private minuteOver(): void {
    const goesOn = this.adapt(this.of.isReady());
    this.minute.begin(this.busy);
    if (goesOn) this.of.loop.after(MINUTE, this.kind);
    else this.isCounting = false;
    this.of.changed();
  }

  /** A message came after a time without. */
  protected awake(): void {}
  /** A minute is over; whether messages are visible now. False when there is nothing to set any more until a message comes. */
  protected abstract adapt(remaining: boolean): boolean;
}

/** Of a standard queue: a few at first, more every minute while messages remain, fewer after throttles and errors. */
class StandardPollers extends Pollers {
  most: number;
  private readonly scaling: SqsPollerScaling;
  private readonly backoff: SqsErrorBackoff;
  private readonly cap: number;
  private readonly first: number;
  private readonly idle: number;
  private emptyMinutes = 0;

  constructor(of: PollersOf) {
    super(of);
    const { rules, settings } = of;
    const { maximumConcurrency } = settings;
    this.scaling = rules.value(sqsPollerScaling);
    this.backoff = rules.value(sqsErrorBackoff);
    this.cap = Math.min(this.scaling.maximum, maximumConcurrency ?? Number.POSITIVE_INFINITY);
    this.first = Math.min(this.scaling.first, this.cap);
    this.idle = maximumConcurrency === undefined ? Math.min(this.scaling.idle, this.first) : this.first;
    this.most = this.idle;
  }

  get mostWaiting(): number {
    return this.most;
  }

  protected override awake(): void {
    this.emptyMinutes = 0;
    if (this.most >= this.first) return;
    this.most = this.first;
  }

  protected adapt(remaining: boolean): boolean {
    const { scaling, minute, first } = this;
    this.emptyMinutes = minute.messages > 0 || remaining ? 0 : this.emptyMinutes + 1;
    let most = this.most;
    if (minute.throttles > 0) most = Math.min(most, Math.max(first, Math.ceil(most / 2)));
    else if (remaining) most = most + scaling.perMinute;
    else {
      const least = this.emptyMinutes > scaling.idleMinutes ? this.idle : first;
      most = Math.min(most, Math.max(least, minute.busiest, most - scaling.perMinute));
    }
    const failed = minute.batches === 0 ? 0 : minute.failed / minute.batches;
    most = Math.min(most, Math.max(this.idle, pollersAfterErrors(this.backoff, failed, this.most)));
    this.most = Math.min(this.cap, most);
    return this.most > this.idle || this.emptyMinutes === 0;
  }
}

/** Of a FIFO queue: as many as there are free groups. */
class FifoPollers extends Pollers {
  readonly most: number;
  readonly mostWaiting: number;

  constructor(of: PollersOf) {
    super(of);
    const { rules, settings } = of;
    const { maximumConcurrency } = settings;
    const { maximum, idle } = rules.value(sqsPollerScaling);
    this.most = Math.min(maximum, maximumConcurrency ?? Number.POSITIVE_INFINITY);
    this.mostWaiting = Math.min(idle, this.most);
  }

  override countOf(active: number): number {
    return active;
  }

  protected adapt(): boolean {
    return false;
  }
}

/** Of a mapping in provisioned mode; each has several invocations at once. */
class ProvisionedPollers extends Pollers {
  override provisioned: number;
  private readonly rule: SqsProvisionedPollers;

  constructor(
    of: PollersOf,
    private readonly range: NonNullable<QueueMappingSettings['provisionedPollers']>,
  ) {
    super(of);
    this.rule = of.rules.value(sqsProvisionedPollers);
    this.provisioned = range.minimum;
  }

  get most(): number {
    return this.provisioned * this.rule.invocations;
  }

  get mostWaiting(): number {
    return this.provisioned;
  }

  override countOf(): number {
    return this.provisioned;
  }

  protected adapt(remaining: boolean): boolean {
    const { perMinute, invocations } = this.rule;
    const { minimum, maximum } = this.range;
    const needed = Math.ceil(this.minute.busiest / invocations);
    this.provisioned = remaining
      ? Math.min(maximum, this.provisioned + perMinute)
      : Math.min(this.provisioned, Math.max(minimum, needed, this.provisioned - perMinute));
    return this.provisioned > minimum || this.minute.messages > 0 || remaining;
  }
}

export function pollersOf(type: 'standard' | 'fifo', of: PollersOf): Pollers {
  const { provisionedPollers } = of.settings;
  if (provisionedPollers !== undefined) return new ProvisionedPollers(of, provisionedPollers);
  return type === 'fifo' ? new FifoPollers(of) : new StandardPollers(of);
}
