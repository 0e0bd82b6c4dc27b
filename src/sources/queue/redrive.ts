/** Moves the messages of a queue, as a rule a dead-letter queue, to another at a fixed rate until none is visible. */
import { SECOND } from '../../engine/units.js';
import type { World } from '../../lambda/world.js';
import { sqsRedrive } from '../../rules/sqs-redrive.js';
import type { RedriveSettings } from '../../scenario/types.js';
import type { Queue } from './queue.js';

export class Redrive {
  private to: Queue | undefined;
  private moved = 0;
  private readonly move: number;
  private readonly requests: number;

  constructor(
    private readonly from: Queue,
    private readonly settings: RedriveSettings,
    name: string,
    private readonly world: World,
  ) {
    this.requests = world.rules.value(sqsRedrive).requests;
    this.move = world.loop.define(name, () => this.moveOne());
  }

  connect(): void {
    this.to = this.world.targets.named(this.settings.to) as Queue;
  }

  start(): void {
    this.world.loop.at(this.settings.at, this.move);
  }

  /** Message k at k / rate after the start. */
  private moveOne(): void {
    if (!this.from.redriveOldest(this.to!, this.requests)) return;
    this.moved++;
    const { at, rate } = this.settings;
    this.world.loop.at(at + Math.round((this.moved * SECOND) / rate), this.move);
  }
}
