/**
 * lambdasim as a library: a scenario in, latency, throttles, cold starts and a bill out. Pure: runs in Node and in a
 * browser. Files, threads and whole reports on disk are in `lambdasim/node`.
 *
 *     const { scenario, problems } = parseScenario(text);
 *     const run = simulate(scenario, { seed: 1 });
 *     console.log(renderReport(resultsOf(scenario, [run], program), 'markdown'));
 */

/** The price of metered usage, and a month of it: for usage of a run, or of your own. */
export { type BillableUsage, type BillOptions, bill } from './billing/bill.js';
/** What AWS charges in a region on a day, with sources. */
export { type PriceList, priceListOf } from './billing/price-list.js';
/** Who is at fault decides the class; each carries words for people. */
export { LimitError, type Problem, ScenarioError, UsageError } from './engine/errors.js';
/** An attempt of a run as an object; for recorders. */
export { type Attempt, attemptIn, type InvocationTable } from './lambda/attempt.js';
export type { EnvironmentId, FunctionId, InvocationId, InvokerId } from './lambda/ids.js';
/**
 * Extend it to hear the facts of a run, and give it to `simulate` among its `recorders`.
 *
 *     class ColdStarts extends Recorder {
 *       override begin(run: ObservedRun) { this.run = run; }
 *       override finished(rows: Int32Array, count: number) {
 *         for (const row of rows.subarray(0, count)) {
 *           const { start, initDuration } = attemptIn(this.run.invocations, row);
 *           ...
 */
export { type ObservedRun, Recorder } from './lambda/recorder.js';
/** Results as text: for a terminal or a browser, JSON, Markdown, CSV or JUnit. */
export { type ReportContext, type ReportFormat, renderReport } from './report/report.js';
/** A timeline made small enough to draw: what `renderReport` takes as `timeline`. */
export { type TimelineSeries, TimelineThinner } from './report/timeline-series.js';
export type { Bill, Results, RunResult } from './results/run-result.js';
/** What AWS does and since when: every rule with its dated values and sources. */
export { allRules } from './rules/catalogue.js';
export type { ParsedScenario, ParseOptions } from './scenario/parse-scenario.js';
export type { Scenario } from './scenario/types.js';
/** The timeline of a run with what each bucket cost. */
export { rowsWithCharges } from './study/estimated-charges.js';
/** When things happened in a finished Simulation; with it the findings of `resultsOf` have their periods. */
export { type Evidence, evidenceOf } from './study/evidence.js';
/** Text to a checked scenario, or every problem with its line. */
export { parseBillable as parseScenario } from './study/parse-billable.js';
/** Runs of a scenario put together: estimates, thresholds, rules, findings. */
export { resultsOf } from './study/results-of.js';
/** One run from beginning to end. */
export { type SimulateOptions, simulate } from './study/simulate.js';
/** One run that can be stopped and resumed, with its timeline. */
export { Simulation, type SimulationOptions } from './study/simulation.js';
