/** The JSON Schema for editors: it takes what the program takes and names what the program names. */
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { allRules } from '../../src/rules/catalogue.js';
import { jsonSchema } from '../../src/scenario/json-schema.js';
import { ruleWritten } from '../../src/scenario/rule-written.js';
import { starterScenario } from '../../src/scenario/starter.js';
import { scenarioWith } from './lines-of.js';

// zod's own reader of JSON Schema is an independent check of the document that editors get.
const schema = z.fromJSONSchema(jsonSchema() as Parameters<typeof z.fromJSONSchema>[0]);
const accepts = (text: string): boolean => schema.safeParse(parse(text, { merge: true })).success;

describe('the JSON Schema', () => {
  it('accepts sound scenarios', () => {
    expect(accepts(starterScenario())).toBe(true);
    expect(
      accepts(
        scenarioWith({
          fn: 'init: { mixture: [{ weight: 1, of: { p50: 1s, p99: 2s } }, { weight: 2, of: { gamma: { mean: 1s, cv: 2 } } }] }',
        }),
      ),
    ).toBe(true);
    expect(
      accepts(
        scenarioWith({
          fn: 'maximumAge: none\nresponse: { size: 20MB, streamed: true, rate: 2MB/s }\nmemory: 512',
          traffic: 'retry: { mode: adaptive }\narrivals: { bursty: { cv: 4 } }',
        }),
      ),
    ).toBe(true);
  });

  it.each([
    'memry: 512MB',
    'timeout: 3',
    'architecture: arm',
    'init: { p50: 1s, p90: 2s, p99: 3s }',
    'init: { gamma: { mean: 1s } }',
    'reservedConcurrency: -1',
    'errorRate: 2',
  ])('refuses %s', (fn) => {
    expect(accepts(scenarioWith({ fn }))).toBe(false);
  });

  it('has a sentence for every setting', () => {
    const silent: string[] = [];
    const visit = (part: unknown, path: string): void => {
      if (part === null || typeof part !== 'object') return;
      const { properties } = part as { properties?: Record<string, { description?: string }> };
      for (const [key, child] of Object.entries(properties ?? {})) {
        if (!path.includes('$defs') && child.description === undefined) silent.push(`${path}.${key}`);
      }
      for (const [key, child] of Object.entries(part)) visit(child, `${path}.${key}`);
    };
    visit(jsonSchema(), '');
    expect(silent).toEqual([]);
  });

  it('is the same each time, and of draft 2020-12', () => {
    expect(jsonSchema()).toEqual(jsonSchema());
    expect(jsonSchema().$schema).toBe('https://json-schema.org/draft/2020-12/schema');
  });

  it('knows every rule and its values', () => {
    const rules = (text: string) => `${scenarioWith({})}\nrules: ${text}\n`;
    for (const rule of allRules) {
      const value = ruleWritten(rule.name, rule.versions[0]!.value as Readonly<Record<string, unknown>>);
      expect(accepts(rules(`{ ${rule.name}: ${JSON.stringify(value)} }`)), rule.name).toBe(true);
    }
    expect(accepts(rules('{ init-phase: { rerunShare: burst } }'))).toBe(true);
    expect(accepts(rules('{ init-phase: { rerunShare: slow } }'))).toBe(false);
    expect(accepts(rules('{ init-phase: { rerunshare: burst } }'))).toBe(false);
    expect(accepts(rules('{ init-phases: {} }'))).toBe(false);
  });

  it('wants a weight for each hour', () => {
    const weighed = (hours: number) =>
      `functions: { api: { duration: 1ms } }\ntraffic: { web: { to: api, daily: { mean: 1/s, hours: [${Array(hours).fill(1)}] } } }`;
    expect(accepts(weighed(24))).toBe(true);
    expect(accepts(weighed(23))).toBe(false);
  });
});
