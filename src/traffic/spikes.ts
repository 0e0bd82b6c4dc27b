/**
 * Spikes added to a profile. A spike lasts `for` in all: with a `ramp` it rises in a straight line over the first `ramp`
 * and falls over the last one; a ramp longer than half the spike makes it a triangle.
 */
import type { Micros } from '../engine/units.js';
import type { Spike } from '../scenario/types.js';
import { cut, type RatePiece, type RateProfile } from './rate-profile.js';

export function* withSpikes(profile: RateProfile, spikes: readonly Spike[]): Generator<RatePiece> {
  const corners = [...new Set(spikes.flatMap(cornersOf))].sort((a, b) => a - b);
  let corner = 0;
  for (const piece of profile) {
    let start = piece.start;
    while (start < piece.end) {
      while (corner < corners.length && corners[corner] <= start) corner++;
      const end = Math.min(piece.end, corners[corner] ?? piece.end);
      yield raised(cut(piece, start, end), spikes);
      start = end;
    }
  }
}

/** `piece` holds no corner of a spike, so every spike is linear on it. */
function raised(piece: RatePiece, spikes: readonly Spike[]): RatePiece {
  let { from, to } = piece;
  for (const spike of spikes) {
    if (piece.end <= spike.at || piece.start >= spike.at + spike.for) continue;
    from += heightAt(spike, piece.start);
    to += heightAt(spike, piece.end);
  }
  return { ...piece, from, to };
}

/** `at` lies within the spike. */
function heightAt(spike: Spike, at: Micros): number {
  const ramp = rampOf(spike);
  if (ramp === 0) return spike.rate;
  return spike.rate * Math.min(1, (at - spike.at) / ramp, (spike.at + spike.for - at) / ramp);
}

function cornersOf(spike: Spike): Micros[] {
  const end = spike.at + spike.for;
  return [spike.at, spike.at + rampOf(spike), end - rampOf(spike), end];
}

function rampOf(spike: Spike): Micros {
  return Math.min(spike.ramp, spike.for / 2);
}
