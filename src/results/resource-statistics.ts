/**
 * What is remembered of queues, streams, topics, dependencies and the asynchronous queues of functions, by the entries of
 * src/scenario/resource-figures.ts. What happens is a column by time bucket, its total their sum; levels are integrals over
 * time; times are histograms.
 */
import { Histogram } from '../engine/histogram.js';
import { HOUR, type Micros } from '../engine/units.js';
import type { ResourceId } from '../lambda/ids.js';
import {
  FIGURES,
  type Figure,
  type FigureInfo,
  type FigureName,
  figuresOf,
  type Resource,
  type ResourceKind,
  resourceIndex,
  resourcesOf,
} from '../scenario/resource-figures.js';
import type { Scenario } from '../scenario/types.js';
import { BucketTable } from './bucket-table.js';
import type { Buckets } from './buckets.js';
import type { Observed } from './observed.js';
import type { MeanAndMax, ResourceResult, Summary } from './run-result.js';
import { summaryOf } from './summary.js';

/** A figure's cells in a bucket: the count; or the highest level; or, of times, how many, their sum and the longest. */
const WIDTH = 3;
const SUM = 1;
const LONGEST = 2;

/** A row of `levels`: what stands now, since when, the integral, the highest. */
const LEVELS = 2;
const NOW = 0;
const SINCE = 1;
const INTEGRAL = 2;
const HIGHEST = 3;

const NOTHING = [] as const;

class OneResource {
  readonly figures: readonly (readonly [string, FigureInfo])[];
  readonly table: BucketTable;
  readonly levels: Float64Array;
  readonly times: (Histogram | undefined)[];

  constructor(readonly resource: Resource) {
    this.figures = figuresOf(resource.kind);
    this.table = new BucketTable(this.figures.length * WIDTH);
    this.levels = new Float64Array(this.figures.length << LEVELS);
    this.times = this.figures.map(([, { kind }]) => (kind === 'times' ? new Histogram() : undefined));
  }
}

export class ResourceStatistics {
  private readonly all: readonly OneResource[];
  private readonly indexOf: (kind: ResourceKind, id: string) => number | undefined;

  constructor(
    private readonly observed: Observed,
    scenario: Scenario,
    private readonly buckets: Buckets,
  ) {
    this.all = resourcesOf(scenario).map((resource) => new OneResource(resource));
    this.indexOf = resourceIndex(scenario);
  }

  counted(resource: ResourceId, figure: Figure, amount: number): void {
    const { now } = this.observed.loop;
    if (now < this.observed.warmUp || now > this.observed.until) return;
    const { table } = this.all[resource]!;
    // The row first: reaching it may replace the cells.
    const row = table.row(this.buckets.of(now));
    table.cells[row + figure * WIDTH] += amount;
  }

  stands(resource: ResourceId, figure: Figure, level: number): void {
    const { now } = this.observed.loop;
    const one = this.all[resource]!;
    const { levels } = one;
    const at = figure << LEVELS;
    levels[at + INTEGRAL] += levels[at + NOW] * (now - levels[at + SINCE]);
    levels[at + SINCE] = now;
    levels[at + NOW] = level;
    if (level > levels[at + HIGHEST]) levels[at + HIGHEST] = level;
    if (one.figures[figure]![1].metric === undefined) return;
    const row = one.table.row(this.buckets.of(now));
    if (level > one.table.cells[row + figure * WIDTH]) one.table.cells[row + figure * WIDTH] = level;
  }

  took(resource: ResourceId, figure: Figure, time: Micros, arrivedAt: Micros): void {
    if (arrivedAt < this.observed.warmUp) return;
    const one = this.all[resource]!;
    const times = one.times[figure];
    if (times !== undefined) times.record(time);
    else if (time > one.levels[(figure << LEVELS) + HIGHEST]) one.levels[(figure << LEVELS) + HIGHEST] = time;
    if (one.figures[figure]![1].metric === undefined) return;
    const row = one.table.row(this.buckets.of(this.observed.loop.now));
    const { cells } = one.table;
    const cell = row + figure * WIDTH;
    cells[cell]++;
    cells[cell + SUM] += time;
    if (time > cells[cell + LONGEST]) cells[cell + LONGEST] = time;
  }

  /** What stands now counts as having come now; levels before do not count. */
  warmUpOver(): void {
    const { now } = this.observed.loop;
    for (const [index, { figures, levels, resource }] of this.all.entries()) {
      for (const [figure, [, { enters }]] of figures.entries()) {
        const at = figure << LEVELS;
        levels[at + INTEGRAL] = 0;
        levels[at + SINCE] = now;
        levels[at + HIGHEST] = levels[at + NOW];
        if (enters !== undefined)
          this.counted(index as ResourceId, figureNamed(resource.kind, enters), levels[at + NOW]);
      }
    }
  }

