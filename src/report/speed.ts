/**
 * The figures that answer "is it fast enough?": what clients, messages, records and events waited, whichever the results
 * hold. Those with a threshold come first, the one furthest beyond its limit, or nearest to it, before all.
 */
import { readThreshold } from '../scenario/threshold.js';
import { metricAt } from '../scenario/threshold-metrics.js';
import type { FigureReader } from './figure-reader.js';

export interface SpeedFigure {
  /** Of the distribution, or of what has only a greatest value. */
  readonly path: readonly string[];
  /** Key of the results: `p99`, `max` ... */
  readonly statistic: string;
  /** What was measured; the ids that follow say of what. */
  readonly what: string;
  readonly ids: readonly string[];
  /** Of its threshold, in milliseconds. */
  readonly limit?: number;
}

/** Empty where nothing ran. */
export function speedFigures(figures: FigureReader): SpeedFigure[] {
  const judged = withThresholds(figures);
  const used = (one: SpeedFigure) => figures.at(...one.path, one.statistic)! / one.limit!;
  judged.sort((a, b) => used(b) - used(a));
  const isJudged = (one: SpeedFigure) => judged.some((other) => keyOf(other) === keyOf(one));
  const waits = [
    ...slowest(figures, 'traffic', ['latency'], 'p99'),
    ...slowest(figures, 'queues', ['delay'], 'p99'),
    ...slowest(figures, 'queues', ['age'], 'max'),
    ...slowest(figures, 'streams', ['iteratorAge'], 'p99'),
    ...slowest(figures, 'functions', ['async', 'age'], 'p99'),
  ];
  const all = [...judged, ...waits.filter((one) => !isJudged(one))];
  return all.length > 0 ? all : slowest(figures, 'functions', ['duration'], 'p99');
}

/** Limits from above on times that were measured. */
function withThresholds(figures: FigureReader): SpeedFigure[] {
  return figures.results.thresholds.flatMap(({ expression }): SpeedFigure[] => {
    const read = readThreshold(expression);
    if (read === undefined || !read.comparison.startsWith('<') || read.value <= 0) return [];
    const { path, statistic: name, value: limit } = read;
    const metric = metricAt(path);
    const statistic = name === 'p99.9' ? 'p999' : name;
    const isWait =
      !('code' in metric) && metric.unit === 'milliseconds' && metric.kind !== 'amount' && name !== 'count';
    if (!isWait || figures.at(...path, statistic) === null) return [];
    return [{ path, statistic, ...told(path), limit }];
  });
}

/**
 * The one resource of a kind with the greatest figure. A queue that no function reads, as one for dead letters, has an age
 * that nobody waits for.
 */
function slowest(figures: FigureReader, kind: string, figure: readonly string[], statistic: string): SpeedFigure[] {
  const at = (id: string) => figures.at(kind, id, ...figure, statistic);
  const ids = figures
    .ids(kind)
    .filter((id) => at(id) !== null && (kind !== 'queues' || figures.has(kind, id, 'received')));
  if (ids.length === 0) return [];
  const path = [kind, ids.reduce((most, id) => (at(id)! > at(most)! ? id : most)), ...figure];
  return [{ path, statistic, ...told(path) }];
}

const WORDS: Readonly<Record<string, string>> = {
  'traffic.latency': 'latency of',
  'queues.delay': 'from send to delete in',
  'queues.age': 'age of the oldest message of',
  'streams.iteratorAge': 'iterator age of',
  'functions.async.age': 'age of the events of',
  'functions.duration': 'run time of',
  'functions.initDuration': 'init of',
  'dependencies.wait': 'wait in line for',
  'dependencies.latency': 'latency of',
};

/** Who reads a stream is named after it. */
function told(path: readonly string[]): Pick<SpeedFigure, 'what' | 'ids'> {
  const [kind, id = '', ...rest] = path;
  const isConsumer = kind === 'streams' && rest[0] === 'consumers';
  const figure = (isConsumer ? rest.slice(2) : rest).join('.');
  return { what: WORDS[`${kind}.${figure}`] ?? `${figure} of`, ids: isConsumer ? [id, rest[1]!] : [id] };
}

function keyOf({ path, statistic }: SpeedFigure): string {
  return [...path, statistic].join('.');
}
