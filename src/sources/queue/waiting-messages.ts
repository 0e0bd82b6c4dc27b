/** The messages of a queue that wait to be received, whatever their order: what a standard and a FIFO queue have in common. */
import type { Micros } from '../../engine/units.js';

export interface WaitingMessages {
  /** Messages that wait, copies included. */
  readonly count: number;
  /** Whether a receive would get one; in a FIFO queue a group may be blocked. */
  readonly isReady: boolean;
  /** When the oldest that waits was sent; Infinity where none does. */
  readonly oldestSentAt: Micros;

  /** `key` is the message group; NONE: one of its own, and of no meaning to a standard queue. */
  add(sentAt: Micros, facts: number, key: number): void;
  /** A receive begins, which may get messages of several groups or only of one. */
  beginReceive(): void;
  endReceive(): void;
  /** The next message of the receive, in `sentAt`, `facts` and `place`; false when it gets no more. */
  take(): boolean;
  /** The oldest that waits, in the same fields; only where `count` is above 0. It is gone from the queue. */
  takeOldest(): void;
  /** A message that was taken is visible again. */
  putBack(sentAt: Micros, facts: number, place: number): void;
  /** A message that was taken is gone from the queue. */
  forget(place: number): void;

  readonly sentAt: Micros;
  readonly facts: number;
  /** For `putBack` and `forget`. */
  readonly place: number;
  /** Its message group; NONE: one of its own. */
  readonly key: number;
}
