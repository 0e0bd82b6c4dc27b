/** The rules of one day, with the scenario's overrides, and a note of which of them were asked. */
import type { IsoDate } from '../engine/units.js';
import { type Known, knownOf, type Rule, versionAt } from './rule.js';

/** A rule as a report shows it. */
export interface RuleInForce extends Known {
  readonly name: string;
  readonly since: IsoDate;
  readonly value: Readonly<Record<string, unknown>>;
  readonly source: string;
}

/** Rule name → the fields a scenario sets instead of AWS's. Checked by the scenario layer; values are in the rule's own units. */
export type RuleOverrides = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export interface Rulebook {
  readonly asOf: IsoDate;
  /** The value in force, overrides included; the rule counts as relied on from now. */
  value<T extends object>(rule: Rule<T>): T;
  /** The rules asked for so far, by name. */
  reliedOn(): RuleInForce[];
}

export function rulebookOf(asOf: IsoDate, overrides: RuleOverrides = {}): Rulebook {
  const asked = new Map<string, RuleInForce>();
  return {
    asOf,
    value<T extends object>(rule: Rule<T>): T {
      const version = versionAt(rule, asOf);
      const override = overrides[rule.name];
      const value = override === undefined ? version.value : { ...version.value, ...override };
      if (!asked.has(rule.name)) {
        asked.set(rule.name, {
          name: rule.name,
          since: version.from,
          value: value as Record<string, unknown>,
          ...knownOf(version, override),
          source: version.source,
        });
      }
      return value as T;
    },
    reliedOn: () => [...asked.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)),
  };
}
