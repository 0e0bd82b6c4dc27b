/** Figures by time bucket and column, as far as the run has come, doubling as it grows. */
import { widened } from '../engine/columns.js';

export class BucketTable {
  cells = new Float64Array(0);
  private reached = -1;

  constructor(private readonly width: number) {}

  /** Index of the first cell of `bucket`. */
  row(bucket: number): number {
    if (bucket > this.reached) this.reach(bucket);
    return bucket * this.width;
  }

  /** Whether a fact has come in this bucket or a later one: before, there is nothing to see. */
  reaches(bucket: number): boolean {
    return bucket <= this.reached;
  }

  at(bucket: number, column: number): number {
    return bucket <= this.reached ? this.cells[bucket * this.width + column] : 0;
  }

  /** Sum of a column. */
  sum(column: number): number {
    let sum = 0;
    for (let cell = column; cell < (this.reached + 1) * this.width; cell += this.width) sum += this.cells[cell];
    return sum;
  }

  private reach(bucket: number): void {
    const needed = (bucket + 1) * this.width;
    if (needed > this.cells.length) this.cells = widened(this.cells, Math.max(needed, this.cells.length * 2));
    this.reached = bucket;
  }
}
