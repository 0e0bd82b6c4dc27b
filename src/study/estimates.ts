/**
 * Every figure of a run by its path, such as `traffic.web.latency.p99`, with its interval over replications. Lists (bill
 * lines, versions) are left out: their entries have no fixed place. So is the seed, which is no result.
 */
import type { Estimate, RunResult } from '../results/run-result.js';
import { estimateOf, NOT_NEGATIVE } from './confidence.js';
import { isMeanOfNothing } from './figure.js';

/** Empty for one replication. A figure that fewer than two of them have, such as the latency of no request, is left out. */
export function estimatesOf(runs: readonly RunResult[]): Record<string, Estimate> {
  if (runs.length < 2) return {};
  const figures = runs.map(figuresOf);
  const estimates: Record<string, Estimate> = {};
  for (const path of new Set(figures.flatMap((figure) => [...figure.keys()]))) {
    // A key that a run lacks is a count of what never happened there; null is a figure that does not exist.
    const values = figures.map((figure) => figure.get(path) ?? (figure.has(path) ? null : 0));
    const known = values.filter((value) => value !== null);
    if (known.length >= 2) estimates[path] = estimateOf(known, NOT_NEGATIVE);
  }
  return estimates;
}

/** Numeric leaves by dotted path, in the order of the result; null where there is nothing that they could be figures of. */
function figuresOf(run: RunResult): Map<string, number | null> {
  const figures = new Map<string, number | null>();
  const { seed: _input, ...results } = run;
  collect(run, results, [], figures);
  return figures;
}

function collect(run: RunResult, value: unknown, path: readonly string[], into: Map<string, number | null>): void {
  if (typeof value === 'number' || value === null) into.set(path.join('.'), isMeanOfNothing(run, path) ? null : value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  for (const [key, part] of Object.entries(value)) collect(run, part, [...path, key], into);
}
