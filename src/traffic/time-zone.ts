/**
 * The clock on the wall of a time zone, from the zone data of the JavaScript engine (Intl). Known only as far as a
 * simulator needs it: how far the clock is ahead of UTC, when that changes, and which instant a local time means.
 */
const SECOND_MS = 1000;
const DAY_MS = 86_400_000;
/** Offsets are looked up once a window. No zone has changed its clock there and back within one since 1970. */
const WINDOW_MS = 6 * 3_600_000;
const WINDOWS_KEPT = 4096;

export class TimeZone {
  private readonly format: Intl.DateTimeFormat | undefined;
  /** Number of a window → the offset in all of it. */
  private readonly windows = new Map<number, number>();

  /** An IANA name such as `Europe/Berlin`. Throws a RangeError for an unknown one. */
  constructor(name: string) {
    this.format = name === 'UTC' ? undefined : wallClock(name);
  }

  /** Milliseconds by which the local clock is ahead of UTC at an instant in milliseconds since 1970 UTC. */
  offsetAt(epochMs: number): number {
    if (this.format === undefined) return 0;
    const window = Math.floor(epochMs / WINDOW_MS);
    const known = this.windows.get(window);
    if (known !== undefined) return known;
    const offset = lookUpOffset(this.format, window * WINDOW_MS);
    if (offset !== lookUpOffset(this.format, (window + 1) * WINDOW_MS)) return lookUpOffset(this.format, epochMs);
    if (this.windows.size === WINDOWS_KEPT) this.windows.clear();
    this.windows.set(window, offset);
    return offset;
  }

  /** The first instant after `after` and before `until`, at most some hours apart, with another offset; to the second. */
  changeBetween(after: number, until: number): number | undefined {
    const offset = this.offsetAt(after);
    if (this.offsetAt(until - 1) === offset) return undefined;
    let same = Math.floor(after / SECOND_MS);
    let other = Math.ceil((until - 1) / SECOND_MS);
    while (other - same > 1) {
      const middle = Math.floor((same + other) / 2);
      if (this.offsetAt(middle * SECOND_MS) === offset) same = middle;
      else other = middle;
    }
    return other * SECOND_MS;
  }

  /**
   * The instant at which the local clock shows `localMs`, which is a date and time written as if it were UTC. Undefined
   * for a time the clock jumps over; the first of the two for a time it shows twice.
   */
  instantOf(localMs: number): number | undefined {
    const before = this.offsetAt(localMs - DAY_MS);
    const after = this.offsetAt(localMs + DAY_MS);
    if (before === after) return localMs - before;
    const fits = [localMs - before, localMs - after].filter((instant) => instant + this.offsetAt(instant) === localMs);
    return fits.length === 0 ? undefined : Math.min(...fits);
  }
}

function wallClock(name: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
    timeZone: name,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
}

function lookUpOffset(format: Intl.DateTimeFormat, epochMs: number): number {
  const wholeSeconds = Math.floor(epochMs / SECOND_MS) * SECOND_MS;
  const shown: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(wholeSeconds)) shown[type] = Number(value);
  const { year, month, day, hour, minute, second } = shown;
  return Date.UTC(year, month - 1, day, hour, minute, second) - wholeSeconds;
}
