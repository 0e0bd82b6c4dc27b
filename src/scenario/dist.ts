/**
 * A random time as a scenario writes it: a plain duration is a constant, a map names one kind or two quantiles. Samples
 * from a file stay a reference here; `samples.ts` puts the values in.
 */
import type { DistributionSpec } from '../engine/distribution.js';
import { CLOSED_FORMS, type ClosedForm, type ClosedFormEntry, isClosedForm } from './dist-closed-forms.js';
import { readQuantiles, readTwoQuantiles, shareOfQuantile } from './dist-quantiles.js';
import { listed, suggestion } from './nearest.js';
import { readDuration } from './quantities/duration.js';
import { readNumber } from './quantities/number.js';
import { type Fault, shown } from './quantities/reading.js';
import type { Path } from './tree.js';

export interface SamplesFile {
  readonly kind: 'samples-file';
  readonly file: string;
  readonly column: string;
}

export type DistributionForm =
  | Exclude<DistributionSpec, { kind: 'mixture' }>
  | SamplesFile
  | { readonly kind: 'mixture'; readonly parts: readonly { readonly weight: number; readonly of: DistributionForm }[] };

/** Reports a fault at a path below the value being read. */
export type Report = (path: Path, fault: Fault) => void;

export const DISTRIBUTION_KINDS = [...Object.keys(CLOSED_FORMS), 'quantiles', 'samples', 'mixture'];
/** Weights are shares of their sum, so larger ones say nothing more; the sum of any list of them stays exact enough. */
const LARGEST_WEIGHT = 1e9;
const EXAMPLES = 'such as 45ms or { p50: 45ms, p99: 400ms }';

/** Undefined when something was reported. Times become Micros. */
export function readDistribution(raw: unknown, report: Report, path: Path = []): DistributionForm | undefined {
  if (raw === null || Array.isArray(raw) || typeof raw === 'boolean') {
    report(path, {
      code: 'wrong-type',
      message: `a time or a distribution is wanted, not ${shown(raw)}`,
      hint: EXAMPLES,
    });
    return undefined;
  }
  if (typeof raw !== 'object') {
    const constant = readDuration(raw);
    if (constant.ok) return { kind: 'constant', value: constant.value };
    report(path, constant.fault);
    return undefined;
  }
  return readMap(raw as Readonly<Record<string, unknown>>, report, path);
}

function readMap(map: Readonly<Record<string, unknown>>, report: Report, path: Path): DistributionForm | undefined {
  const keys = Object.keys(map);
  if (keys.length === 0) {
    report(path, { code: 'bad-distribution', message: 'an empty map is no distribution', hint: EXAMPLES });
    return undefined;
  }
  if (keys.includes('samples')) return readSamples(map, report, path);
  if (keys.some((key) => shareOfQuantile(key) !== undefined)) return readTwoQuantiles(map, report, path);
  const kind = keys[0]!;
  const known = DISTRIBUTION_KINDS.filter((name) => keys.includes(name));
  if (known.length === 0) {
    const hint =
      suggestion(kind, DISTRIBUTION_KINDS) || `use two quantiles such as p50 and p99, or ${listed(DISTRIBUTION_KINDS)}`;
    report([...path, kind], { code: 'unknown-key', message: `${shown(kind)} is no kind of distribution`, hint });
    return undefined;
  }
  if (keys.length > 1) {
    const message = `a distribution is of one kind, and this one has ${listed(keys.map((key) => shown(key))).replace(' or ', ' and ')}`;
    report(path, { code: 'bad-distribution', message, hint: 'keep one, or combine them with mixture' });
    return undefined;
  }
  if (kind === 'mixture') return readMixture(map.mixture, report, [...path, 'mixture']);
  if (kind === 'quantiles') return readQuantiles(map.quantiles, report, [...path, 'quantiles']);
  return isClosedForm(kind) ? readClosedForm(kind, map[kind], report, [...path, kind]) : undefined;
}