  /** A bucket of the timeline is over: what stands goes on in the next. */
  turnPage(): void {
    const { now } = this.observed.loop;
    for (const { figures, levels, table } of this.all) {
      for (const [figure, [, { metric, kind }]] of figures.entries()) {
        if (metric === undefined || kind === 'count' || kind === 'times') continue;
        const level = levels[(figure << LEVELS) + NOW];
        if (level === 0) continue;
        const cell = table.row(this.buckets.of(now)) + figure * WIDTH;
        table.cells[cell] = Math.max(table.cells[cell], level);
      }
    }
  }

  /** A count, hidden ones too. */
  count<K extends ResourceKind>(kind: K, id: string, name: FigureName<K>): number {
    return this.named(kind, id)?.table.sum(figureNamed(kind, name) * WIDTH) ?? 0;
  }

  /** A count, or of a level the hours it stood for. */
  amount<K extends ResourceKind>(kind: K, id: string, name: FigureName<K>): number {
    const one = this.named(kind, id);
    const figure = figureNamed(kind, name);
    if (one === undefined || one.figures[figure]![1].kind !== 'level') return this.count(kind, id, name);
    const { until, warmUp } = this.observed;
    return (this.valueOf(one, figure, 'level') as MeanAndMax).mean * ((until - warmUp) / HOUR);
  }

  /** The highest that a level or what stands has been. */
  highest<K extends ResourceKind>(kind: K, id: string, name: FigureName<K>): number {
    const figure = (FIGURES[kind] as Readonly<Record<string, Figure>>)[name]!;
    return this.named(kind, id)?.levels[(figure << LEVELS) + HIGHEST] ?? 0;
  }

  /** Whether something was counted of a figure in a bucket. */
  inBucket<K extends ResourceKind>(kind: K, id: string, name: FigureName<K>, bucket: number): number {
    return this.named(kind, id)?.table.at(bucket, figureNamed(kind, name) * WIDTH) ?? 0;
  }

  /** The longest of times in a bucket; undefined where there was none. */
  longestInBucket<K extends ResourceKind>(
    kind: K,
    id: string,
    name: FigureName<K>,
    bucket: number,
  ): Micros | undefined {
    const one = this.named(kind, id);
    if (one === undefined) return undefined;
    const cell = figureNamed(kind, name) * WIDTH;
    return one.table.at(bucket, cell) === 0 ? undefined : one.table.at(bucket, cell + LONGEST);
  }

  /** The figures of every resource of a kind by id, in the order of the scenario. */
  ofKind<K extends ResourceKind>(kind: K): Record<string, ResourceResult<K>> {
    const own = this.all.filter(({ resource }) => resource.kind === kind);
    return Object.fromEntries(own.map((one) => [one.resource.id, this.resultOf(one) as ResourceResult<K>]));
  }

  /** Metric and value of a bucket, in the order of the figures; nothing where nothing happened. */
  metrics(kind: ResourceKind, id: string, bucket: number): readonly (readonly [metric: string, value: number])[] {
    const one = this.named(kind, id);
    if (one === undefined || !one.table.reaches(bucket)) return NOTHING;
    const told: [string, number][] = [];
    for (const [figure, [, { kind: is, metric }]] of one.figures.entries()) {
      if (metric === undefined) continue;
      const cell = (offset: number) => one.table.at(bucket, figure * WIDTH + offset);
      if (cell(0) === 0) continue;
      if (is === 'times') {
        told.push([metric, cell(SUM) / cell(0) / 1000]);
        told.push([`${metric}.Maximum`, cell(LONGEST) / 1000]);
      } else if (is === 'oldest') told.push([metric, cell(LONGEST) / 1_000_000]);
      else told.push([metric, cell(0)]);
    }
    return told;
  }

  private named(kind: ResourceKind, id: string): OneResource | undefined {
    const index = this.indexOf(kind, id);
    return index === undefined ? undefined : this.all[index];
  }

  private resultOf(one: OneResource): Record<string, unknown> {
    const shown = one.figures.flatMap(([name, { kind, hidden }], figure) =>
      hidden === true ? [] : [[name, this.valueOf(one, figure, kind)] as const],
    );
    return Object.fromEntries(shown);
  }

  private valueOf(
    { table, levels, times }: OneResource,
    figure: Figure,
    kind: FigureInfo['kind'],
  ): number | MeanAndMax | { max: number } | Summary {
    const at = figure << LEVELS;
    switch (kind) {
      case 'count':
        return table.sum(figure * WIDTH);
      case 'standing':
        return levels[at + NOW];
      case 'level': {
        const { until, warmUp } = this.observed;
        const integral = levels[at + INTEGRAL] + levels[at + NOW] * (until - Math.max(warmUp, levels[at + SINCE]));
        return { mean: integral / (until - warmUp), max: levels[at + HIGHEST] };
      }
      case 'peak':
        return { max: levels[at + HIGHEST] };
      case 'oldest':
        return { max: levels[at + HIGHEST] / 1000 };
      case 'times':
        return summaryOf(times[figure]!);
    }
  }
}

function figureNamed(kind: ResourceKind, name: string): Figure {
  return (FIGURES[kind] as Readonly<Record<string, Figure>>)[name]!;
}
