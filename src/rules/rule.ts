/**
 * What AWS does and since when. A rule is a table of dated values; a changed number is a new version in front of the old
 * ones, never an edit of history.
 */
import type { IsoDate } from '../engine/units.js';

export type Certainty = 'documented' | 'measured' | 'assumed';

/** What a value may be in `rules:` of a scenario, and how it is printed. A list means one of these words. */
export type FieldKind =
  | 'number'
  | 'count'
  | 'share'
  | 'flag'
  | 'duration'
  | 'distribution'
  | 'size'
  | 'text'
  | 'table'
  | readonly string[];

export interface RuleVersion<T> {
  readonly from: IsoDate;
  readonly value: T;
  readonly certainty: Certainty;
  /**
   * What the source does not say, of a version that it documents or measures: names of values that are chosen or from
   * memory, wholly or in part, and `day` where `from` is.
   */
  readonly assumed?: readonly string[];
  /** Title and section. */
  readonly source: string;
  /** The day the source was read. */
  readonly read: IsoDate;
}

export interface Rule<T extends object> {
  /** Kebab-case; the key in `rules:` of a scenario. */
  readonly name: string;
  /** One sentence for `lambdasim rules` and reports. */
  readonly statement: string;
  /** What AWS does not say and is chosen here, in sentences; `Nothing.` is an answer. */
  readonly assumes: string;
  readonly fields: { readonly [K in keyof T]: FieldKind };
  /** Values that nothing in a run depends on yet: a scenario may not give others. */
  readonly notYet?: readonly string[];
  /** Newest first. */
  readonly versions: readonly RuleVersion<T>[];
}

/** The version in force on a day; the oldest one before its own first day. */
export function versionAt<T extends object>(rule: Rule<T>, asOf: IsoDate): RuleVersion<T> {
  const versions = rule.versions;
  return versions.find((version) => version.from <= asOf) ?? versions[versions.length - 1]!;
}

export function valueAt<T extends object>(rule: Rule<T>, asOf: IsoDate): T {
  return versionAt(rule, asOf).value;
}

/** How well a version is known, and which of its parts only by assumption. */
export interface Known {
  readonly certainty: Certainty | 'overridden';
  /** Not empty; absent where the certainty holds for all of it. */
  readonly assumed?: readonly string[];
}

/** Of a version with `override` in place of some of its values. */
export function knownOf<T extends object>(
  version: RuleVersion<T>,
  override: Readonly<Record<string, unknown>> | undefined,
): Known {
  const assumed = (version.assumed ?? []).filter((part) => override === undefined || !Object.hasOwn(override, part));
  const certainty = override === undefined ? version.certainty : 'overridden';
  return assumed.length === 0 ? { certainty } : { certainty, assumed };
}

/** Of one value of a version. */
export function certaintyOf<T extends object>(version: RuleVersion<T>, field: string): Certainty {
  return version.assumed?.includes(field) === true ? 'assumed' : version.certainty;
}
