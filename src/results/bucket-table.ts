/** Figures by time bucket and column, as long as the run has come, doubling as it grows. */
import { widened } from '../engine/columns.js';

export class BucketTable {
  cells = new Float64Array(0);
  private reached = -1;

  constructor(private readonly width: number) {}

  /**
   * Index of the row of `bucket`. In the buckets that begin since the last call, two columns start at a level that holds
   * at their beginning: what was running, say.
   */
  row(bucket: number, level: number, value: number, secondLevel: number, secondValue: number): number {
    if (bucket > this.reached) this.reach(bucket, level, value, secondLevel, secondValue);
    return bucket * this.width;
  }

  plainRow(bucket: number): number {
    if (bucket > this.reached) this.reach(bucket, 0, 0, 0, 0);
    return bucket * this.width;
  }

  at(bucket: number, column: number): number {
    return bucket <= this.reached ? this.cells[bucket * this.width + column] : 0;
  }

  /** One column over all buckets reached. */
  column(column: number): Float64Array {
    return Float64Array.from({ length: this.reached + 1 }, (_, bucket) => this.cells[bucket * this.width + column]);
  }

  private reach(bucket: number, level: number, value: number, secondLevel: number, secondValue: number): void {
    const needed = (bucket + 1) * this.width;
    if (needed > this.cells.length) this.cells = widened(this.cells, Math.max(needed, this.cells.length * 2));
    if (value !== 0 || secondValue !== 0) {
      for (let next = this.reached + 1; next <= bucket; next++) {
        this.cells[next * this.width + level] = value;
        this.cells[next * this.width + secondLevel] = secondValue;
      }
    }
    this.reached = bucket;
  }
}
