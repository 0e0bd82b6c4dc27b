/** The JSON Schema of scenario files for editors, made from the same entries that check them. Cross-checks are not in it. */
import { z } from 'zod';
import { allRules, fieldsOf } from '../rules/catalogue.js';
import type { FieldKind, Rule } from '../rules/rule.js';
import { DISTRIBUTION_KINDS } from './dist.js';
import { CLOSED_FORMS } from './dist-closed-forms.js';
import { DURATION_PATTERN } from './quantities/duration.js';
import { ruleWritten } from './rule-written.js';
import { scenarioSchema } from './schema.js';
import { settingInfo } from './setting.js';

type Json = Record<string, unknown>;

/** JSON Schema, draft 2020-12; a fresh object each time. */
export function jsonSchema(): Json {
  const schema = z.toJSONSchema(scenarioSchema, {
    io: 'input',
    override: ({ zodSchema, jsonSchema: json }) => {
      const target = json as Json;
      const info = settingInfo.get(zodSchema as never);
      if (info !== undefined) Object.assign(target, { description: info.sentence }, info.json);
      // Keys that begin with x- are ignored at any level.
      if (target.type === 'object' && target.properties !== undefined) target.patternProperties = { '^x-': true };
    },
  }) as Json;
  Object.assign((schema.properties as Json).rules as Json, rulesSchema());
  return {
    ...schema,
    title: 'lambdasim scenario',
    $defs: {
      ...(schema.$defs as Json | undefined),
      duration: { type: 'string', pattern: DURATION_PATTERN },
      distribution: distributionSchema(),
    },
  };
}

function map(properties: Json, required: readonly string[]): Json {
  return { type: 'object', properties, required: [...required], additionalProperties: false };
}

/** What may be written for a value of a rule. */
const RULE_VALUES: Readonly<Record<Exclude<FieldKind, readonly string[]>, Json>> = {
  number: { type: 'number' },
  count: { type: 'integer', minimum: 0 },
  share: { type: ['string', 'number'] },
  flag: { type: 'boolean' },
  duration: { $ref: '#/$defs/duration' },
  distribution: { anyOf: [{ $ref: '#/$defs/distribution' }, { const: 'none' }] },
  size: { type: ['string', 'number'] },
  text: { type: 'string' },
  table: { type: ['object', 'array'] },
};

/** Every rule with its values by name, so that an editor completes both and shows what is in force. */
function rulesSchema(): Json {
  const properties = Object.fromEntries(allRules.map((rule) => [rule.name, ruleSchema(rule)]));
  return { properties, patternProperties: { '^x-': true }, additionalProperties: false };
}

function ruleSchema(rule: Rule<object>): Json {
  const [newest] = rule.versions;
  const written = ruleWritten(rule.name, newest!.value as Readonly<Record<string, unknown>>);
  const values = Object.entries(fieldsOf(rule)).map(([name, kind]) => {
    const inForce = typeof written[name] === 'string' ? written[name] : JSON.stringify(written[name]);
    const form = typeof kind === 'string' ? RULE_VALUES[kind] : { enum: kind };
    return [name, { description: `${inForce} since ${newest!.from}.`, ...form }];
  });
  return { ...map(Object.fromEntries(values), []), description: rule.statement };
}

function distributionSchema(): Json {
  const time = { $ref: '#/$defs/duration' };
  const quantile = '^p\\d{1,2}(\\.\\d+)?$';
  const closed = Object.entries(CLOSED_FORMS).map(([kind, { parameters }]) => {
    const names = Object.keys(parameters);
    const isTime = (name: string): boolean => !['cv', 'k', 'shape', 'alpha'].includes(name);
    return map(
      { [kind]: map(Object.fromEntries(names.map((name) => [name, isTime(name) ? time : { type: 'number' }])), names) },
      [kind],
    );
  });
  const part = map({ weight: { type: 'number', minimum: 0 }, of: { $ref: '#/$defs/distribution' } }, ['weight', 'of']);
  return {
    description: `A random time: a plain time, two quantiles such as { p50: 45ms, p99: 400ms }, or one of ${DISTRIBUTION_KINDS.join(', ')}.`,
    anyOf: [
      time,
      {
        type: 'object',
        patternProperties: { [quantile]: time },
        minProperties: 2,
        maxProperties: 2,
        additionalProperties: false,
      },
      ...closed,
      map(
        {
          quantiles: {
            type: 'object',
            properties: { min: time, max: time },
            patternProperties: { [quantile]: time },
            minProperties: 1,
            additionalProperties: false,
          },
        },
        ['quantiles'],
      ),
      map({ samples: { type: 'string' }, column: { type: 'string' } }, ['samples', 'column']),
      map({ mixture: { type: 'array', items: part, minItems: 1 } }, ['mixture']),
    ],
  };
}
