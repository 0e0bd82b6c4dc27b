/** The stretches that all charts over time are shaded for: when the first finding held. */
import type { Finding, Results } from '../../results/run-result.js';

/** Of what is measured: what holds nearly all the time is not worth shading. */
const MOST_SHADED = 0.9;

/** Undefined where there is none, or none in the replication that the charts show. */
export function shadedFinding({ findings: [first], scenario, toldReplication }: Results): Finding | undefined {
  if (first === undefined || toldReplication !== undefined) return undefined;
  const { from, to, seconds = to - from } = first;
  return seconds < MOST_SHADED * (scenario.durationSeconds - scenario.warmUpSeconds) ? first : undefined;
}

/** In simulated seconds. */
export function shadedPeriods(results: Results): readonly (readonly [from: number, to: number])[] {
  const shaded = shadedFinding(results);
  return shaded === undefined ? [] : (shaded.periods ?? [[shaded.from, shaded.to]]);
}
