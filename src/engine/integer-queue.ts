/** Integers that wait, first in, first out: a ring that doubles when it is full. */

export class IntegerQueue {
  private entries = new Int32Array(16);
  private head = 0;
  private count = 0;

  get length(): number {
    return this.count;
  }

  /** The one that waits longest; only where `length` is above 0. */
  get first(): number {
    return this.entries[this.head];
  }

  add(entry: number): void {
    if (this.count === this.entries.length) this.grow();
    this.entries[(this.head + this.count++) & (this.entries.length - 1)] = entry;
  }

  /** The one that waits longest; only where `length` is above 0. */
  take(): number {
    const entry = this.entries[this.head];
    this.head = (this.head + 1) & (this.entries.length - 1);
    this.count--;
    return entry;
  }

  private grow(): void {
    const size = this.entries.length;
    const wider = new Int32Array(size * 2);
    wider.set(this.entries.subarray(this.head));
    wider.set(this.entries.subarray(0, this.head), size - this.head);
    this.entries = wider;
    this.head = 0;
  }
}
