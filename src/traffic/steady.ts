/** The profile of `rate`, which never changes, and of a traffic that has nothing but spikes. */
import type { Micros } from '../engine/units.js';
import type { RatePiece } from './rate-profile.js';

/** `rate` is per second. */
export function steady(rate: number, duration: Micros): readonly RatePiece[] {
  return [{ start: 0, end: duration, from: rate, to: rate }];
}
