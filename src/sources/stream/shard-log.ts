/**
 * The records of one shard in the order they were written, 14 bytes each: when (8), partition key (4), and which of the sizes
 * of the shard (2), of which there are few, as every writer has its own. A record is known by its sequence number, which
 * counts from 0. Chunks that every reader has passed are used again.
 */
import { InvariantError } from '../../engine/errors.js';
import type { Bytes, Micros } from '../../engine/units.js';

/** Records of a chunk. */
export const CHUNK = 4096;
const BYTES_OF_RECORD = 14;
/** As many as two bytes can tell apart. */
const MOST_SIZES = 0x1_0000;

export class Chunk {
  readonly at = new Float64Array(CHUNK);
  readonly key = new Int32Array(CHUNK);
  /** Place in the log's `sizes`. */
  readonly size = new Uint16Array(CHUNK);
}

export class ShardLog {
  /** Sequence number after the youngest record. */
  end = 0;
  /** Each size that a record had, in the order they came. */
  readonly sizes: Bytes[] = [];
  private readonly placeOfSize = new Map<Bytes, number>();
  /** Of the record that was written last. */
  private lastSize: Bytes = Number.NaN;
  private lastPlace = 0;
  private chunks: Chunk[] = [];
  /** Number of the first chunk that is kept. */
  private first = 0;
  private last: Chunk | undefined;
  private spare: Chunk | undefined;

  add(at: Micros, key: number, size: Bytes): void {
    const place = this.end++ % CHUNK;
    const chunk = place === 0 ? this.extend() : this.last!;
    chunk.at[place] = at;
    chunk.key[place] = key;
    chunk.size[place] = size === this.lastSize ? this.lastPlace : this.placeOf(size);
  }

  /** The chunk of a record that is kept; its place there is the number modulo CHUNK. */
  chunk(sequence: number): Chunk {
    return this.chunks[Math.floor(sequence / CHUNK) - this.first]!;
  }

  at(sequence: number): Micros {
    return this.chunk(sequence).at[sequence % CHUNK];
  }

  key(sequence: number): number {
    return this.chunk(sequence).key[sequence % CHUNK];
  }

  size(sequence: number): Bytes {
    return this.sizes[this.chunk(sequence).size[sequence % CHUNK]];
  }

  /** Records before this one are not asked for again. */
  forget(before: number): void {
    const keep = Math.floor(before / CHUNK);
    // The last chunk stays, for it may be half full.
    while (this.first < keep && this.chunks.length > 1) {
      this.spare = this.chunks.shift();
      this.first++;
    }
  }

  /** The first record that is kept. */
  get start(): number {
    return this.first * CHUNK;
  }

  /** Bytes held for records. */
  get bytes(): number {
    return this.chunks.length * CHUNK * BYTES_OF_RECORD;
  }

  private placeOf(size: Bytes): number {
    let place = this.placeOfSize.get(size);
    if (place === undefined) {
      place = this.sizes.length;
      if (place === MOST_SIZES) throw new InvariantError(`records of a shard have more than ${MOST_SIZES} sizes`);
      this.sizes.push(size);
      this.placeOfSize.set(size, place);
    }
    this.lastSize = size;
    this.lastPlace = place;
    return place;
  }

  private extend(): Chunk {
    const chunk = this.spare ?? new Chunk();
    this.spare = undefined;
    this.chunks.push(chunk);
    this.last = chunk;
    return chunk;
  }
}
