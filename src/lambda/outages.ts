/** Times in which Lambda itself fails a share of the invocations before the handler runs (`account.outages`). */
import type { EventLoop } from '../engine/event-loop.js';
import type { AccountSettings } from '../scenario/types.js';

export class Outages {
  private readonly edges: Float64Array;
  private readonly shares: Float64Array;
  private at = 0;

  constructor(
    private readonly loop: EventLoop,
    outages: AccountSettings['outages'],
  ) {
    // A step function of the share that survives: overlapping outages fail independently.
    const edges = [...new Set([0, ...outages.flatMap((outage) => [outage.at, outage.at + outage.for])])].sort(
      (a, b) => a - b,
    );
    this.edges = Float64Array.from(edges);
    this.shares = Float64Array.from(edges, (edge) =>
      outages.reduce(
        (failing, outage) =>
          edge >= outage.at && edge < outage.at + outage.for ? 1 - (1 - failing) * (1 - outage.share) : failing,
        0,
      ),
    );
  }

  /** Share of invocations that fail now. */
  get share(): number {
    while (this.at + 1 < this.edges.length && this.edges[this.at + 1] <= this.loop.now) this.at++;
    return this.shares[this.at];
  }
}
