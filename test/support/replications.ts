/** Estimates from independent seeds, held against what theory says. */

/** 99.9% points of Student's t, two-sided, by degrees of freedom. */
const STUDENT: Readonly<Record<number, number>> = { 9: 4.781, 19: 3.883, 29: 3.659, 39: 3.558 };

export const SEEDS: readonly number[] = Array.from({ length: 20 }, (_, i) => i + 1);

export interface Interval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** The 99.9% interval of the mean of independent values: 10, 20, 30 or 40 of them. */
export function interval(values: readonly number[]): Interval {
  const student = STUDENT[values.length - 1];
  if (student === undefined) throw new RangeError(`no Student point for ${values.length} values`);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  const half = student * Math.sqrt(variance / values.length);
  return { mean, low: mean - half, high: mean + half };
}

/** For a failed expectation: the seeds, what they gave, and what was expected. */
export function told(expected: number, { mean, low, high }: Interval): string {
  return `seeds 1 to 20: ${mean}, 99.9% interval ${low} to ${high}, theory ${expected}`;
}
