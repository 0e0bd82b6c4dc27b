/**
 * A kind of finding, held: a scenario that has it, its evidence checked against the figures of the run, and a rerun with the
 * knob turned the way it says, after which it is gone.
 */
import { describe, expect, test } from 'vitest';
import { SECOND } from '../../src/engine/units.js';
import type { Finding, RunResult, ThresholdVerdict } from '../../src/results/run-result.js';
import { explainSetting } from '../../src/scenario/explain.js';
import type { Scenario } from '../../src/scenario/types.js';
import { evidenceOf } from '../../src/study/evidence.js';
import { findingsOf } from '../../src/study/findings.js';
import { Simulation } from '../../src/study/simulation.js';
import { thresholdVerdicts } from '../../src/study/thresholds.js';

export function runOf(scenario: Scenario): { run: RunResult; findings: Finding[] } {
  const simulation = new Simulation(scenario, { timeline: true });
  simulation.advance();
  const run = simulation.result();
  return { run, findings: findingsOf(scenario, run, evidenceOf(simulation)) };
}

/** The same, judged by the thresholds of the scenario. */
export function judgedRunOf(scenario: Scenario): { verdicts: ThresholdVerdict[]; findings: Finding[] } {
  const simulation = new Simulation(scenario, { timeline: true });
  simulation.advance();
  const run = simulation.result();
  const verdicts = thresholdVerdicts(scenario, [run]);
  return { verdicts, findings: findingsOf(scenario, run, evidenceOf(simulation), { verdicts }) };
}

export interface FindingCase {
  readonly limit: string;
  readonly resource: string;
  readonly knob: string;
  readonly has: Scenario;
  /** The same scenario with the knob turned. */
  readonly turned: Scenario;
  readonly message: (run: RunResult) => RegExp;
}

export function holdEach(cases: readonly FindingCase[]): void {
  describe.each(cases)('$limit of $resource, knob $knob', ({ limit, resource, knob, has, turned, message }) => {
    const isMeant = (finding: Finding) => finding.limit === limit && finding.resource === resource;

    test('is found with its evidence, and goes when the knob is turned', () => {
      const { run, findings } = runOf(has);
      const found = findings.filter(isMeant);
      expect(found).toHaveLength(1);
      expect(found[0]!.knob).toBe(knob);
      expect(found[0]!.message).toMatch(message(run));
      expect(found[0]!.from).toBeGreaterThanOrEqual(0);
      expect(found[0]!.to).toBeGreaterThanOrEqual(found[0]!.from);
      expect(found[0]!.to).toBeLessThanOrEqual(has.run.duration / SECOND);
      expect(runOf(turned).findings.filter(isMeant)).toEqual([]);
      expect(found[0]!.turn).toBe(turnBetween(knob, settingIn(has, knob), settingIn(turned, knob)));
    });

    test('names a setting that can be explained', () => {
      const explained = explainSetting(fileWith(has), knob);
      expect(explained.ok ? explained.explanation.path : explained.problems).toBe(knob);
    });
  });
}

/** The value of a knob in a resolved scenario; undefined where it has no such path there. */
function settingIn(scenario: Scenario, knob: string): unknown {
  let found: unknown = scenario;
  for (const key of knob.match(/[^.[\]]+/g) ?? []) {
    const of = found as Record<string, unknown> | undefined;
    found = Array.isArray(of) && !/^\d+$/.test(key) ? of.find((one: { id: string }) => one.id === key) : of?.[key];
  }
  return found;
}

/** The way that a knob was turned for its value to change so; undefined for a choice among names or shapes. */
function turnBetween(knob: string, before: unknown, after: unknown): Finding['turn'] {
  // None provisioned is none set.
  const isNew = before === undefined || (before === 0 && knob.endsWith('.provisionedConcurrency'));
  if (isNew) return after === undefined || typeof after === 'string' ? undefined : 'set';
  // Out of a VPC; without a key, the keys are others.
  if (after === undefined && knob.endsWith('.vpc')) return 'remove';
  const [from, to] = [sizeOf(before), sizeOf(after)];
  if (from === undefined || to === undefined) return undefined;
  if (Array.isArray(before)) return to < from ? 'remove' : undefined;
  if (typeof before === 'boolean') return 'set';
  return from === to ? undefined : from < to ? 'raise' : 'lower';
}

function sizeOf(value: unknown): number | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return Number(value);
  if (Array.isArray(value)) return value.length;
  const { value: constant } = (value ?? {}) as { value?: unknown };
  return typeof constant === 'number' ? constant : undefined;
}

/** A scenario file with the same things under the same names, all else left to its default. */
function fileWith({ functions, queues, streams, topics, dependencies, traffic }: Scenario): string {
  const readers = functions.map(({ id, calls, eventSources }) => {
    const called = calls.map(({ to, invocation, each }) => {
      const isFunction = functions.some((fn) => fn.id === to);
      return `{ to: ${to}, each: ${each}${isFunction ? `, invocation: ${invocation}` : ''} }`;
    });
    const read = eventSources.map((one) =>
      one.kind === 'queue' ? `{ queue: ${one.queue} }` : `{ stream: ${one.stream} }`,
    );
    const lists = Object.entries({ calls: called, eventSources: read }).filter(([, entries]) => entries.length > 0);
    const more = lists.map(([key, entries]) => `, ${key}: [${entries}]`).join('');
    return `  ${id}: { duration: 45ms, runtime: java21${more} }`;
  });
  const section = (name: string, lines: readonly string[]) => (lines.length === 0 ? [] : [`${name}:`, ...lines]);
  return [
    ...section('functions', readers),
    ...section(
      'queues',
      queues.map(({ id, type }) => `  ${id}: { type: ${type}, visibilityTimeout: 6m }`),
    ),
    ...section(
      'streams',
      streams.map(({ id, type }) => `  ${id}: { type: ${type} }`),
    ),
    ...section(
      'topics',
      topics.map(
        ({ id, type, subscribers }) => `  ${id}: { type: ${type}, subscribers: [${subscribers.map(({ to }) => to)}] }`,
      ),
    ),
    ...section(
      'dependencies',
      dependencies.map(({ id }) => `  ${id}: { latency: 5ms }`),
    ),
    ...section(
      'traffic',
      traffic.map(({ id, to }) => `  ${id}: { to: ${to}, rate: 1/s }`),
    ),
  ].join('\n');
}