function readClosedForm(kind: ClosedForm, raw: unknown, report: Report, path: Path): DistributionSpec | undefined {
  const { parameters, make }: ClosedFormEntry = CLOSED_FORMS[kind];
  const names = Object.keys(parameters);
  if (raw === null || typeof raw !== 'object' || Array.isArray(raw)) {
    report(path, {
      code: 'wrong-type',
      message: `${kind} needs ${names.join(' and ')}, not ${shown(raw)}`,
      hint: `write ${kind}: { ${names.join(', ')} } with a value each`,
    });
    return undefined;
  }
  const map = raw as Readonly<Record<string, unknown>>;
  const values: Record<string, number> = {};
  let sound = true;
  for (const key of Object.keys(map)) {
    if (names.includes(key)) continue;
    sound = false;
    report([...path, key], {
      code: 'unknown-key',
      message: `${kind} has no ${shown(key)}`,
      hint: suggestion(key, names),
    });
  }
  for (const name of names) {
    const given = map[name];
    if (given === undefined) {
      sound = false;
      report(path, {
        code: 'missing-setting',
        message: `${kind} needs ${name}`,
        hint: `write ${kind}: { ${names.join(', ')} } with a value each`,
      });
      continue;
    }
    const reading = parameters[name]!(given);
    if (reading.ok) values[name] = reading.value;
    else {
      sound = false;
      report([...path, name], reading.fault);
    }
  }
  if (!sound) return undefined;
  const made = make(values);
  if ('kind' in made) return made;
  report(path, made);
  return undefined;
}

function readSamples(map: Readonly<Record<string, unknown>>, report: Report, path: Path): SamplesFile | undefined {
  let sound = true;
  for (const key of Object.keys(map)) {
    if (key === 'samples' || key === 'column') continue;
    sound = false;
    report([...path, key], {
      code: 'unknown-key',
      message: `samples has no ${shown(key)}`,
      hint: suggestion(key, ['samples', 'column']),
    });
  }
  for (const key of ['samples', 'column']) {
    const given = map[key];
    if (typeof given === 'string' && given !== '') continue;
    sound = false;
    const code = given === undefined ? 'missing-setting' : 'wrong-type';
    const message = given === undefined ? `samples needs ${key}` : `${key} is a name, not ${shown(given)}`;
    report(given === undefined ? path : [...path, key], {
      code,
      message,
      hint: 'such as { samples: durations.csv, column: duration_ms }',
    });
  }
  return sound ? { kind: 'samples-file', file: map.samples as string, column: map.column as string } : undefined;
}

function readMixture(raw: unknown, report: Report, path: Path): DistributionForm | undefined {
  if (!Array.isArray(raw) || raw.length === 0) {
    report(path, {
      code: 'wrong-type',
      message: `mixture is a list of parts, not ${Array.isArray(raw) ? 'an empty one' : shown(raw)}`,
      hint: 'write mixture: [{ weight: 9, of: 45ms }, { weight: 1, of: 2s }]',
    });
    return undefined;
  }
  const parts: { weight: number; of: DistributionForm }[] = [];
  let sound = true;
  for (const [index, part] of raw.entries()) {
    const read = readPart(part, report, [...path, index]);
    if (read === undefined) sound = false;
    else parts.push(read);
  }
  if (!sound) return undefined;
  if (parts.every(({ weight }) => weight === 0)) {
    report(path, {
      code: 'weights-all-zero',
      message: 'the weights are all zero',
      hint: 'give at least one part a weight above 0',
    });
    return undefined;
  }
  return { kind: 'mixture', parts };
}

function readPart(raw: unknown, report: Report, path: Path): { weight: number; of: DistributionForm } | undefined {
  if (raw === null || typeof raw !== 'object' || Array.isArray(raw)) {
    report(path, {
      code: 'wrong-type',
      message: `a part of a mixture is a map, not ${shown(raw)}`,
      hint: 'write { weight: 9, of: 45ms }',
    });
    return undefined;
  }
  const map = raw as Readonly<Record<string, unknown>>;
  let sound = true;
  for (const key of Object.keys(map)) {
    if (key === 'weight' || key === 'of') continue;
    sound = false;
    report([...path, key], {
      code: 'unknown-key',
      message: `a part of a mixture has no ${shown(key)}`,
      hint: suggestion(key, ['weight', 'of']),
    });
  }
  for (const key of ['weight', 'of']) {
    if (map[key] !== undefined) continue;
    sound = false;
    report(path, {
      code: 'missing-setting',
      message: `a part of a mixture needs ${key}`,
      hint: 'write { weight: 9, of: 45ms }',
    });
  }
  if (!sound) return undefined;
  const weight = readNumber(map.weight, { minimum: 0, maximum: LARGEST_WEIGHT });
  if (!weight.ok) report([...path, 'weight'], weight.fault);
  const of = readDistribution(map.of, report, [...path, 'of']);
  return weight.ok && of !== undefined ? { weight: weight.value, of } : undefined;
}
