/** What a thread is given and what it gives back: plain data, because classes do not survive the way between threads. */
import type { RunResult } from '../results/run-result.js';
import type { Scenario } from '../scenario/types.js';

export interface ReplicationTask {
  readonly scenario: Scenario;
  readonly replication: number;
  readonly maxEvents: number;
}

export type ReplicationAnswer =
  | { readonly kind: 'result'; readonly result: RunResult }
  | { readonly kind: 'limit'; readonly message: string; readonly hint: string }
  | {
      readonly kind: 'fault';
      readonly message: string;
      readonly simulatedMicros: number;
      readonly events: number;
      readonly origin: string;
    };
