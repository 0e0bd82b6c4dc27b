/**
 * Rule     Init Duration of functions that do nothing in late 2022: the nearest measurement to the years before.
 * Numbers  The rows below.
 * Era      October to December 2022; zip packages on x86_64 at 128 MB, 780 lines a row.
 * Source   maxday/lambda-perf, data/*.json of those months (Apache-2.0); quantiles and fit computed from it; read 2026-11-21.
 * Assumes  Below the median, where only the log-normal fit was kept, p1 and p10 are those of the fit.
 */

/** Shares that the columns of a row stand for. */
export const SHARES_2022 = [0.01, 0.1, 0.5, 0.9, 0.99, 1] as const;

/** Runtime → milliseconds at those shares. */
export const INIT_MEASURED_2022: Readonly<Record<string, readonly [number, number, number, number, number, number]>> = {
  'nodejs12.x': [123, 139, 157, 176, 242, 560],
  'nodejs14.x': [139, 153, 169, 188, 241, 269],
  'python3.7': [90, 102, 117, 136, 188, 276],
  'python3.8': [93, 105, 119, 137, 180, 370],
  'ruby2.7': [110, 123, 138, 157, 201, 285],
  java8: [455, 488, 528, 561, 678, 971],
  java11: [371, 399, 434, 465, 539, 759],
  'dotnetcore3.1': [123, 138, 156, 176, 237, 468],
  dotnet6: [174, 195, 222, 255, 359, 530],
  'go1.x': [67, 75, 85, 96, 136, 213],
};
