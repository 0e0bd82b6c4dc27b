/** Invocations that run now, and the most that ran at once since the last look. The one statistic that must be kept as things happen. */
import type { FunctionId } from '../lambda/ids.js';

export class Peaks {
  readonly busy: Int32Array;
  readonly highest: Int32Array;
  readonly provisioned: Int32Array;
  readonly highestProvisioned: Int32Array;
  total = 0;
  highestTotal = 0;
  /** Running on the unreserved concurrency of the account. */
  unreserved = 0;
  highestUnreserved = 0;

  constructor(functions: number) {
    this.busy = new Int32Array(functions);
    this.highest = new Int32Array(functions);
    this.provisioned = new Int32Array(functions);
    this.highestProvisioned = new Int32Array(functions);
  }

  started(fn: FunctionId, provisioned: boolean, unreserved: boolean): void {
    const busy = ++this.busy[fn];
    if (busy > this.highest[fn]) this.highest[fn] = busy;
    if (++this.total > this.highestTotal) this.highestTotal = this.total;
    if (unreserved && ++this.unreserved > this.highestUnreserved) this.highestUnreserved = this.unreserved;
    if (provisioned && ++this.provisioned[fn] > this.highestProvisioned[fn]) this.highestProvisioned[fn] = this.provisioned[fn];
  }

  ended(fn: FunctionId, provisioned: boolean, unreserved: boolean): void {
    this.busy[fn]--;
    this.total--;
    if (unreserved) this.unreserved--;
    if (provisioned) this.provisioned[fn]--;
  }

  /** From now on only what runs now and comes later counts. */
  lookAgain(): void {
    this.highest.set(this.busy);
    this.highestProvisioned.set(this.provisioned);
    this.highestTotal = this.total;
    this.highestUnreserved = this.unreserved;
  }
}
