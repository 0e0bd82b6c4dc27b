/** An SNS topic or an EventBridge bus: each record goes at once to every subscriber whose filter it passes. */
import type { Stream } from '../../engine/random-streams.js';
import type { Bytes } from '../../engine/units.js';
import type { ResourceId } from '../../lambda/ids.js';
import { NEW_CHAIN, type Target, UNCOUNTED } from '../../lambda/targets.js';
import type { World } from '../../lambda/world.js';
import { messageLimits } from '../../rules/message-limits.js';
import { messagingCharge, partsOf } from '../../rules/messaging-charge.js';
import { FIGURES } from '../../scenario/resource-figures.js';
import type { TopicSettings } from '../../scenario/types.js';
import type { RunningResource } from '../resource.js';

interface Subscriber {
  readonly target: Target;
  readonly filter: number;
  readonly draws: Stream;
}

export function topic(settings: TopicSettings, world: World): RunningResource {
  return new Topic(settings, world);
}

class Topic implements RunningResource {
  private readonly resource: ResourceId;
  private readonly limit: Bytes;
  private readonly part: Bytes;
  private subscribers: readonly Subscriber[] = [];

  constructor(
    private readonly settings: TopicSettings,
    private readonly world: World,
  ) {
    this.resource = world.resource('topics', settings.id);
    this.limit = world.rules.value(messageLimits)[settings.type];
    this.part = world.rules.value(messagingCharge).part;
  }

  connect(): void {
    const { id, subscribers } = this.settings;
    this.subscribers = subscribers.map(({ to, filter }, index) => ({
      target: this.world.targets.named(to),
      filter,
      draws: this.world.streams.named(`topics.${id}/filter ${index}`),
    }));
  }

  receive(payload: Bytes, key: number, hops: number): boolean {
    if (payload > this.limit) return false;
    const { recorder } = this.world;
    const { published, delivered, filtered, failed, requests } = FIGURES.topics;
    recorder.counted(this.resource, published, 1);
    recorder.counted(this.resource, requests, partsOf(this.part, payload));
    // A bus does not pass on the trace header in which Lambda counts the rounds of a chain.
    const onward = this.settings.type === 'sns' || hops === NEW_CHAIN ? hops : UNCOUNTED;
    for (const { target, filter, draws } of this.subscribers) {
      const passes = filter === 1 || draws.uniform() < filter;
      const became = !passes ? filtered : target.receive(payload, key, onward) ? delivered : failed;
      recorder.counted(this.resource, became, 1);
    }
    return true;
  }
}
