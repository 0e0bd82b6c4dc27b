/** What the exit code of every command means. An API: build servers depend on it. */
export const EXIT = {
  /** Done, thresholds met. */
  OK: 0,
  /** Done, a threshold failed. */
  THRESHOLD: 1,
  /** Bad input or usage; nothing was written. */
  INPUT: 2,
  /** A file could not be read or written. */
  FILE: 3,
  /** A fault of the program. */
  FAULT: 70,
  /** Stopped by its own limit. */
  LIMIT: 75,
  /** Interrupted; nothing half-written is left. */
  INTERRUPTED: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
