/** The shards of a stream by what was written to them: which is hot, and how far behind it is read. */
import type { Results, ShardResult } from '../results/run-result.js';

export interface HotShards {
  /** The hottest first. */
  readonly shards: readonly ShardResult[];
  /** Of all writes to the stream, rejected ones among them; null where there were none. */
  share(shard: ShardResult): number | null;
}

/** Of the first replication. Undefined for a stream of one shard, which has nothing to compare. */
export function hottestShards({ runs: [run] }: Results, stream: string): HotShards | undefined {
  const all = run?.streams[stream]?.shards ?? [];
  if (all.length < 2) return undefined;
  const writes = all.reduce((sum, shard) => sum + writesOf(shard), 0);
  return {
    shards: [...all].sort((a, b) => writesOf(b) - writesOf(a)),
    share: (shard) => (writes === 0 ? null : writesOf(shard) / writes),
  };
}

export function writesOf({ records, rejected }: ShardResult): number {
  return records + rejected;
}
