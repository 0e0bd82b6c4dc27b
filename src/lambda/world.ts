/** Everything a running part may reach, and nothing else. */
import type { EventLoop } from '../engine/event-loop.js';
import type { Streams } from '../engine/random-streams.js';
import type { Rulebook } from '../rules/rulebook.js';
import type { Scenario } from '../scenario/types.js';
import type { Account } from './account.js';
import type { Dispatcher } from './dispatcher.js';
import type { Invoker } from './event-source.js';
import type { Invocations } from './invocations.js';
import type { LambdaFunction } from './lambda-function.js';
import type { Outages } from './outages.js';
import type { Recorder } from './recorder.js';

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
  /** By InvokerId. */
  readonly invokers: Invoker[];
}
