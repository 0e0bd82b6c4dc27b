import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { coresAt, cpuFactor, memoryAndCpu, tableFactor, vcpuAt } from '../../src/rules/memory-and-cpu.js';
import { valueAt } from '../../src/rules/rule.js';

const today = valueAt(memoryAndCpu, '2026-01-01');

describe('memory and CPU', () => {
  test.each([
    { asOf: '2020-11-30', expect: { minimum: 128, maximum: 3_008, step: 64, perVcpu: 1_792 } },
    { asOf: '2020-12-01', expect: { minimum: 128, maximum: 10_240, step: 1, perVcpu: 1_769 } },
  ])('the range on $asOf', ({ asOf, expect: value }) => {
    expect(valueAt(memoryAndCpu, asOf)).toEqual(value);
  });

  test('a function of 10,240 MB has 5.79 vCPUs and sees 6 cores', () => {
    expect([vcpuAt(today, 10_240).toFixed(2), coresAt(10_240)]).toEqual(['5.79', 6]);
  });

  test.each([
    [128, 2],
    [3_008, 2],
    [3_009, 3],
    [5_308, 4],
    [7_077, 5],
    [8_846, 6],
  ])('%d MB see %d cores (rwnx/lambda-cpuinfo)', (memory, cores) => {
    expect(coresAt(memory)).toBe(cores);
  });

  test('work that only waits does not change with memory', () => {
    expect([128, 512, 10_240].map((mb) => cpuFactor(today, { measuredAt: 512, cpuBound: 0, parallel: 0 }, mb))).toEqual(
      [1, 1, 1],
    );
  });

  test('CPU work on one core goes as 1/memory up to one vCPU and gains nothing beyond', () => {
    const spec = { measuredAt: 512, cpuBound: 1, parallel: 0 };
    const factors = [256, 512, 1_024, 1_769, 10_240].map((mb) => cpuFactor(today, spec, mb));
    expect(factors.map((factor) => Number(factor.toFixed(6)))).toEqual([2, 1, 0.5, 0.289429, 0.289429]);
  });

  test('CPU work on all cores gains in proportion to the whole memory', () => {
    const spec = { measuredAt: 1_769, cpuBound: 1, parallel: 1 };
    expect(cpuFactor(today, spec, 3_538)).toBeCloseTo(0.5, 12);
    expect(cpuFactor(today, spec, 8_845)).toBeCloseTo(0.2, 12);
  });

  test('a share of both is the formula of the scenario format', () => {
    // (1 - c) + c x min(1, m0/1769) / min(1, m/1769), at c = 0.7, m0 = 512, m = 256 and 2048
    const spec = { measuredAt: 512, cpuBound: 0.7, parallel: 0 };
    expect(cpuFactor(today, spec, 256)).toBeCloseTo(0.3 + 0.7 * 2, 12);
    expect(cpuFactor(today, spec, 2_048)).toBeCloseTo(0.3 + (0.7 * 512) / 1_769, 12);
  });

  test('the factor is 1 where it was measured and never rises with memory', () => {
    const mb = fc.integer({ min: 128, max: 10_240 });
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(mb, mb, mb, share, share, (measuredAt, a, b, cpuBound, parallel) => {
        const spec = { measuredAt, cpuBound, parallel };
        expect(cpuFactor(today, spec, measuredAt)).toBeCloseTo(1, 12);
        expect(cpuFactor(today, spec, Math.max(a, b))).toBeLessThanOrEqual(
          cpuFactor(today, spec, Math.min(a, b)) + 1e-12,
        );
      }),
      { seed: 20261121, numRuns: 300 },
    );
  });

  test('a table is met at its points, straight in logarithms between them, flat outside', () => {
    const points = [
      [256, 4],
      [1_024, 1],
      [4_096, 0.5],
    ] as const;
    expect([128, 256, 1_024, 4_096, 10_240].map((mb) => tableFactor(points, mb))).toEqual([4, 4, 1, 0.5, 0.5]);
    expect(tableFactor(points, 512)).toBeCloseTo(2, 12);
    expect(tableFactor(points, 2_048)).toBeCloseTo(Math.SQRT1_2, 12);
    expect(tableFactor([[512, 3]], 1_024)).toBe(3);
  });
});
