/** Findings in words: when one held, whether it limits or only costs, and which bound first. */
import { duration } from '../engine/format.js';
import type { Finding, Results } from '../results/run-result.js';

/** `all the time`, `from 10 min to 16 min`, `from 10 min to 3 h, 25 min in all`, or `at 10 min` where it is over as soon. */
export function heldFrom({ from, to, seconds }: Finding, { scenario }: Results): string {
  const isWhole = from <= scenario.warmUpSeconds && to >= scenario.durationSeconds;
  if (isWhole && seconds === undefined) return 'all the time';
  const begin = from === 0 ? 'the start' : duration(from * 1000);
  const end = to >= scenario.durationSeconds ? 'the end' : duration(to * 1000);
  if (begin === end) return `at ${begin}`;
  const inAll = seconds === undefined ? '' : `, ${duration(seconds * 1000)} in all`;
  return `from ${begin} to ${end}${inAll}`;
}

/** Whether it made requests fail or wait, not only the bill higher. */
export function isLimiting({ limit }: Finding): boolean {
  return !/^Billed|Idle$/.test(limit);
}

/** The one that began before all others that limit; undefined when there is nothing to tell apart. */
export function firstToBind({ findings }: Results): Finding | undefined {
  const [first, second] = findings.filter(isLimiting).sort((a, b) => a.from - b.from);
  return second !== undefined && first!.from < second.from ? first : undefined;
}
