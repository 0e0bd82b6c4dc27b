/** One figure out of many replications: the mean. A report shows it where there is room for one number. */
import type { BillLine, Results, RunResult } from '../results/run-result.js';

/** Mean of a figure over the replications that have it; null when none has. */
export function overRuns(results: Results, figure: (run: RunResult) => number | null | undefined): number | null {
  let sum = 0;
  let runs = 0;
  for (const run of results.runs) {
    const value = figure(run);
    if (value === null || value === undefined) continue;
    sum += value;
    runs += 1;
  }
  return runs === 0 ? null : sum / runs;
}

/** The bill of a mean replication: a line that some have and others lack counts as 0 there. One run: its own lines. */
export function billLines(results: Results): readonly BillLine[] {
  const [first] = results.runs;
  if (first === undefined) return [];
  if (results.runs.length === 1) return first.bill.lines;
  const lines = new Map<string, BillLine>();
  for (const run of results.runs) {
    for (const line of run.bill.lines) {
      const key = JSON.stringify([line.service, line.resource, line.item, line.unit]);
      const sum = lines.get(key);
      if (sum === undefined) {
        lines.set(key, { ...line });
      } else {
        sum.quantity += line.quantity;
        sum.usd += line.usd;
      }
    }
  }
  const runs = results.runs.length;
  return [...lines.values()].map((line) => ({ ...line, quantity: line.quantity / runs, usd: line.usd / runs }));
}
