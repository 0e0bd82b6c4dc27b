/** The turns of pollers in provisioned mode: each polls so often a second and reads so many bytes, and what was not used is kept for a second. */
import type { EventLoop } from '../../engine/event-loop.js';
import { type Bytes, type Micros, SECOND } from '../../engine/units.js';
import type { SqsProvisionedPollers } from '../../rules/sqs-provisioned-pollers.js';

export class PollPace {
  /** When the next poll may be made. */
  private next: Micros = 0;

  constructor(
    private readonly loop: EventLoop,
    private readonly rule: SqsProvisionedPollers,
  ) {}

  /** The instant of the next poll of so many pollers, which is taken with this. */
  turn(pollers: number): Micros {
    const { now } = this.loop;
    this.next = Math.max(this.next, now - SECOND);
    const at = Math.max(now, Math.ceil(this.next));
    this.next += SECOND / (this.rule.pollsPerSecond * pollers);
    return at;
  }

  /** What a poll has read holds up the next, where it took longer than a poll. */
  took(bytes: Bytes, pollers: number): void {
    const { bytesPerSecond, pollsPerSecond } = this.rule;
    const beyond = bytes / bytesPerSecond - 1 / pollsPerSecond;
    if (beyond > 0) this.next += (beyond * SECOND) / pollers;
  }
}
