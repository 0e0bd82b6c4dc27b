/**
 * What a run knows beyond its figures, for findings: when things happened. Plain data, taken once from a finished run.
 * Throttles have exact instants; other periods come from the timeline and are as fine as its buckets.
 */
import type { Micros } from '../engine/units.js';
import { REASONS } from '../lambda/outcome.js';
import type { Simulation } from './simulation.js';

/** From the first to the last time that something happened. */
export interface Span {
  readonly from: Micros;
  readonly to: Micros;
}

export interface Evidence {
  /** By `functions.<id>/<AWS's reason>` for throttles, and by `<resource>/<metric>` of the timeline. */
  readonly spans: ReadonlyMap<string, Span>;
  /** Requests that API Gateway refused, by traffic id. */
  readonly refusedInFront: ReadonlyMap<string, number>;
}

/** What is known of a run of which only the figures are left. */
export const NO_EVIDENCE: Evidence = { spans: new Map(), refusedInFront: new Map() };

/** Metrics of the timeline whose period a finding tells. */
const TOLD = new Set(['ColdStarts', 'Errors', 'ProvisionedConcurrencySpilloverInvocations', 'Failed', 'Throttled']);

/** Of a run that is over. Goes once through its timeline, if it has one. */
export function evidenceOf(simulation: Simulation): Evidence {
  const { scenario, recorder, timeline } = simulation;
  const spans = new Map<string, Span>();
  for (const { id } of scenario.functions) {
    for (const { reason, first, last } of recorder.functions.throttlesOf(simulation.functionId(id))) {
      spans.set(`functions.${id}/${REASONS[reason]}`, { from: first, to: last });
    }
  }
  for (const { at, resource, metric, value } of timeline?.rows() ?? []) {
    if (value === 0 || !TOLD.has(metric)) continue;
    const key = `${resource}/${metric}`;
    const to = Math.min(at + timeline!.width, simulation.until);
    spans.set(key, { from: spans.get(key)?.from ?? Math.max(at, scenario.run.warmUp), to });
  }
  const refusedInFront = new Map(
    scenario.traffic.map(({ id }) => [id, recorder.traffic.refusedInFrontOf(simulation.trafficId(id))]),
  );
  return { spans, refusedInFront };
}
