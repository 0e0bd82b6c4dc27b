/**
 * The run over time, in buckets, with CloudWatch's metric names of the day (and its habit of saying nothing where nothing
 * happened).
 * Facts of an invocation are stamped with the bucket in which it started, as CloudWatch does; requests of clients with that
 * of their arrival, answers with their own.
 */
import type { IsoDate, Micros } from '../engine/units.js';
import type { Account } from '../lambda/account.js';
import type { FunctionId } from '../lambda/ids.js';
import { existsOn } from '../rules/feature-dates.js';
import { claimedConcurrency } from '../scenario/claimed-concurrency.js';
import {
  type FigureName,
  type Resource,
  type ResourceKind,
  resourcePath,
  resourcesOf,
} from '../scenario/resource-figures.js';
import type { LambdaFunctionSettings, Scenario, TrafficSettings } from '../scenario/types.js';
import { BucketTable } from './bucket-table.js';
import type { Buckets } from './buckets.js';
import {
  COLD_STARTS,
  CONCURRENT,
  DURATION_MAX,
  DURATION_SUM,
  ERRORS,
  type FunctionStatistics,
  INVOCATIONS,
  ON_PROVISIONED,
  PROVISIONED_CONCURRENT,
  THROTTLES,
} from './function-statistics.js';
import type { Observed } from './observed.js';
import type { ResourceStatistics } from './resource-statistics.js';
import {
  FAILED,
  LATENCY_MAX,
  LATENCY_P50,
  LATENCY_P99,
  LATENCY_SUM,
  REQUESTS,
  SUCCEEDED,
  THROTTLED_REQUESTS,
  type TrafficStatistics,
} from './traffic-statistics.js';

export interface TimelineRow {
  /** Start of the bucket, from the start of the run. */
  readonly at: Micros;
  /** `functions.api`, `traffic.web`, `account`. */
  readonly resource: string;
  readonly metric: string;
  readonly value: number;
}

/** Columns of the account. */
const ALL_CONCURRENT = 0;
const UNRESERVED_CONCURRENT = 1;
const ACCOUNT_COLUMNS = 2;

export class Timeline {
  readonly width: Micros;
  readonly lastBucket: number;
  private readonly accountTable = new BucketTable(ACCOUNT_COLUMNS);
  /** Concurrency claimed whether used or not. */
  private readonly alwaysClaimed: number;
  private readonly functions: readonly LambdaFunctionSettings[];
  private readonly traffics: readonly TrafficSettings[];
  /** Queues, streams, topics and dependencies. */
  private readonly others: readonly Resource[];
  /** As rows name them, each text made once. */
  private readonly functionPaths: readonly string[];
  private readonly otherPaths: readonly string[];
  private readonly trafficPaths: readonly string[];
  private readonly asOf: IsoDate;
  /** The bucket under way. */
  private bucket = 0;

  constructor(
    private readonly observed: Observed,
    scenario: Scenario,
    private readonly statistics: FunctionStatistics,
    private readonly traffic: TrafficStatistics,
    private readonly resources: ResourceStatistics,
    buckets: Buckets,
  ) {
    this.width = buckets.width;
    this.lastBucket = buckets.last;
    const { functions } = scenario;
    this.functions = functions;
    this.traffics = scenario.traffic;
    this.asOf = scenario.asOf;
    this.others = resourcesOf(scenario).filter(({ kind }) => kind !== 'async');
    this.functionPaths = functions.map(({ id }) => `functions.${id}`);
    this.otherPaths = this.others.map(resourcePath);
    this.trafficPaths = scenario.traffic.map(({ id }) => `traffic.${id}`);
    this.alwaysClaimed = claimedConcurrency(functions);
  }

  /** A bucket is over: its peaks are known. Whoever keeps the peaks looks again afterwards. */
  turnPage(account: Account): void {
    const { bucket } = this;
    if (bucket > this.lastBucket) return;
    for (const [fn, table] of this.statistics.tables.entries()) {
      const highest = account.highestOf(fn as FunctionId);
      if (highest === 0) continue;
      const row = table.row(bucket);
      table.cells[row + CONCURRENT] = highest;
      table.cells[row + PROVISIONED_CONCURRENT] = account.highestProvisionedOf(fn as FunctionId);
    }
    if (account.highestInAll > 0) {
      const row = this.accountTable.row(bucket);
      this.accountTable.cells[row + ALL_CONCURRENT] = account.highestInAll;
      this.accountTable.cells[row + UNRESERVED_CONCURRENT] = account.highestOnUnreserved;
    }
    this.bucket++;
  }

  /** A column of the function's statistics in one bucket. */
  figure(fn: FunctionId, bucket: number, column: number): number {
    return this.statistics.figure(fn, bucket, column);
  }

  /** Requests of a traffic that arrived in one bucket. */
  requests(traffic: number, bucket: number): number {
    return this.traffic.tables[traffic].at(bucket, REQUESTS);
  }

  /** A count of a resource in one bucket. */
  resourceFigure<K extends ResourceKind>(kind: K, id: string, figure: FigureName<K>, bucket: number): number {
    return this.resources.inBucket(kind, id, figure, bucket);
  }

