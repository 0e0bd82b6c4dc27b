import { describe, expect, test } from 'vitest';
import { MINUTE, SECOND } from '../../src/engine/units.js';
import { burstIn, functionScalingRate } from '../../src/rules/function-scaling-rate.js';
import { allocatedAfter, provisionedConcurrency } from '../../src/rules/provisioned-concurrency.js';
import { requestBurst, requestRateQuota, requestsPerSecond } from '../../src/rules/request-rate-quota.js';
import { valueAt } from '../../src/rules/rule.js';
import { environmentsOn, vpcNetwork } from '../../src/rules/vpc-network.js';

const GUIDE_2019 = 'AWS Lambda Developer Guide, "AWS Lambda function scaling" (2019)';
const GUIDE_2026 = 'AWS Lambda Developer Guide, "Lambda scaling behavior"';

describe('scaling rate', () => {
  test.each([
    { asOf: '2019-06-01', given: 'us-east-1', expect: 3_000, source: GUIDE_2019 },
    { asOf: '2019-06-01', given: 'us-west-2', expect: 3_000, source: GUIDE_2019 },
    { asOf: '2019-06-01', given: 'eu-west-1', expect: 3_000, source: GUIDE_2019 },
    { asOf: '2019-06-01', given: 'ap-northeast-1', expect: 1_000, source: GUIDE_2019 },
    { asOf: '2019-06-01', given: 'eu-central-1', expect: 1_000, source: GUIDE_2019 },
    { asOf: '2019-06-01', given: 'us-east-2', expect: 500, source: GUIDE_2019 },
    { asOf: '2021-06-01', given: 'us-east-2', expect: 1_000, source: 'AWS Lambda Operator Guide (2021)' },
    { asOf: '2019-06-01', given: 'sa-east-1', expect: 500, source: GUIDE_2019 },
    { asOf: '2019-06-01', given: 'constructor', expect: 500, source: 'no name reaches beyond the table' },
    { asOf: '2023-11-25', given: 'us-east-1', expect: 3_000, source: 'last day of the old rule' },
    { asOf: '2023-11-26', given: 'us-east-1', expect: 1_000, source: GUIDE_2026 },
    { asOf: '2026-01-01', given: 'sa-east-1', expect: 1_000, source: GUIDE_2026 },
  ])('on $asOf $given makes $expect environments at once ($source)', ({ asOf, given, expect: burst }) => {
    expect(burstIn(valueAt(functionScalingRate, asOf), given)).toBe(burst);
  });

  test('the old allowance is shared by the region and grows at full minutes, the current one is a function’s own and grows all the time', () => {
    const old = valueAt(functionScalingRate, '2020-07-01');
    const current = valueAt(functionScalingRate, '2024-01-01');
    expect([old.scope, current.scope]).toEqual(['region', 'function']);
    expect([old.refill, old.perMinute, current.refill, current.perMinute]).toEqual(['step', 500, 'continuous', 6_000]);
  });
});

describe('allocation of provisioned concurrency', () => {
  const old = valueAt(provisionedConcurrency, '2020-07-01');
  const current = valueAt(provisionedConcurrency, '2024-01-01');

  test('until 2023 it is usable as it comes: a burst by region, then 500 a minute', () => {
    const after = (minutes: number) => allocatedAfter(old, 'sa-east-1', 1_200, minutes * MINUTE);
    expect([0, 0.9, 1, 2, 3].map(after)).toEqual([500, 500, 1_000, 1_200, 1_200]);
    expect(allocatedAfter(old, 'us-east-1', 1_200, 0)).toBe(1_200);
  });

  test('since 2023 none is usable until all are, at 6,000 a minute', () => {
    const after = (seconds: number) => allocatedAfter(current, 'sa-east-1', 3_000, seconds * SECOND);
    expect([0, 19.9, 20, 60].map(after)).toEqual([0, 0, 3_000, 3_000]);
    expect(allocatedAfter(current, 'us-east-1', 1_000, 0)).toBe(1_000);
  });
});

test('requests per second are ten for each unit of concurrency', () => {
  const value = valueAt(requestRateQuota, '2026-01-01');
  expect([requestsPerSecond(value, 1_000), requestBurst(value, 10)]).toEqual([10_000, 100]);
});

test('a classic interface carries 3 GB of memory', () => {
  const rule = valueAt(vpcNetwork, '2018-09-01');
  expect(
    [
      [500, 1_536],
      [1, 128],
      [0, 128],
      [1, 512],
      [2, 512],
      [250, 3_008],
    ].map(([interfaces, memory]) => environmentsOn(interfaces!, memory!, rule)),
  ).toEqual([1_000, 24, 0, 6, 12, 255]);
});
