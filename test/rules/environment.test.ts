import { describe, expect, test } from 'vitest';
import { HOUR, MB, MINUTE, SECOND } from '../../src/engine/units.js';
import { environmentKeepAlive } from '../../src/rules/environment-keep-alive.js';
import { environmentMaxAge } from '../../src/rules/environment-max-age.js';
import { existsOn, featureDates } from '../../src/rules/feature-dates.js';
import { initPhase, provisionedInitLimit, rerunInitTime } from '../../src/rules/init-phase.js';
import { downloadTime, packageDownload } from '../../src/rules/package-download.js';
import { payloadLimits } from '../../src/rules/payload-limits.js';
import { responseStreaming, streamingTime } from '../../src/rules/response-streaming.js';
import { valueAt } from '../../src/rules/rule.js';

const SHILKOV = 'M. Shilkov, interval measurements';

describe('idle life of an environment', () => {
  test.each([
    { asOf: '2019-06-30', expect: [25 * MINUTE, 60 * MINUTE], source: SHILKOV },
    { asOf: '2019-07-01', expect: [10 * MINUTE, 10 * MINUTE], source: SHILKOV },
    { asOf: '2020-11-30', expect: [10 * MINUTE, 10 * MINUTE], source: SHILKOV },
    { asOf: '2020-12-01', expect: [5 * MINUTE, 7 * MINUTE], source: SHILKOV },
    { asOf: '2023-11-26', expect: [265 * SECOND, 360 * SECOND], source: 'EuroSys 2026 data set' },
  ])('on $asOf it lies within $expect us ($source)', ({ asOf, expect: range }) => {
    const { idle } = valueAt(environmentKeepAlive, asOf);
    const span =
      idle.kind === 'constant'
        ? [idle.value, idle.value]
        : idle.kind === 'uniform'
          ? [idle.min, idle.max]
          : idle.kind === 'quantiles'
            ? [idle.points[0]![1], idle.points.at(-1)![1]]
            : [];
    expect(span).toEqual(range);
  });

  test('the greatest age is about four hours before December 2020 and about two since', () => {
    expect(['2020-11-30', '2020-12-01'].map((asOf) => valueAt(environmentMaxAge, asOf).age)).toEqual([
      { kind: 'uniform', min: 3.5 * HOUR, max: 4.5 * HOUR },
      { kind: 'uniform', min: 2 * HOUR, max: 2.25 * HOUR },
    ]);
  });
});

describe('init', () => {
  const value = valueAt(initPhase, '2026-01-01');

  test('ahead of requests it may take 130 s, or the function timeout up to 900 s', () => {
    expect([3 * SECOND, 300 * SECOND, 900 * SECOND].map((timeout) => provisionedInitLimit(value, timeout))).toEqual([
      130 * SECOND,
      300 * SECOND,
      900 * SECOND,
    ]);
  });

  test('inside an invocation it takes as long as in its own phase, or as long as the memory makes it', () => {
    expect(rerunInitTime(value, 2 * SECOND, 0.25)).toBe(2 * SECOND);
    const normal = { ...value, rerunShare: 'normal' } as const;
    expect([0.25, 1, 2].map((vcpu) => rerunInitTime(normal, 2 * SECOND, vcpu))).toEqual([
      8 * SECOND,
      2 * SECOND,
      2 * SECOND,
    ]);
  });

  test('a package adds half a millisecond a MB', () => {
    const download = valueAt(packageDownload, '2026-01-01');
    expect([undefined, 0, 50 * MB].map((size) => downloadTime(download, size))).toEqual([0, 0, 25_000]);
  });
});

test('a streamed response leaves at 2 MB a second beyond its first 6 MB, or at its own slower rate', () => {
  const value = valueAt(responseStreaming, '2026-01-01');
  expect(streamingTime(value, 6 * MB)).toBe(0);
  expect(streamingTime(value, 20 * MB)).toBe(7 * SECOND);
  expect(streamingTime(value, 20 * MB, 1 * MB)).toBe(20 * SECOND);
});

test('asynchronous events grew to 1 MB in October 2025 and streamed responses to 200 MB before', () => {
  const on = (asOf: string) => [
    valueAt(payloadLimits, asOf).asynchronous,
    valueAt(payloadLimits, asOf).streamedResponse,
  ];
  expect([on('2025-07-30'), on('2025-07-31'), on('2025-10-24')]).toEqual([
    [MB / 4, 20 * MB],
    [MB / 4, 200 * MB],
    [MB, 200 * MB],
  ]);
});

test('a feature can be used from its first day on', () => {
  expect([
    existsOn('containerImage', '2020-11-30'),
    existsOn('containerImage', '2020-12-01'),
    existsOn('provisionedConcurrency', '2019-12-02'),
    existsOn('provisionedConcurrency', '2019-12-03'),
  ]).toEqual([false, true, false, true]);
  expect(Object.values(featureDates).filter(({ since }) => !/^20\d\d-\d\d-\d\d$/.test(since))).toEqual([]);
});
