/**
 * The records of one shard in the order they were written, 16 bytes each: when (8), partition key (4), size (4). A record is
 * known by its sequence number, which counts from 0. Chunks that every reader has passed are used again.
 */
import type { Bytes, Micros } from '../../engine/units.js';

/** Records of a chunk. */
export const CHUNK = 4096;

export class Chunk {
  readonly at = new Float64Array(CHUNK);
  readonly key = new Int32Array(CHUNK);
  readonly size = new Int32Array(CHUNK);
}

export class ShardLog {
  /** Sequence number after the youngest record. */
  end = 0;
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
    chunk.size[place] = size;
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
    return this.chunk(sequence).size[sequence % CHUNK];
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
    return this.chunks.length * CHUNK * 16;
  }

  private extend(): Chunk {
    const chunk = this.spare ?? new Chunk();
    this.spare = undefined;
    this.chunks.push(chunk);
    this.last = chunk;
    return chunk;
  }
}
