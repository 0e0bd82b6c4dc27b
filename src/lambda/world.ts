/** Everything a running part may reach, and nothing else. */
import type { EventLoop } from '../engine/event-loop.js';
import type { Streams } from '../engine/random-streams.js';
import type { Rulebook } from '../rules/rulebook.js';
import type { ResourceKind } from '../scenario/resource-figures.js';
import type { Scenario } from '../scenario/types.js';
import type { Account } from './account.js';
import type { Dispatcher } from './dispatcher.js';
import type { Invoker } from './event-source.js';
import type { InvokerId, ResourceId } from './ids.js';
import type { Invocations } from './invocations.js';
import type { LambdaFunction } from './lambda-function.js';
import type { Outages } from './outages.js';
import type { Recorder } from './recorder.js';
import type { Targets } from './targets.js';

export interface World {
  readonly scenario: Scenario;
  readonly loop: EventLoop;
  readonly streams: Streams;
  readonly rules: Rulebook;
  readonly invocations: Invocations;
  readonly functions: readonly LambdaFunction[];
  readonly account: Account;
  readonly dispatcher: Dispatcher;
  /** Undefined when there are none. */
  readonly outages: Outages | undefined;
  readonly recorder: Recorder;
  /** By InvokerId: those of the traffics first. */
  readonly invokers: Invoker[];
  /** An InvokerId for whoever invokes beside the traffics. */
  register(invoker: Invoker): InvokerId;
  /** Where records go. */
  readonly targets: Targets;
  /** Id of a function that a chain can come back to → the fewest functions that it passes on the way. */
  readonly rounds: ReadonlyMap<string, number>;
  /** A resource of the scenario, for what is stated of it. */
  resource(kind: ResourceKind, id: string): ResourceId;
}
