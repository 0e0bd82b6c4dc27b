import { describe, expect, test } from 'vitest';
import { HOUR, KB, MB, MINUTE, SECOND } from '../../src/engine/units.js';
import { billedDuration, billedMicros } from '../../src/rules/billed-duration.js';
import { billedInit, initKindOf, isInitBilled } from '../../src/rules/billed-init.js';
import { ephemeralStorageCharge, storageGbSeconds } from '../../src/rules/ephemeral-storage-charge.js';
import { billedProvisionedMicros, provisionedCharge } from '../../src/rules/provisioned-charge.js';
import { requestCharge, requestsOf } from '../../src/rules/request-charge.js';
import { responseStreamingCharge, streamedGb } from '../../src/rules/response-streaming-charge.js';
import { valueAt } from '../../src/rules/rule.js';
import { isSnapStartFree, snapStartCacheGbSeconds, snapStartCharge } from '../../src/rules/snap-start-charge.js';

const micros = (ms: number): number => Math.round(ms * 1000);

const GUIDE = 'AWS Lambda Developer Guide, REPORT lines';
const BITE = 'bitesizedserverless.com, "When is the Lambda Init Phase Free"';
const LIFECYCLE = 'AWS Lambda Developer Guide, "Understanding the Lambda execution environment lifecycle"';

/** `given` is [package type, custom runtime, init ms, duration ms], `expect` the Billed Duration in ms. */
const REPORTS = [
  { asOf: '2020-07-01', given: ['Zip', false, 0, 12.34], expect: 100, source: GUIDE },
  { asOf: '2020-07-01', given: ['Zip', false, 0, 26.73], expect: 100, source: GUIDE },
  { asOf: '2020-07-01', given: ['Zip', false, 0, 99.99], expect: 100, source: GUIDE },
  { asOf: '2020-07-01', given: ['Zip', false, 0, 100.0], expect: 100, source: GUIDE },
  { asOf: '2020-07-01', given: ['Zip', false, 0, 100.01], expect: 200, source: GUIDE },
  { asOf: '2020-07-01', given: ['Zip', false, 166.62, 128.83], expect: 200, source: GUIDE },
  { asOf: '2020-07-01', given: ['Zip', false, 5960.19, 3906.38], expect: 4000, source: GUIDE },
  { asOf: '2020-11-30', given: ['Zip', false, 0, 1], expect: 100, source: 'last day of 100 ms' },
  { asOf: '2020-12-01', given: ['Zip', false, 0, 1], expect: 1, source: 'first day of 1 ms' },
  { asOf: '2023-09-19', given: ['Zip', false, 113.51, 2.75], expect: 3, source: GUIDE },
  { asOf: '2023-09-19', given: ['Image', false, 113.51, 2.75], expect: 117, source: 'the same as an image' },
  { asOf: '2023-09-19', given: ['Zip', true, 113.51, 2.75], expect: 117, source: 'the same on a custom runtime' },
  { asOf: '2025-07-31', given: ['Zip', false, 100, 1], expect: 1, source: 'last day of free inits' },
  { asOf: '2025-08-01', given: ['Zip', false, 100, 1], expect: 101, source: 'first day of billed inits' },
  { asOf: '2026-01-01', given: ['Zip', false, 1049.63, 1293.83], expect: 2344, source: BITE },
  { asOf: '2026-01-01', given: ['Zip', false, 111.23, 3004.92], expect: 3117, source: LIFECYCLE },
  { asOf: '2026-01-01', given: ['Zip', false, 80.0, 133.61], expect: 214, source: LIFECYCLE },
  { asOf: '2026-01-01', given: ['Zip', false, 84.0, 3016.78], expect: 3101, source: LIFECYCLE },
  { asOf: '2026-01-01', given: ['Zip', false, 0, 2.75], expect: 3, source: GUIDE },
  { asOf: '2026-01-01', given: ['Zip', false, 0, 26.73], expect: 27, source: GUIDE },
  { asOf: '2026-01-01', given: ['Zip', false, 100.77, 250.06], expect: 351, source: 'a REPORT line of May 2025' },
  { asOf: '2026-01-01', given: ['Zip', false, 0, 0], expect: 1, source: 'at least one unit' },
] as const;

describe('billed duration', () => {
  test.each(REPORTS)('on $asOf $given is billed as $expect ms ($source)', ({ asOf, given, expect: billed }) => {
    const [packageType, custom, init, duration] = given;
    const isBilled = isInitBilled(valueAt(billedInit, asOf), initKindOf(packageType, custom));
    const total = micros(duration) + (isBilled ? micros(init) : 0);
    expect(billedMicros(valueAt(billedDuration, asOf), total)).toBe(micros(billed));
  });

  test('an init on provisioned concurrency is billed in every era, one abandoned at 10 s since August 2025', () => {
    const on = (asOf: string) => [valueAt(billedInit, asOf).provisioned, valueAt(billedInit, asOf).aborted];
    expect([on('2019-12-03'), on('2025-07-31'), on('2025-08-01')]).toEqual([
      [true, false],
      [true, false],
      [true, true],
    ]);
  });
});

describe('other charges', () => {
  const PAGE = 'AWS Lambda pricing page';

  test.each([
    { given: [true, 1 * KB], expect: 1, source: PAGE },
    { given: [true, 256 * KB], expect: 1, source: PAGE },
    { given: [true, 256 * KB + 1], expect: 2, source: PAGE },
    { given: [true, 320 * KB], expect: 2, source: PAGE },
    { given: [true, 1 * MB], expect: 13, source: PAGE },
    { given: [false, 6 * MB], expect: 1, source: 'a synchronous request is one' },
  ] as const)('an invocation $given counts as $expect requests ($source)', ({ given, expect: requests }) => {
    expect(requestsOf(valueAt(requestCharge, '2026-01-01'), given[0], given[1])).toBe(requests);
  });

  test.each([
    { given: [1 * SECOND, true], expect: 5 * MINUTE },
    { given: [5 * MINUTE, true], expect: 5 * MINUTE },
    { given: [5 * MINUTE + 1, true], expect: 10 * MINUTE },
    { given: [0, true], expect: 0 },
    { given: [7 * MINUTE, false], expect: 7 * MINUTE },
  ] as const)('provisioned concurrency of $given us is billed for $expect us', ({ given, expect: billed }) => {
    expect(billedProvisionedMicros(valueAt(provisionedCharge, '2026-01-01'), given[0], given[1])).toBe(billed);
  });

  test('storage counts above 512 MB only, by billed time and not by memory', () => {
    const value = valueAt(ephemeralStorageCharge, '2026-01-01');
    expect([512, 1024, 10_240].map((mb) => storageGbSeconds(value, mb, 2 * SECOND))).toEqual([0, 1, 19]);
  });

  test('a streamed response is billed beyond its first 6 MB', () => {
    const value = valueAt(responseStreamingCharge, '2026-01-01');
    expect([1 * MB, 6 * MB, 6 * MB + 512 * MB].map((size) => streamedGb(value, size))).toEqual([0, 0, 0.5]);
  });

  test('SnapStart is free on Java and keeps a snapshot for at least three hours elsewhere', () => {
    const value = valueAt(snapStartCharge, '2026-01-01');
    expect(['java21', 'python3.12', 'dotnet8', undefined].map((runtime) => isSnapStartFree(value, runtime))).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect(snapStartCacheGbSeconds(value, 512, 1 * HOUR)).toBe(0.5 * 3 * 3600);
    expect(snapStartCacheGbSeconds(value, 512, 4 * HOUR)).toBe(0.5 * 4 * 3600);
  });
});
