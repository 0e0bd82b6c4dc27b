/** The profile of `stages`: one after the other, each level or rising or falling in a straight line; after the last one nothing. */
import type { Micros } from '../engine/units.js';
import { cut, type RatePiece } from './rate-profile.js';

interface Stage {
  readonly for: Micros;
  readonly from: number;
  readonly to: number;
}

export function* stages(list: readonly Stage[], duration: Micros): Generator<RatePiece> {
  let start = 0;
  for (const stage of list) {
    if (start >= duration) return;
    const piece = { start, end: start + stage.for, from: stage.from, to: stage.to };
    yield piece.end > duration ? cut(piece, start, duration) : piece;
    start = piece.end;
  }
  if (start < duration) yield { start, end: duration, from: 0, to: 0 };
}
