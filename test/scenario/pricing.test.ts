/** Names in `pricing` are checked, all at once, each where it stands; and a setting can be found for problems that come later. */
import { expect, test } from 'vitest';
import { positionOf } from '../../src/scenario/position.js';
import { linesOf, scenarioWith } from './lines-of.js';

test('every unknown price and service is told at its own place', () => {
  const top = `pricing:
  include: [lambda, kms, lamda, moon]
  overrides:
    lambda.request: 0.18
    lambda.requests: 0.2
    lambda.duration.arm: 0.1
    cheese: 3`;
  expect(linesOf(scenarioWith({ top }))).toEqual([
    'not-supported-yet  scenario.yaml:2:21  pricing.include[1]  the charges of kms are not supported yet  (remove it: the bill is of lambda, sqs, sns, eventbridge, dynamodb, kinesis and s3)',
    'unknown-service  scenario.yaml:2:26  pricing.include[2]  there is no service lamda  (did you mean lambda?)',
    'unknown-service  scenario.yaml:2:33  pricing.include[3]  there is no service moon  (use lambda, sqs, sns, eventbridge, dynamodb, kinesis or s3)',
    'unknown-price  scenario.yaml:5:5  pricing.overrides.lambda.requests  there is no price lambda.requests  (did you mean lambda.request?)',
    'unknown-price  scenario.yaml:6:5  pricing.overrides.lambda.duration.arm  there is no price lambda.duration.arm  (did you mean lambda.duration.arm64?)',
    'unknown-price  scenario.yaml:7:5  pricing.overrides.cheese  there is no price cheese  (see lambdasim prices)',
  ]);
});

test('a setting stands where it is written, at the flag that set it, or at the top', () => {
  const text = scenarioWith({ top: 'region: cn-north-1' });
  expect(positionOf(text, ['region'])).toEqual({ file: 'scenario.yaml', line: 1, column: 9 });
  expect(positionOf(text, ['pricing'], { fileName: 'a.yaml' })).toEqual({ file: 'a.yaml', line: 1, column: 1 });
  const set = positionOf(text, ['region'], { sets: [{ path: 'region', value: 'us-gov-east-1' }] });
  expect(set.file).toContain('--set');
});
