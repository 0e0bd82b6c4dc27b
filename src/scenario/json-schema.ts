/** The JSON Schema of scenario files for editors, made from the same entries that check them. Cross-checks are not in it. */
import { z } from 'zod';
import { DISTRIBUTION_KINDS } from './dist.js';
import { CLOSED_FORMS } from './dist-closed-forms.js';
import { DURATION_PATTERN } from './quantities/duration.js';
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
