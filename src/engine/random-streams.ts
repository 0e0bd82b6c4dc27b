/**
 * Named streams of random numbers: the same seed and name give the same numbers, whatever else the run draws, so that a
 * scenario and its variant share their chance (common random numbers). A stream is `seedrandom.tychei` seeded with the
 * SHA-256 of seed and name: similar raw names would give correlated streams.
 */
import { sha256 } from '@noble/hashes/sha256';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils';
import tychei from 'seedrandom/lib/tychei.js';

export interface Stream {
  /** Uniform in the open interval (0, 1), 32 bits. */
  uniform(): number;
  /** 32 random bits as a signed integer. */
  bits(): number;
}

export interface Streams {
  /** A fresh stream at its first number. Ask once and keep it. */
  named(name: string): Stream;
}

/** Streams of one replication; replication 0 is the run of `simulate`. */
export function randomStreams(seed: number | string, replication = 0): Streams {
  return {
    named(name) {
      const generator = tychei(bytesToHex(sha256(utf8ToBytes(`${seed}\0${name}\0${replication}`))));
      const bits = generator.int32;
      // Half a step up: tychei itself can return 0.
      return { bits, uniform: () => ((bits() >>> 0) + 0.5) / 0x1_0000_0000 };
    },
  };
}
