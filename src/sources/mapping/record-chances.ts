/**
 * What can befall a single record of an event source mapping: it may not pass the filter, fail on one try, or fail on every
 * try. Streams are named after the mapping, so another mapping of the same function shifts nothing.
 */
import { Chance } from '../../engine/chance.js';
import type { Streams } from '../../engine/random-streams.js';
import type { EventSourceSettings, LambdaFunctionSettings } from '../../scenario/types.js';

export class RecordChances {
  private readonly filter: Chance;
  private readonly error: Chance;
  private readonly poison: Chance;

  /** `name` is the mapping's, such as `functions.worker/orders`. */
  constructor(
    streams: Streams,
    name: string,
    { filter }: EventSourceSettings,
    { recordErrorRate, poisonRate }: LambdaFunctionSettings,
  ) {
    // The share that is dropped, so that no filter draws nothing.
    this.filter = new Chance(1 - filter, streams.named(`${name}/filter`));
    this.error = new Chance(recordErrorRate, streams.named(`${name}/record errors`));
    this.poison = new Chance(poisonRate, streams.named(`${name}/poison`));
  }

  /** Once a record: whether it matches the filter. */
  passes(): boolean {
    return !this.filter.happens();
  }

  /** Once a record: whether it fails on every try. */
  isPoison(): boolean {
    return this.poison.happens();
  }

  /** Once a try: whether the record fails on it. */
  fails(): boolean {
    return this.error.happens();
  }

  /** Whether single records can fail at all. */
  get canFail(): boolean {
    return this.error.share > 0 || this.poison.share > 0;
  }

  get canFilter(): boolean {
    return this.filter.share > 0;
  }
}
