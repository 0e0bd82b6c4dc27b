/** A function at the edge: nothing else may call it, and it may use only what Lambda@Edge has. */
import { expect, test } from 'vitest';
import { linesOf } from './lines-of.js';

const scenario = (fn: string, traffic: string, top = ''): string =>
  `${top}functions:\n  edge: { duration: 5ms, ${fn} }\ntraffic:\n  viewers: { to: edge, via: lambda-edge, rate: 1/s${traffic}\n`;

test('one within the limits has no problem', () => {
  expect(linesOf(scenario('memory: 128MB, timeout: 5s', ' }'))).toEqual([]);
  expect(linesOf(scenario('memory: 1024MB, timeout: 30s', ', edgeEvent: origin-request }'))).toEqual([]);
});

test('the limits are those of its event', () => {
  expect(linesOf(scenario('memory: 1024MB, timeout: 30s', ' }'))).toEqual([
    'above-maximum  scenario.yaml:2:34  functions.edge.memory  1024MB is above the 128MB limit of Lambda@Edge at viewer-request (traffic.viewers)  (use at most 128MB)',
    'above-maximum  scenario.yaml:2:51  functions.edge.timeout  30s is above the 5s limit of Lambda@Edge at viewer-request (traffic.viewers)  (use at most 5s)',
  ]);
});

test('nothing else may call it, for its bill could not be told apart', () => {
  const other = ' }\n  api: { to: edge, rate: 1/s }\n  alb: { to: edge, via: alb, rate: 1/s }';
  expect(linesOf(scenario('memory: 128MB, timeout: 3s', other))).toEqual([
    'mixed-edge  scenario.yaml:5:14  traffic.api.to  sdk calls functions.edge, which lambda-edge traffic calls too: its bill cannot be told apart  (give each its own function)',
    'mixed-edge  scenario.yaml:6:25  traffic.alb.via  alb calls functions.edge, which lambda-edge traffic calls too: its bill cannot be told apart  (give each its own function)',
  ]);
});

test.each([
  ['provisionedConcurrency: 2', 'provisioned concurrency'],
  ['architecture: arm64', 'arm64'],
  ['packageType: Image', 'container images'],
  ['vpc: true', 'VPC access'],
  ['ephemeralStorage: 1024MB', 'ephemeral storage above 512 MB'],
])('%s is refused', (setting, what) => {
  const text = scenario(`memory: 128MB, timeout: 3s, ${setting}`, ' }');
  const column = text.split('\n')[1]!.indexOf(setting) + setting.indexOf(': ') + 3;
  expect(linesOf(text)).toEqual([
    `not-at-edge  scenario.yaml:2:${column}  functions.edge.${setting.split(':')[0]}  Lambda@Edge has no ${what}, and lambda-edge traffic calls this function  (remove it, or use another via)`,
  ]);
});

test('before its billing unit was that of other functions it is refused, unless the scenario sets one unit for all', () => {
  const early = scenario('memory: 128MB, timeout: 3s', ' }', 'asOf: 2019-06-01\n');
  expect(linesOf(early)).toEqual([
    'not-supported-yet  scenario.yaml:5:29  traffic.viewers.via  Lambda@Edge billed in units of 50ms on 2019-06-01, other functions did not; that is not supported yet  (set asOf to 2021-01-01 or later, or rules.billed-duration.granularity to 50ms where all functions are at the edge)',
  ]);
  expect(linesOf(`rules: { billed-duration: { granularity: 50ms } }\n${early}`)).toEqual([]);
});
