/** What invokes functions, as Lambda sees it. */
import type { InvocationId } from './ids.js';
import type { Outcome } from './outcome.js';

export interface Invoker {
  /** An invocation it began has ended; its columns are readable until this returns. */
  settled(invocation: InvocationId, outcome: Outcome): void;
}

/** Learns of a throttle from `tryInvoke`; then it waits as AWS does. */
export interface EventSource {
  /** Schedules its first event. */
  start(): void;
}
