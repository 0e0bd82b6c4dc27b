/** What every finding is looked for in: one run with its scenario, its evidence, its rules and its prices. */
import type { BillableUsage } from '../../billing/bill.js';
import { bill } from '../../billing/bill.js';
import { UsageError } from '../../engine/errors.js';
import { HOURS_PER_MONTH, SECOND } from '../../engine/units.js';
import type { Billed, Finding, RunResult } from '../../results/run-result.js';
import { type Rulebook, rulebookOf } from '../../rules/rulebook.js';
import type { LambdaFunctionSettings, Scenario, ThresholdSettings } from '../../scenario/types.js';
import type { Evidence } from '../evidence.js';
import type { Held, Span } from '../periods.js';
import type { Found } from './found.js';

/** When something held, as a finding says it, in simulated seconds. */
export type Period = Pick<Finding, 'from' | 'to' | 'seconds' | 'periods'>;

/** Finds one kind of cause; in the order of the scenario. */
export type Finder = (subject: Subject) => Found[];

const NOTHING_BILLED: Billed = {
  requests: 0,
  durationMs: 0,
  gbSeconds: 0,
  provisionedDurationGbSeconds: 0,
  provisionedGbSeconds: 0,
  storageGbSeconds: 0,
};

export class Subject {
  readonly rules: Rulebook;

  constructor(
    readonly scenario: Scenario,
    readonly run: RunResult,
    readonly evidence: Evidence,
    /** Thresholds that were not met. */
    readonly failed: readonly ThresholdSettings[] = [],
  ) {
    this.rules = rulebookOf(scenario.asOf, scenario.rules);
  }

  /** When it happened; the whole measured time where that is not known. */
  period(resource: string, what: string): Period {
    return this.periodOf(this.evidence.held.get(`${resource}/${what}`));
  }

  periodOf(held: Held | undefined): Period {
    const { warmUp, duration } = this.scenario.run;
    const { from, to, time = 0, spans = [] }: Partial<Held> & Span = held ?? { from: warmUp, to: duration };
    const whole = { from: from / SECOND, to: to / SECOND };
    if (spans.length < 2) return whole;
    return { ...whole, seconds: time / SECOND, periods: spans.map((span) => [span.from / SECOND, span.to / SECOND]) };
  }

  /** The function whose duration a threshold is about, by itself or in the latency of a traffic. */
  functionOf({ path: [owner, id, figure] }: ThresholdSettings): LambdaFunctionSettings | undefined {
    const { functions, traffic } = this.scenario;
    if (owner === 'functions' && figure === 'duration') return functions.find((fn) => fn.id === id);
    if (owner !== 'traffic' || figure !== 'latency') return undefined;
    const to = traffic.find((one) => one.id === id)?.to;
    return functions.find((fn) => fn.id === to);
  }

  /** USD a month of the bill lines of a function whose item begins with one of `items`; without the free tier. */
  monthlyUsd(fn: string, ...items: readonly string[]): number {
    const { lines, simulatedHours } = this.run.bill;
    const usd = lines
      .filter(({ resource, item }) => resource === fn && items.some((begin) => item.startsWith(begin)))
      .reduce((sum, line) => sum + line.usd, 0);
    return (usd * HOURS_PER_MONTH) / simulatedHours;
  }

  /** Of the whole bill, both before tiers and the free tier; 0 where nothing costs anything. */
  shareOfBill(monthlyUsd: number): number {
    const { lines, simulatedHours } = this.run.bill;
    const all = lines.reduce((sum, { usd }) => sum + usd, 0) * (HOURS_PER_MONTH / simulatedHours);
    return all > 0 ? monthlyUsd / all : 0;
  }

  /** USD of a usage at the scenario's prices, without the free tier; undefined where a price is not known. */
  usdOf(fn: LambdaFunctionSettings, usage: Partial<Billed>): number | undefined {
    const { region, asOf, pricing } = this.scenario;
    const billed = { ...NOTHING_BILLED, ...usage };
    const one: BillableUsage = { resource: fn.id, architecture: fn.architecture, memoryMb: fn.memory, billed };
    try {
      return bill([one], { region, asOf, pricing, rules: this.rules }).total;
    } catch (error) {
      if (error instanceof UsageError) return undefined;
      throw error;
    }
  }
}
