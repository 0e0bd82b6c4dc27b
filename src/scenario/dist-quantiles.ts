/** Distributions given by quantiles: `{ p50, p99 }` is the log-normal through both, `{ quantiles: {...} }` is piecewise linear. */
import type { DistributionSpec } from '../engine/distribution.js';
import type { Share } from '../engine/units.js';
import type { Report } from './dist.js';
import { readDuration } from './quantities/duration.js';
import { shown } from './quantities/reading.js';
import type { Path } from './tree.js';

const QUANTILE = /^p(\d{1,2}(?:\.\d+)?)$/;

/** The share below a quantile's name: `p50` is 0.5, `p99.9` is 0.999; undefined for any other word, `p0` included. */
export function shareOfQuantile(name: string): Share | undefined {
  const match = QUANTILE.exec(name);
  if (match === null) return undefined;
  const share = Number((Number(match[1]) / 100).toPrecision(12));
  return share > 0 && share < 1 ? share : undefined;
}

interface Point {
  readonly name: string;
  readonly share: Share;
  readonly value: number;
}

/** The log-normal through two quantiles; equal values are a constant. */
export function readTwoQuantiles(
  map: Readonly<Record<string, unknown>>,
  report: Report,
  path: Path,
): DistributionSpec | undefined {
  const points = readPoints(map, shareOfQuantile, report, path);
  if (points === undefined) return undefined;
  const [low, high] = points;
  if (points.length !== 2 || low === undefined || high === undefined) {
    const hint =
      points.length > 2
        ? `write quantiles: { ${points.map(({ name }) => name).join(', ')} } with a value each`
        : 'such as { p50: 45ms, p99: 400ms }';
    report(path, { code: 'bad-distribution', message: `two quantiles are wanted, not ${points.length}`, hint });
    return undefined;
  }
  if (low.value === high.value) return { kind: 'constant', value: low.value };
  if (low.value === 0) {
    report([...path, low.name], {
      code: 'below-minimum',
      message: 'a log-normal has no quantile at 0',
      hint: 'use a time above 0s',
    });
    return undefined;
  }
  return { kind: 'two-quantiles', low: low.share, atLow: low.value, high: high.share, atHigh: high.value };
}

/** `min`, any `pNN`, `max`. One point alone is a constant. */
export function readQuantiles(raw: unknown, report: Report, path: Path): DistributionSpec | undefined {
  if (raw === null || typeof raw !== 'object' || Array.isArray(raw) || Object.keys(raw).length === 0) {
    report(path, {
      code: 'wrong-type',
      message: `quantiles is a map of at least one quantile, not ${shown(raw)}`,
      hint: 'such as { p50: 45ms, p90: 90ms, p99: 400ms, max: 1s }',
    });
    return undefined;
  }
  const share = (name: string) => (name === 'min' ? 0 : name === 'max' ? 1 : shareOfQuantile(name));
  const points = readPoints(raw as Readonly<Record<string, unknown>>, share, report, path);
  if (points === undefined) return undefined;
  if (points.every(({ value }) => value === points[0]!.value)) return { kind: 'constant', value: points[0]!.value };
  return { kind: 'quantiles', points: points.map((point) => [point.share, point.value] as const) };
}

/** The points by rising share, their values not falling; undefined when something was reported. */
function readPoints(
  map: Readonly<Record<string, unknown>>,
  shareOf: (name: string) => Share | undefined,
  report: Report,
  path: Path,
): readonly Point[] | undefined {
  const points: Point[] = [];
  let sound = true;
  for (const [name, raw] of Object.entries(map)) {
    const share = shareOf(name);
    if (share === undefined) {
      sound = false;
      report([...path, name], {
        code: 'unknown-key',
        message: `${shown(name)} is not a quantile`,
        hint: 'use p with a number between 0 and 100, such as p50 or p99.9',
      });
      continue;
    }
    const value = readDuration(raw);
    if (value.ok) points.push({ name, share, value: value.value });
    else {
      sound = false;
      report([...path, name], value.fault);
    }
  }
  points.sort((a, b) => a.share - b.share);
  for (const [index, point] of points.entries()) {
    const before = points[index - 1];
    if (before === undefined || before.value <= point.value) continue;
    sound = false;
    report([...path, point.name], {
      code: 'not-rising',
      message: `${point.name} is below ${before.name}`,
      hint: 'quantiles rise with their percentage',
    });
  }
  return sound ? points : undefined;
}