  /**
   * Rows by bucket, resource and metric, without the buckets that lie in the warm-up. They are made a bucket at a time, since
   * a thousand functions have ten million of them.
   */
  *rows(): Generator<TimelineRow> {
    for (let bucket = Math.floor(this.observed.warmUp / this.width); bucket <= this.lastBucket; bucket++) {
      for (const row of this.rowsOf(bucket)) yield row;
    }
  }

  private rowsOf(bucket: number): TimelineRow[] {
    const page = new Page(bucket * this.width);
    this.tellAccount(bucket, page);
    for (let fn = 0; fn < this.functions.length; fn++) {
      page.resource = this.functionPaths[fn]!;
      this.tellFunction(fn as FunctionId, bucket, page);
    }
    for (const [index, { kind, id }] of this.others.entries()) {
      page.resource = this.otherPaths[index]!;
      for (const [metric, value] of this.resources.metrics(kind, id, bucket)) {
        // What CloudWatch does not tell of a mapping is told in every year.
        const isOptIn = metric.endsWith('EventCount') || (kind === 'mappings' && metric !== 'ConcurrentExecutions');
        if (!isOptIn || existsOn('mappingMetrics', this.asOf)) page.tell(metric, value);
      }
    }
    for (let traffic = 0; traffic < this.traffics.length; traffic++) {
      page.resource = this.trafficPaths[traffic]!;
      this.tellTraffic(traffic, bucket, page);
    }
    return page.rows;
  }

  private tellFunction(fn: FunctionId, bucket: number, page: Page): void {
    const { asOf, statistics } = this;
    const cell = (column: number) => statistics.figure(fn, bucket, column);
    const invocations = cell(INVOCATIONS);
    const provisioned = existsOn('provisionedConcurrency', asOf) ? this.functions[fn].provisionedConcurrency : 0;
    if (invocations > 0) {
      page.tell('Invocations', invocations);
      page.tell('Errors', cell(ERRORS));
      page.tell('Duration', cell(DURATION_SUM) / invocations / 1000);
      page.tell('Duration.Maximum', cell(DURATION_MAX) / 1000);
      page.tell('ColdStarts', cell(COLD_STARTS));
    }
    if (invocations > 0 || cell(THROTTLES) > 0) page.tell('Throttles', cell(THROTTLES));
    if (cell(CONCURRENT) > 0) page.tell('ConcurrentExecutions', cell(CONCURRENT));
    if (provisioned > 0 && cell(PROVISIONED_CONCURRENT) > 0) {
      page.tell('ProvisionedConcurrentExecutions', cell(PROVISIONED_CONCURRENT));
      page.tell('ProvisionedConcurrencyUtilization', cell(PROVISIONED_CONCURRENT) / provisioned);
    }
    if (provisioned > 0 && invocations > 0) {
      page.tell('ProvisionedConcurrencyInvocations', cell(ON_PROVISIONED));
      page.tell('ProvisionedConcurrencySpilloverInvocations', invocations - cell(ON_PROVISIONED));
    }
    if (!existsOn('asynchronousMetrics', asOf)) return;
    for (const [metric, value] of this.resources.metrics('async', this.functions[fn].id, bucket))
      page.tell(metric, value);
  }

  private tellAccount(bucket: number, page: Page): void {
    const all = this.accountTable.at(bucket, ALL_CONCURRENT);
    const unreserved = this.accountTable.at(bucket, UNRESERVED_CONCURRENT);
    if (all > 0) page.tell('ConcurrentExecutions', all);
    if (unreserved > 0) page.tell('UnreservedConcurrentExecutions', unreserved);
    if (all > 0 && existsOn('claimedAccountConcurrency', this.asOf))
      page.tell('ClaimedAccountConcurrency', this.alwaysClaimed + unreserved);
  }

  private tellTraffic(traffic: number, bucket: number, page: Page): void {
    const table = this.traffic.tables[traffic];
    const cell = (column: number) => table.at(bucket, column);
    if (cell(REQUESTS) > 0) page.tell('Requests', cell(REQUESTS));
    if (cell(FAILED) > 0) page.tell('Failed', cell(FAILED));
    if (cell(THROTTLED_REQUESTS) > 0) page.tell('Throttled', cell(THROTTLED_REQUESTS));
    // Who hands over an event learns of no latency.
    if (cell(SUCCEEDED) > 0 && this.traffics[traffic].invocation !== 'Event') {
      page.tell('Latency', cell(LATENCY_SUM) / cell(SUCCEEDED) / 1000);
      page.tell('Latency.p50', cell(LATENCY_P50) / 1000);
      page.tell('Latency.p99', cell(LATENCY_P99) / 1000);
      page.tell('Latency.Maximum', cell(LATENCY_MAX) / 1000);
    }
  }
}

/** The rows of a bucket. */
class Page {
  readonly rows: TimelineRow[] = [];
  /** Whose figures are told. */
  resource = 'account';

  constructor(private readonly at: Micros) {}

  tell(metric: string, value: number): void {
    this.rows.push({ at: this.at, resource: this.resource, metric, value });
  }
}
