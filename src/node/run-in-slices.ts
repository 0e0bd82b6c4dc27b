/**
 * A run in the main thread that gives way some twenty times a second, so that signals, progress and other threads get
 * their turn. How it is cut changes no figure.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { getHeapStatistics } from 'node:v8';
import { LimitError } from '../engine/errors.js';
import type { Simulation } from '../study/simulation.js';

const SLICE_MS = 50;
const FIRST_SLICE = 10_000;
/** Share of the heap that may be in use; beyond it Node itself would abort without a word for the user. */
const FULL = 0.92;

/** Throws the signal's reason when it is aborted, LimitError when memory runs out, and what the simulation throws. */
export async function runInSlices(
  simulation: Simulation,
  signal: AbortSignal | undefined,
  onSlice: () => void,
): Promise<void> {
  let events = FIRST_SLICE;
  for (;;) {
    const began = performance.now();
    const over = simulation.advance(events);
    const spent = performance.now() - began;
    onSlice();
    if (over) return;
    events = Math.max(100, Math.round(events * Math.min(4, SLICE_MS / Math.max(1, spent))));
    await nextTurn();
    signal?.throwIfAborted();
    assertMemory();
  }
}

function assertMemory(): void {
  const { used_heap_size: used, heap_size_limit: limit } = getHeapStatistics();
  if (used < FULL * limit) return;
  const mb = Math.round(limit / 2 ** 20);
  throw new LimitError(
    `the run needs more than the ${mb} MB of memory that Node allows`,
    `allow more with NODE_OPTIONS=--max-old-space-size=${2 * mb}, or shorten run.duration`,
  );
}
