/** Whatever is in a file, reading it ends in a scenario or in problems that a person can read. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkEvents } from '../../src/cli/event-budget.js';
import { jsonSchema } from '../../src/scenario/json-schema.js';
import {
  decodeScenario,
  type ParsedScenario,
  type ParseOptions,
  parseScenario,
} from '../../src/scenario/parse-scenario.js';
import { starterScenario } from '../../src/scenario/starter.js';
import { checkPrices } from '../../src/study/price-problems.js';

const SEED = 20_261_121;
/** Words of this program that no user wrote. */
const LEAK = /\bundefined\b|\bNaN\b|\[object |\bat .*\.[jt]s:\d/;

/** With the checks of the layers above: they too meet scenarios of which something could not be read. */
function parsed(text: string, options: ParseOptions = {}): ParsedScenario {
  return parseScenario(text, options, [checkPrices, checkEvents(1e10)]);
}

function isReadable({ scenario, problems }: ParsedScenario, text: string): void {
  expect(scenario === undefined).toBe(problems.length > 0);
  for (const { file, line, column, message, hint } of problems) {
    expect(file).not.toBe('');
    expect(Math.min(line, column)).toBeGreaterThanOrEqual(1);
    expect(message).not.toBe('');
    const leaked = LEAK.exec(`${message} ${hint}`)?.[0];
    if (leaked !== undefined) expect(text).toContain(leaked);
  }
}

function namesOf(schema: unknown, into = new Set<string>()): Set<string> {
  if (schema === null || typeof schema !== 'object') return into;
  const { properties, enum: words } = schema as { properties?: object; enum?: unknown[] };
  for (const key of Object.keys(properties ?? {})) into.add(key);
  for (const word of words ?? []) into.add(String(word));
  for (const part of Object.values(schema)) namesOf(part, into);
  return into;
}

const name = fc.constantFrom(
  ...namesOf(jsonSchema()),
  'api',
  'web',
  'p50',
  'x-a',
  'toString',
  'constructor',
  '1',
  'true',
);
const scalar = fc.oneof(
  fc.constantFrom(
    '45ms',
    '1s',
    '512MB',
    '200/s',
    '5%',
    'none',
    'api',
    'cron(0 20 ? * MON-FRI *)',
    '.nan',
    '-.inf',
    '1e400',
    '~',
    '""',
    '*a',
    '&a b',
  ),
  fc.integer().map(String),
  fc.double().map(String),
  name,
);
const { value: yamlValue } = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    scalar,
    fc.array(tie('value'), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
    fc
      .array(fc.tuple(name, tie('value')), { maxLength: 5 })
      .map((pairs) => `{ ${pairs.map(([key, value]) => `${key}: ${value}`).join(', ')} }`),
  ),
}));

describe(`a fuzzed file (seed ${SEED})`, () => {
  it('of random bytes is refused or decoded, and then read', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const decoded = decodeScenario(bytes);
        if ('text' in decoded) isReadable(parsed(decoded.text), decoded.text);
        else expect(decoded.problem.code).toBe('invalid-utf8');
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  it('of random text is read', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => isReadable(parsed(text), text)),
      { seed: SEED, numRuns: 500 },
    );
  });

  it('with right keys and wrong values is read', () => {
    fc.assert(
      fc.property(yamlValue, yamlValue, yamlValue, (fn, traffic, rest) => {
        const text = `functions: { api: ${fn} }\ntraffic: { web: ${traffic} }\nrun: ${rest}\nthresholds: [${rest}]\nrules: ${fn}\n`;
        isReadable(parsed(text), text);
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  it('with one character of a sound file changed is read', () => {
    const sound = starterScenario();
    fc.assert(
      fc.property(
        fc.nat({ max: sound.length - 1 }),
        fc.string({ unit: 'grapheme-ascii', minLength: 0, maxLength: 2 }),
        (at, change) => {
          const text = sound.slice(0, at) + change + sound.slice(at + 1);
          isReadable(parsed(text), text);
        },
      ),
      { seed: SEED, numRuns: 500 },
    );
  });

  it('with any --set is read', () => {
    const sound = starterScenario();
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 4 }), yamlValue, (steps, value) => {
        isReadable(parsed(sound, { sets: [{ path: steps.join('.'), value }] }), `${steps} ${value}`);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });
});
