/** The line a waiting user watches: how far, how fast, how long still. Rewritten five times a second at most. */

import { duration, share, shortCount } from '../engine/format.js';
import type { RunProgress } from '../node/run-scenario.js';
import type { Output } from './output.js';

const EVERY_MS = 200;

/** `clock` gives milliseconds that never fall. Does nothing where no progress is shown. */
export function progressLine(
  output: Output,
  clock: () => number = () => performance.now(),
): (progress: RunProgress) => void {
  if (!output.showsProgress) return () => {};
  const began = clock();
  let last = began;
  return (progress) => {
    const now = clock();
    if (now - last < EVERY_MS) return;
    last = now;
    output.progress(progressText(progress, now - began));
  };
}

/** `34%  20 min 24 s of 1 h  3.2M events/s  4 s left`; with replications, how many are done and how sure they are. Under half a second is not worth a figure. */
export function progressText(progress: RunProgress, spentMs: number): string {
  const { nowMicros, untilMicros, replications, replicationsDone } = progress;
  const running = untilMicros > 0 ? nowMicros / untilMicros : 0;
  const done = Math.min(1, (replicationsDone + (replicationsDone < replications ? running : 0)) / replications);
  const parts = [`${Math.floor(done * 100)}%`, `${duration(nowMicros / 1000)} of ${duration(untilMicros / 1000)}`];
  if (replications > 1) parts.push(`${replicationsDone} of ${replications} replications`);
  if (spentMs > 0) parts.push(`${shortCount(Math.round(progress.events / (spentMs / 1000)))} events/s`);
  const secondsLeft = done > 0 ? Math.round((spentMs / 1000) * (1 / done - 1)) : 0;
  if (secondsLeft > 0) parts.push(`${duration(secondsLeft * 1000)} left`);
  if (progress.precision !== undefined) parts.push(`${progress.precision.of} ±${share(progress.precision.halfWidth)}`);
  return parts.join('  ');
}
