import { describe, expect, test } from 'vitest';
import type { DistributionSpec } from '../../src/engine/distribution.js';
import { MILLISECOND } from '../../src/engine/units.js';
import { type InitDurationQuery, initDurationOf, isCustomRuntime } from '../../src/rules/init-duration.js';
import { INIT_MEASURED_2022 } from '../../src/rules/init-durations-2022.js';
import { INIT_MEASURED_2026 } from '../../src/rules/init-durations-measured.js';
import { rulebookOf } from '../../src/rules/rulebook.js';

const zip = { packageType: 'Zip', architecture: 'x86_64' } as const;

function of({ asOf = '2026-01-01', ...query }: Partial<InitDurationQuery> & { asOf?: string }) {
  return initDurationOf({ runtime: undefined, ...zip, ...query }, rulebookOf(asOf));
}

function median(spec: DistributionSpec): number {
  if (spec.kind !== 'quantiles') throw new Error(`quantiles expected, not ${spec.kind}`);
  return spec.points.find(([share]) => share === 0.5)![1] / MILLISECOND;
}

describe('the default init of a runtime', () => {
  test.each([
    { runtime: 'nodejs22.x', expect: 144.8 },
    { runtime: 'python3.12', expect: 86.5 },
    { runtime: 'java21', expect: 245.07 },
    { runtime: 'dotnet8', expect: 258.23 },
    { runtime: 'ruby3.4', expect: 230.38 },
  ])('$runtime as zip on x86_64 has a median of $expect ms (maxday/lambda-perf 2026)', ({ runtime, expect: ms }) => {
    const found = of({ runtime });
    expect([median(found.spec), found.runtime, found.certainty, found.warning]).toEqual([
      ms,
      runtime,
      'measured',
      undefined,
    ]);
  });

  test('images and arm64 have rows of their own', () => {
    expect(median(of({ runtime: 'nodejs22.x', packageType: 'Image' }).spec)).toBe(296.84);
    expect(median(of({ runtime: 'nodejs22.x', architecture: 'arm64' }).spec)).toBe(129.86);
  });

  test('all ten quantiles are kept, in microseconds', () => {
    expect(of({ runtime: 'nodejs22.x' }).spec).toMatchObject({
      kind: 'quantiles',
      points: expect.arrayContaining([
        [0.99, 219_080],
        [1, 308_500],
      ]),
    });
  });

  // maxday/lambda-perf: java11 had a median of 459 ms in March 2023 and of 270 ms in October.
  test.each([
    ['2022-12-31', 434],
    ['2023-04-01', 434],
    ['2023-06-30', 434],
    ['2023-07-01', 279.44],
    ['2023-10-31', 279.44],
  ])('of java11 on %s has a median of %d ms: the tables change between the days that were measured', (asOf, ms) => {
    expect(median(of({ runtime: 'java11', asOf }).spec)).toBe(ms);
  });

  test.each([
    ['measured', { runtime: 'java21' }, ['init-duration measured']],
    ['assumed without a runtime', {}, ['init-duration measured', 'init-stand-in assumed']],
    ['assumed of a custom one', { runtime: 'provided.al2023' }, ['init-duration measured', 'init-stand-in assumed']],
    ['assumed of one not measured', { runtime: 'go1.x' }, ['init-duration measured', 'init-stand-in assumed']],
  ])('is %s, and its rulebook says so', (_, query, expected) => {
    const rules = rulebookOf('2026-01-01');
    const { certainty } = initDurationOf({ runtime: undefined, ...zip, ...query }, rules);
    expect(rules.reliedOn().map((rule) => `${rule.name} ${rule.certainty}`)).toEqual(expected);
    expect(certainty).toBe(expected.length === 1 ? 'measured' : 'assumed');
  });

  test('is what a scenario says stands in, and of the table it names', () => {
    const rules = rulebookOf('2026-01-01', {
      'init-duration': { measured: 'late 2022' },
      'init-stand-in': { withoutRuntime: 'python3.8' },
    });
    const found = initDurationOf({ runtime: undefined, ...zip }, rules);
    expect([found.runtime, median(found.spec)]).toEqual(['python3.8', 119]);
  });

  test.each([
    { runtime: 'nodejs18.x', asOf: '2026-01-01', expect: 'nodejs20.x' },
    { runtime: 'nodejs8.10', asOf: '2019-06-01', expect: 'nodejs12.x' },
    { runtime: 'nodejs99.x', asOf: '2026-01-01', expect: 'nodejs24.x' },
    { runtime: 'python2.7', asOf: '2019-06-01', expect: 'python3.7' },
    { runtime: 'python3.6', asOf: '2026-01-01', expect: 'python3.9' },
    { runtime: 'java8', asOf: '2026-01-01', expect: 'java8.al2' },
    { runtime: 'go1.x', asOf: '2026-01-01', expect: 'provided.al2' },
    { runtime: 'powershell', asOf: '2026-01-01', expect: 'dotnet10' },
    { runtime: 'dotnetcore2.1', asOf: '2019-06-01', expect: 'dotnetcore3.1' },
    { runtime: 'cobol', asOf: '2026-01-01', expect: 'nodejs24.x' },
  ])(
    '$runtime on $asOf was not measured and takes the row of $expect with a warning',
    ({ runtime, asOf, expect: row }) => {
      const found = of({ runtime, asOf });
      expect([found.runtime, found.certainty]).toEqual([row, 'assumed']);
      expect(found.warning).toContain(`${runtime}; those of ${row}`);
    },
  );

  test('without a runtime it is the newest Node.js, assumed and without a warning', () => {
    const found = of({});
    expect([found.runtime, found.certainty, found.warning]).toEqual(['nodejs24.x', 'assumed', undefined]);
    expect(of({ packageType: 'Image' }).spec).not.toEqual(found.spec);
    expect(of({ asOf: '2019-06-01' }).runtime).toBe('nodejs14.x');
  });

  test('a custom runtime starts like Go and is told by its name', () => {
    expect(
      ['provided', 'provided.al2', 'provided.al2023', 'go1.x', 'nodejs22.x', undefined].map(isCustomRuntime),
    ).toEqual([true, true, true, false, false, false]);
    expect([of({ runtime: 'provided.al2023' }).warning, median(of({ runtime: 'provided.al2023' }).spec)]).toEqual([
      undefined,
      50.62,
    ]);
  });

  test('every measured row rises from share to share', () => {
    const rows = [
      ...Object.values(INIT_MEASURED_2022),
      ...Object.values(INIT_MEASURED_2026).flatMap(({ Zip, Image }) => [
        Zip.x86_64,
        Zip.arm64,
        Image.x86_64,
        Image.arm64,
      ]),
    ];
    expect(rows.length).toBe(10 + 21 * 4);
    expect(rows.filter((row) => row.some((ms, i) => i > 0 && ms < row[i - 1]!))).toEqual([]);
  });
});
