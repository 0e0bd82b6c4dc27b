/**
 * How many requests a second are expected, over the time of a run. A profile is a row of pieces on each of which the rate
 * is linear; they follow each other without gaps from 0 to the end of the run and are made as they are needed.
 */
import { type Micros, SECOND } from '../engine/units.js';

export interface RatePiece {
  readonly start: Micros;
  readonly end: Micros;
  /** Requests a second at the start and just before the end; 0 or more. */
  readonly from: number;
  readonly to: number;
}

export type RateProfile = Iterable<RatePiece>;

/** Requests expected in one piece. */
export function expectedIn(piece: RatePiece): number {
  return (((piece.from + piece.to) / 2) * (piece.end - piece.start)) / SECOND;
}

/** The rate of a piece at an instant within it. */
function rateAt(piece: RatePiece, at: Micros): number {
  if (piece.from === piece.to) return piece.from;
  return piece.from + ((piece.to - piece.from) * (at - piece.start)) / (piece.end - piece.start);
}

/** The part of a piece between two instants within it. */
export function cut(piece: RatePiece, start: Micros, end: Micros): RatePiece {
  return { start, end, from: rateAt(piece, start), to: rateAt(piece, end) };
}

export function* scaled(profile: RateProfile, scale: number): Generator<RatePiece> {
  for (const piece of profile) yield { ...piece, from: piece.from * scale, to: piece.to * scale };
}
