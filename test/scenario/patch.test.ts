/** `--set path=value`: what it changes, and where it points when it is wrong. */
import { describe, expect, it } from 'vitest';
import { parseScenario } from '../../src/scenario/parse-scenario.js';
import { parsePath } from '../../src/scenario/patch.js';
import { linesOf, scenarioWith } from './lines-of.js';

const SOUND = scenarioWith({ shape: 'stages: [{ for: 5m, rate: 50/s }, { for: 1m, rampTo: 500/s }]' });
const set = (...sets: string[]) => ({
  sets: sets.map((text) => ({ path: text.slice(0, text.indexOf('=')), value: text.slice(text.indexOf('=') + 1) })),
});

describe('--set', () => {
  it('replaces, adds, and reaches into lists; the last one wins', () => {
    const { scenario, problems } = parseScenario(
      SOUND,
      set(
        'functions.api.memory=1GB',
        'functions.api.memory=2GB',
        'traffic.web.stages[1].rampTo=100/s',
        'traffic.web.stages.0.for=2m',
        'run.seed=7',
        'functions.api.response.size=3KB',
      ),
    );
    expect(problems).toEqual([]);
    expect(scenario?.functions[0]?.memory).toBe(2048);
    expect(scenario?.functions[0]?.response).toEqual({ size: 3072, streamed: false, rate: undefined });
    expect(scenario?.run.seed).toBe(7);
    expect(scenario?.traffic[0]?.shape).toEqual({
      kind: 'stages',
      stages: [
        { for: 120_000_000, from: 50, to: 50 },
        { for: 60_000_000, from: 50, to: 100 },
      ],
    });
  });

  it('takes flow maps', () => {
    const { scenario } = parseScenario(SOUND, set('functions.api.duration={ p50: 45ms, p99: 400ms }'));
    expect(scenario?.functions[0]?.duration).toEqual({
      kind: 'two-quantiles',
      low: 0.5,
      atLow: 45_000,
      high: 0.99,
      atHigh: 400_000,
    });
  });

  it.each([
    [
      ['functions.api.memory=100MB'],
      'below-minimum  --set:1:22  functions.api.memory  100MB is below the 128 MB minimum  (use 128MB to 10240MB)',
    ],
    [
      ['run.seed=1', 'functions.api.memry=1GB'],
      'unknown-key  --set:2:1  functions.api.memry  functions.api has no setting memry  (did you mean memory?)',
    ],
    [
      ['traffic.web.stages[5].rate=1/s'],
      'bad-set  --set:1:1  traffic.web.stages[5].rate  traffic.web.stages has 2 entries, and 5 is none of them  (use 0 to 1)',
    ],
    [
      ['functions.apx.memory=1GB'],
      'bad-set  --set:1:1  functions.apx.memory  there is no apx in functions  (did you mean api?)',
    ],
    [
      ['traffic.nightly.rate=1/s'],
      'bad-set  --set:1:1  traffic.nightly.rate  there is no nightly in traffic  (use web, or set all of traffic.nightly)',
    ],
    [
      ['functions.api.init='],
      'bad-set  --set:1:1  functions.api.init  functions.api.init= has no value  (write the value behind it, or functions.api.init=null for none)',
    ],
    [
      ['queues[0]=1'],
      'bad-set  --set:1:1  queues[0]  queues is not written, so it has no entry 0  (set all of queues)',
    ],
    [['functions[0].memory=1GB'], 'bad-set  --set:1:1  functions[0].memory  functions is not a list  (name a key)'],
    [
      ['functions..memory=1GB'],
      'bad-set  --set:1:1    functions..memory is not a path  (such as functions.api.memory=512MB)',
    ],
    [
      ['functions.api.memory="1GB'],
      'yaml-syntax  --set:1:26    missing closing "quote  (close every quote and bracket)',
    ],
  ])('%j points at itself', (sets, line) => {
    expect(linesOf(SOUND, set(...sets))).toEqual([line]);
  });

  it('makes no new queue of a slip in the name of one, though a queue needs no settings', () => {
    const text = scenarioWith({ top: 'queues: { orders: {} }' });
    expect(linesOf(text, set('queues.order.retention=1h'))).toEqual([
      'bad-set  --set:1:1  queues.order.retention  there is no order in queues  (did you mean orders?)',
    ]);
    expect(parseScenario(text, set('queues.spare={}')).scenario?.queues.map(({ id }) => id)).toEqual([
      'orders',
      'spare',
    ]);
  });

  it('reaches no prototype', () => {
    expect(linesOf(SOUND, set('__proto__.polluted=1'))).toEqual([
      'bad-set  --set:1:1    __proto__.polluted is not a path  (such as functions.api.memory=512MB)',
    ]);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});

describe('an option of its own', () => {
  it('wins over the file and over --set', () => {
    const { scenario } = parseScenario(SOUND, {
      ...set('run.seed=7'),
      seed: '0x10: [',
      replications: 3,
      duration: '2h',
      asOf: '2024-01-01',
    });
    expect([scenario?.run.seed, scenario?.run.replications, scenario?.run.duration, scenario?.asOf]).toEqual([
      '0x10: [',
      3,
      7_200_000_000,
      '2024-01-01',
    ]);
  });

  it('is named where it is wrong', () => {
    expect(linesOf(SOUND, { duration: '2 hours' })).toEqual([
      'bad-duration  --duration:1:1  run.duration  2 hours is not a duration  (write 2h)',
    ]);
  });
});

describe('a path', () => {
  it.each([
    ['a.b[1].c', ['a', 'b', 1, 'c']],
    ['a["p99.9"]', ['a', 'p99.9']],
    ['', undefined],
    ['.a', undefined],
    ['a.', undefined],
    ['a b', undefined],
  ])('%s is read', (text, steps) => {
    expect(parsePath(text)).toEqual(steps);
  });
});
