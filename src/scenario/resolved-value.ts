/** The value a setting has when nobody wrote it, printed in the form of the file: from the resolved scenario, or from the rules of the day. */

import { attemptsOf, clientRetry } from '../rules/client-retry.js';
import { environmentKeepAlive } from '../rules/environment-keep-alive.js';
import { environmentMaxAge } from '../rules/environment-max-age.js';
import { initDurationOf } from '../rules/init-duration.js';
import { type Rulebook, rulebookOf } from '../rules/rulebook.js';
import { snapStart } from '../rules/snap-start.js';
import { vpcNetwork } from '../rules/vpc-network.js';
import { distributionText } from './dist-text.js';
import { instantText } from './quantities/calendar.js';
import { numberText, shown } from './quantities/reading.js';
import { scenarioSchema } from './schema.js';
import { infoOf, keysOf, schemaAt } from './schema-walk.js';
import { printAny, type SettingInfo } from './setting.js';
import type { Path } from './tree.js';
import type { LambdaFunctionSettings, Scenario } from './types.js';

/** `none` where there is no default. */
export function resolvedValue(scenario: Scenario, path: Path, info: SettingInfo): string {
  const fromRules = ruleDefault(scenario, path);
  if (fromRules !== undefined) return fromRules;
  if (path.join('.') === 'run.start') return instantText(scenario.run.startEpochMs);
  return printed(valueIn(scenario, path), info, scenario, path);
}

/** What the rules give where the scenario leaves a setting open. */
function ruleDefault({ asOf, rules, functions, traffic }: Scenario, [part, id, ...rest]: Path): string | undefined {
  const book = rulebookOf(asOf, rules);
  const key = rest.join('.');
  const fn = part === 'functions' ? functions.find((one) => one.id === id) : undefined;
  if (fn !== undefined) return functionDefault(fn, key, book);
  const retry = part === 'traffic' ? traffic.find((one) => one.id === id)?.retry : undefined;
  return key === 'retry.maximumAttempts' && retry?.kind === 'sdk'
    ? numberText(retry.maximumAttempts ?? attemptsOf(book.value(clientRetry), retry.mode))
    : undefined;
}

function functionDefault(fn: LambdaFunctionSettings, key: string, rules: Rulebook): string | undefined {
  switch (key) {
    case 'init':
      return distributionText(initDurationOf(fn, rules).spec);
    case 'keepAlive':
      return distributionText(rules.value(environmentKeepAlive).idle);
    case 'maximumAge':
      return distributionText(rules.value(environmentMaxAge).age);
    case 'snapStart.restore':
    case 'snapStart.afterRestore':
      return fn.snapStart === undefined
        ? 'none'
        : distributionText(rules.value(snapStart)[key === 'snapStart.restore' ? 'restore' : 'afterRestore']);
    case 'vpc.addresses':
      return fn.vpc?.mode === 'classic' && fn.vpc.addresses === undefined
        ? numberText(rules.value(vpcNetwork).addresses)
        : undefined;
    case 'firstDuration':
      return distributionText(fn.duration);
    case 'snapStart':
    case 'vpc':
      return 'false';
    default:
      return undefined;
  }
}

/** Lists of resources are by id here and maps in the file. */
function valueIn(scenario: Scenario, path: Path): unknown {
  let value: unknown = scenario;
  for (const step of path) {
    if (Array.isArray(value) && typeof step === 'string')
      value = value.find((one: { id?: unknown }) => one.id === step);
    else if (value !== null && typeof value === 'object' && Object.hasOwn(value, step))
      value = (value as Readonly<Record<string, unknown>>)[step];
    else return undefined;
  }
  return value;
}

function printed(value: unknown, info: SettingInfo, scenario: Scenario, path: Path): string {
  if (value === undefined || value === '') return 'none';
  if (value === null || typeof value !== 'object') return plain(value, info);
  if (path.join('.') === 'account.otherConcurrency') return otherConcurrency(scenario);
  const keys = keysOf(schemaAt(scenarioSchema, path));
  if (Array.isArray(value)) return listText(value);
  const settings = keys
    .map((key) => [key, resolvedValue(scenario, [...path, key], infoOf(schemaAt(scenarioSchema, [...path, key]))!)])
    // `none` is also a word that may be written, such as that of jitter.
    .filter(([key, text]) => text !== 'none' || valueIn(scenario, [...path, key!]) === 'none');
  if (settings.length > 0) return `{ ${settings.map(([key, text]) => `${key}: ${text}`).join(', ')} }`;
  // A choice whose settings are all left open, such as arrivals, is written as its word.
  return 'kind' in value && typeof value.kind === 'string' ? value.kind : listText(value);
}

/** Of what has no limit, as it is written: AWS's -1. */
const EVER = '-1';

function plain(value: unknown, info: SettingInfo): string {
  if (value === Number.POSITIVE_INFINITY) return EVER;
  if (info.print !== printAny) return (info.print as (value: unknown) => string)(value);
  return typeof value === 'number' ? numberText(value) : shown(value);
}

/** One amount for the whole run, as it is unless steps were written. */
function otherConcurrency({ account }: Scenario): string {
  return account.otherConcurrency.map(({ amount }) => numberText(amount)).join(', ');
}

function listText(value: object): string {
  const parts = Object.values(value).map((part) => (typeof part === 'number' ? numberText(part) : shown(part)));
  return parts.length === 0 ? 'none' : `[${parts.join(', ')}]`;
}
