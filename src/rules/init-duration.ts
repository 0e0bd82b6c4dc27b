/**
 * Rule     A function that gives no `init` of its own takes the measured init of its runtime, package type and architecture.
 * Numbers  none here; the tables beside this file hold them.
 * Era      Late 2022 (zip packages on x86_64 only) until 2023-06, summer 2026 since 2023-07.
 * Source   maxday/lambda-perf (Apache-2.0), at the two times; read 2026-11-21.
 * Assumes  What `assumes` says, which `lambdasim rules` prints.
 */
import type { DistributionSpec } from '../engine/distribution.js';
import { MILLISECOND } from '../engine/units.js';
import { INIT_MEASURED_2022, SHARES_2022 } from './init-durations-2022.js';
import { INIT_MEASURED_2026, MEASURED_SHARES } from './init-durations-measured.js';
import { initStandIn } from './init-stand-in.js';
import type { Certainty, Rule } from './rule.js';
import type { Rulebook } from './rulebook.js';

export interface InitMeasurements {
  /** When the inits were measured. */
  readonly measured: 'late 2022' | 'summer 2026';
}

export const initDuration: Rule<InitMeasurements> = {
  name: 'init-duration',
  statement: 'The init of a function that does nothing was measured by runtime, package type and architecture.',
  assumes:
    "A function's own imports come on top, which only its `init` can say. The first days: the tables of late 2022 hold for the years before too, and change in the middle of March to October 2023, between which java11 fell from a median of 459 ms to 270 ms. What late 2022 lacks is taken from 2026.",
  fields: { measured: ['late 2022', 'summer 2026'] },
  versions: [
    {
      from: '2023-07-01',
      value: { measured: 'summer 2026' },
      certainty: 'measured',
      assumed: ['day'],
      source: 'maxday/lambda-perf, Init Duration of June to August 2026',
      read: '2026-11-21',
    },
    {
      from: '2018-01-01',
      value: { measured: 'late 2022' },
      certainty: 'measured',
      assumed: ['day'],
      source: 'maxday/lambda-perf, Init Duration of October to December 2022',
      read: '2026-11-21',
    },
  ],
};

export interface InitDurationQuery {
  /** AWS's identifier, such as `python3.12`; undefined where the scenario gives none. */
  readonly runtime: string | undefined;
  readonly packageType: 'Zip' | 'Image';
  readonly architecture: 'x86_64' | 'arm64';
}

export interface InitDuration {
  readonly spec: DistributionSpec;
  /** The runtime whose measurement is used. */
  readonly runtime: string;
  readonly certainty: Certainty;
  readonly source: string;
  /** What the user should know where the row is not that of the runtime itself. */
  readonly warning?: string;
}

/** A custom runtime brings its own program: its init is billed in every era. */
export function isCustomRuntime(runtime: string | undefined): boolean {
  return runtime?.startsWith('provided') === true;
}

/** The default init of a function, as a distribution in microseconds; `rules` count as relied on. */
export function initDurationOf(query: InitDurationQuery, rules: Rulebook): InitDuration {
  const { packageType, architecture } = query;
  const { measured } = rules.value(initDuration);
  const runtime = query.runtime ?? rules.value(initStandIn).withoutRuntime;
  if (measured === 'late 2022' && packageType === 'Zip' && architecture === 'x86_64') {
    const match = nearest(runtime, Object.keys(INIT_MEASURED_2022));
    if (match.family) {
      return answer(query, match, SHARES_2022, INIT_MEASURED_2022[match.runtime]!, 'October to December 2022', rules);
    }
  }
  const match = nearest(runtime, Object.keys(INIT_MEASURED_2026));
  const row = INIT_MEASURED_2026[match.runtime]![packageType][architecture];
  return answer(query, match, MEASURED_SHARES, row, 'June to August 2026', rules);
}

interface Match {
  readonly runtime: string;
  readonly exact: boolean;
  /** False where the table knows nothing of the family, so that Node.js stands in. */
  readonly family: boolean;
}

function answer(
  { runtime, packageType, architecture }: InitDurationQuery,
  match: Match,
  shares: readonly number[],
  milliseconds: readonly number[],
  when: string,
  rules: Rulebook,
): InitDuration {
  const own = runtime !== undefined && match.exact && !isCustomRuntime(runtime);
  if (!own) rules.value(initStandIn);
  const found = {
    spec: quantiles(shares, milliseconds),
    runtime: match.runtime,
    certainty: own ? ('measured' as const) : ('assumed' as const),
    source: `maxday/lambda-perf, Init Duration of ${match.runtime}, ${packageType} on ${architecture}, ${when}`,
  };
  if (runtime === undefined || match.exact || isCustomRuntime(runtime)) return found;
  return {
    ...found,
    warning: `no init times were measured for runtime ${runtime}; those of ${match.runtime} are used`,
  };
}

function quantiles(shares: readonly number[], milliseconds: readonly number[]): DistributionSpec {
  return {
    kind: 'quantiles',
    points: shares.map((share, i) => [share, Math.round(milliseconds[i]! * MILLISECOND)] as const),
  };
}

/** Families that go by another's name. */
const ALIASES: Readonly<Record<string, string>> = { powershell: 'dotnet', dotnetcore: 'dotnet' };

/** `nodejs14.x` → `nodejs` and [14]; `provided.al2023` keeps what follows its dot as the version. */
function familyAndVersion(runtime: string): { family: string; version: number[] } {
  const letters = /^[a-z]+/i.exec(runtime)?.[0].toLowerCase() ?? '';
  return {
    family: ALIASES[letters] ?? letters,
    version: (runtime.match(/\d+/g) ?? []).map(Number),
  };
}

function nearest(runtime: string, measured: readonly string[]): Match {
  if (measured.includes(runtime)) return { runtime, exact: true, family: true };
  const wanted = familyAndVersion(runtime);
  // Go left the managed runtimes for the custom one, where it was measured last.
  const families =
    wanted.family === 'go' ? ['go', 'provided'] : wanted.family === 'provided' ? ['provided', 'go'] : [wanted.family];
  for (const family of families) {
    const relatives = measured.filter((name) => familyAndVersion(name).family === family);
    if (relatives.length > 0) return { runtime: closest(wanted.version, relatives), exact: false, family: true };
  }
  return { ...nearest('nodejs', measured), family: false };
}

/** The version nearest to the wanted one, the newest of all where none is wanted; of two as near, the newer. */
function closest(wanted: readonly number[], relatives: readonly string[]): string {
  const number = (version: readonly number[]): number =>
    (version[0] ?? Number.POSITIVE_INFINITY) * 1000 + (version[1] ?? 0);
  const target = number(wanted);
  let best = relatives[0]!;
  let least = Number.POSITIVE_INFINITY;
  for (const name of relatives) {
    const at = number(familyAndVersion(name).version);
    const distance = target === Number.POSITIVE_INFINITY ? -at : Math.abs(at - target);
    if (distance <= least) {
      least = distance;
      best = name;
    }
  }
  return best;
}
