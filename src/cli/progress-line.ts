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

/**
 * `34%  20 min 24 s of 1 h  3.2M events/s  4 s left`. With replications, how many are done and how sure they are come before
 * the time of the one under way: a narrow terminal cuts the end off. Under half a second is not worth a figure.
 */
export function progressText(progress: RunProgress, spentMs: number): string {
  const { nowMicros, untilMicros, replications, replicationsDone, precision } = progress;
  const running = untilMicros > 0 ? nowMicros / untilMicros : 0;
  const done = Math.min(1, (replicationsDone + (replicationsDone < replications ? running : 0)) / replications);
  const secondsLeft = done > 0 ? Math.round((spentMs / 1000) * (1 / done - 1)) : 0;
  const simulated = `${duration(nowMicros / 1000)} of ${duration(untilMicros / 1000)}`;
  const isReplicated = replications > 1;
  return [
    `${Math.floor(done * 100)}%`,
    isReplicated ? `${replicationsDone} of ${replications} replications` : simulated,
    spentMs > 0 && `${shortCount(Math.round(progress.events / (spentMs / 1000)))} events/s`,
    secondsLeft > 0 && `${duration(secondsLeft * 1000)} left`,
    precision !== undefined && `±${share(precision.halfWidth)} ${precision.of}`,
    isReplicated && simulated,
  ]
    .filter((part) => part !== false)
    .join('  ');
}
