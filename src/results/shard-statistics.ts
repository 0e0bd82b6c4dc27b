/** What is remembered of the single shards of streams: which of them is hot, how far behind it is read, and what blocks it. */
import { widened } from '../engine/columns.js';
import type { Micros } from '../engine/units.js';
import type { ResourceId } from '../lambda/ids.js';
import { BATCH_FAULTS, type BatchFault, type BatchFaultName } from '../lambda/outcome.js';
import { type ResourceKind, resourceIndex, resourcesOf } from '../scenario/resource-figures.js';
import type { Scenario } from '../scenario/types.js';
import type { Observed } from './observed.js';
import type { ShardResult } from './run-result.js';

/** A row of a stream is 2^3 wide. */
const ROW = 3;
const RECORDS = 0;
const REJECTED = 1;
/** Batches, the sum of their ages, and the highest. */
const BATCHES = 2;
const AGE_SUM = 3;
const AGE_MAX = 4;

/** A stretch of time in which a batch kept failing. */
export interface Blocked {
  readonly shard: number;
  readonly from: Micros;
  /** Of its last failure. */
  readonly to: Micros;
  /** What most of its tries failed for. */
  readonly fault: BatchFaultName;
  /** It went on in the end. */
  readonly over: boolean;
}

export class ShardStatistics {
  private readonly rows: Float64Array[];
  private readonly blocks: Map<number, Blocked>[];
  private readonly indexOf: (kind: ResourceKind, id: string) => number | undefined;

  constructor(
    private readonly observed: Observed,
    scenario: Scenario,
  ) {
    const resources = resourcesOf(scenario);
    this.rows = resources.map(() => new Float64Array(1 << ROW));
    this.blocks = resources.map(() => new Map());
    this.indexOf = resourceIndex(scenario);
  }

  written(stream: ResourceId, shard: number, accepted: boolean): void {
    if (this.observed.loop.now < this.observed.warmUp) return;
    this.row(stream, shard)[(shard << ROW) + (accepted ? RECORDS : REJECTED)]++;
  }

  read(stream: ResourceId, shard: number, age: Micros): void {
    if (this.observed.loop.now < this.observed.warmUp) return;
    const rows = this.row(stream, shard);
    const at = shard << ROW;
    rows[at + BATCHES]++;
    rows[at + AGE_SUM] += age;
    if (age > rows[at + AGE_MAX]) rows[at + AGE_MAX] = age;
  }

  /** Of each shard the longest stretch is kept. */
  blocked(consumer: ResourceId, shard: number, from: Micros, fault: BatchFault): void {
    const blocks = this.blocks[consumer]!;
    const known = blocks.get(shard);
    const to = this.observed.loop.now;
    if (known !== undefined && known.from !== from && known.to - known.from > to - from) return;
    blocks.set(shard, { shard, from, to, fault: BATCH_FAULTS[fault]!, over: false });
  }

  unblocked(consumer: ResourceId, shard: number, since: Micros): void {
    const blocks = this.blocks[consumer]!;
    const known = blocks.get(shard);
    if (known?.from === since) blocks.set(shard, { ...known, over: true });
  }

  blocksOf(consumer: string): Blocked[] {
    const index = this.indexOf('consumers', consumer);
    return index === undefined ? [] : [...this.blocks[index]!.values()].sort((a, b) => a.shard - b.shard);
  }

  /** The shards of a stream of which there is something to tell, in the order in which they were made. */
  of(stream: string): ShardResult[] {
    const rows = this.rows[this.indexOf('streams', stream)!]!;
    const shards: ShardResult[] = [];
    for (let at = 0; at < rows.length; at += 1 << ROW) {
      const [records, rejected, batches, ageSum, ageMax] = rows.subarray(at, at + (1 << ROW)) as unknown as number[];
      if (records! + rejected! + batches! === 0) continue;
      const iteratorAge =
        batches === 0 ? { mean: null, max: null } : { mean: ageSum! / batches! / 1000, max: ageMax! / 1000 };
      shards.push({ shard: at >> ROW, records: records!, rejected: rejected!, iteratorAge });
    }
    return shards;
  }

  private row(stream: ResourceId, shard: number): Float64Array {
    const rows = this.rows[stream];
    if ((shard + 1) << ROW <= rows.length) return rows;
    const wider = widened(rows, Math.max((shard + 1) << ROW, rows.length * 2));
    this.rows[stream] = wider;
    return wider;
  }
}
