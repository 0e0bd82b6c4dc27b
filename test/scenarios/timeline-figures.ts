/** Figures of a timeline between two instants of a run, in seconds. */
import type { TimelineRow } from '../../src/results/timeline.js';

export class TimelineFigures {
  private readonly rows: readonly TimelineRow[];

  constructor(rows: Iterable<TimelineRow>) {
    this.rows = [...rows];
  }

  /** Of the buckets that begin in [from, to); 0 where the timeline is silent. */
  sum(resource: string, metric: string, from: number, to: number): number {
    return this.values(resource, metric, from, to).reduce((sum, value) => sum + value, 0);
  }

  max(resource: string, metric: string, from: number, to: number): number {
    return Math.max(0, ...this.values(resource, metric, from, to));
  }

  private values(resource: string, metric: string, from: number, to: number): number[] {
    return this.rows
      .filter((row) => row.resource === resource && row.metric === metric && row.at >= from * 1e6 && row.at < to * 1e6)
      .map((row) => row.value);
  }
}
