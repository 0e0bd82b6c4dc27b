/** Watches a run as it happens: that no more runs than may, that environments are used by one at a time, that time goes forward. */
import type { EnvironmentId, FunctionId, InvocationId } from '../../src/lambda/ids.js';
import { ENVIRONMENT, KIND, MARKS } from '../../src/lambda/invocations.js';
import { PROVISIONED } from '../../src/lambda/outcome.js';
import { type ObservedRun, Recorder } from '../../src/lambda/recorder.js';
import type { Scenario } from '../../src/scenario/types.js';

export class LimitWatch extends Recorder {
  /** What should not have happened; each once. */
  readonly breaches = new Set<string>();
  private run!: ObservedRun;
  private readonly running: number[];
  private readonly onProvisioned: number[];
  private readonly busy = new Set<string>();
  private readonly existing = new Set<string>();
  private unreserved = 0;
  private last = 0;

  constructor(private readonly scenario: Scenario) {
    super();
    this.running = scenario.functions.map(() => 0);
    this.onProvisioned = scenario.functions.map(() => 0);
  }

  override begin(run: ObservedRun): void {
    this.run = run;
  }

  override opened(fn: FunctionId, environment: EnvironmentId): void {
    const key = `${fn}/${environment}`;
    if (this.existing.has(key)) this.breaches.add(`environment ${key} was opened twice`);
    this.existing.add(key);
  }

  override closed(fn: FunctionId, environment: EnvironmentId, at: number): void {
    const key = `${fn}/${environment}`;
    if (!this.existing.delete(key)) this.breaches.add(`environment ${key} was closed but did not exist`);
    if (this.busy.has(key)) this.breaches.add(`environment ${key} was closed while it was busy`);
    if (at > this.run.clock.now) this.breaches.add('an environment was closed in the future');
  }

  override started(fn: FunctionId, invocation: InvocationId): void {
    this.look();
    const settings = this.scenario.functions[fn]!;
    const key = this.environmentOf(fn, invocation);
    if (!this.existing.has(key)) this.breaches.add(`environment ${key} was used but did not exist`);
    if (this.busy.has(key)) this.breaches.add(`environment ${key} was used by two at once`);
    this.busy.add(key);
    this.running[fn]!++;
    if (this.isProvisioned(invocation)) this.onProvisioned[fn]!++;
    else if (settings.reservedConcurrency === undefined && ++this.unreserved > this.unreservedLimit()) {
      this.breaches.add(`the unreserved pool held ${this.unreserved}`);
    }
    const { reservedConcurrency: reserved, provisionedConcurrency: provisioned } = settings;
    if (reserved !== undefined && this.running[fn]! > reserved)
      this.breaches.add(`${settings.id} ran ${this.running[fn]} of ${reserved}`);
    if (this.onProvisioned[fn]! > provisioned)
      this.breaches.add(`${settings.id} ran more on provisioned concurrency than it has`);
    const all = this.running.reduce((sum, count) => sum + count, 0);
    if (all > this.scenario.account.concurrencyLimit) this.breaches.add(`the account ran ${all}`);
  }

  override ended(fn: FunctionId, invocation: InvocationId): void {
    this.look();
    this.busy.delete(this.environmentOf(fn, invocation));
    this.running[fn]!--;
    if (this.isProvisioned(invocation)) this.onProvisioned[fn]!--;
    else if (this.scenario.functions[fn]!.reservedConcurrency === undefined) this.unreserved--;
  }

  private look(): void {
    const { now } = this.run.clock;
    if (now < this.last) this.breaches.add(`the clock went back from ${this.last} to ${now}`);
    this.last = now;
  }

  /** What an admission now may fill; those who already ran when it shrank may stay. */
  private unreservedLimit(): number {
    const { account, functions } = this.scenario;
    const taken = functions.reduce((sum, fn) => sum + (fn.reservedConcurrency ?? fn.provisionedConcurrency), 0);
    const other = account.otherConcurrency.filter(({ at }) => at <= this.last).at(-1)?.amount ?? 0;
    return account.concurrencyLimit - taken - other;
  }

  private environmentOf(fn: number, invocation: number): string {
    return `${fn}/${this.run.invocations.marks[(invocation << MARKS) + ENVIRONMENT]}`;
  }

  private isProvisioned(invocation: number): boolean {
    return this.run.invocations.marks[(invocation << MARKS) + KIND] === PROVISIONED;
  }
}
