/**
 * What befalls a single record of a stream on its way to one function. Whether it passes the filter, and whether it fails on
 * every try, is the record's own luck: nothing has to be kept of it, and no retry, split or shard of another changes it.
 */
import { Chance } from '../../engine/chance.js';
import type { Streams } from '../../engine/random-streams.js';
import type { LambdaFunctionSettings, StreamMappingSettings } from '../../scenario/types.js';
import { luckOf } from './hashes.js';

export class RecordLuck {
  /** Whether records can fail to pass, or fail, at all. */
  readonly canFilter: boolean;
  readonly canFail: boolean;
  private readonly passing: number;
  private readonly poison: number;
  private readonly filterSalt: number;
  private readonly poisonSalt: number;
  private readonly errors: Chance;

  /** `name` is the mapping's, such as `functions.worker/clicks`. */
  constructor(
    streams: Streams,
    name: string,
    { filter }: Pick<StreamMappingSettings, 'filter'>,
    { recordErrorRate, poisonRate }: Pick<LambdaFunctionSettings, 'recordErrorRate' | 'poisonRate'>,
  ) {
    this.passing = filter;
    this.poison = poisonRate;
    this.filterSalt = streams.named(`${name}/filter`).bits();
    this.poisonSalt = streams.named(`${name}/poison`).bits();
    this.errors = new Chance(recordErrorRate, streams.named(`${name}/record errors`));
    this.canFilter = filter < 1;
    this.canFail = recordErrorRate > 0 || poisonRate > 0;
  }

  passes(shard: number, sequence: number): boolean {
    return luckOf(this.filterSalt, shard, sequence) < this.passing;
  }

  isPoison(shard: number, sequence: number): boolean {
    return this.poison > 0 && luckOf(this.poisonSalt, shard, sequence) < this.poison;
  }

  /** Once a try. */
  fails(shard: number, sequence: number): boolean {
    return this.isPoison(shard, sequence) || this.errors.happens();
  }
}
