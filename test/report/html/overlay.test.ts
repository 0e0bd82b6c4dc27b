/** What is written into a chart beside its data: the name of a limit can be read, whatever passes behind it. */
import { expect, test } from 'vitest';
import { HEIGHT, optionsOf, type Surroundings } from '../../../src/report/html/browser/chart-options.js';
import { drawLimits } from '../../../src/report/html/browser/overlay.js';
import type { Theme } from '../../../src/report/html/browser/theme.js';
import type { Chart } from '../../../src/report/html/chart.js';

const THEME: Theme = {
  muted: 'muted',
  grid: 'grid',
  limit: 'ink',
  card: 'card',
  span: 'span',
  series: Array.from({ length: 9 }, (_, number) => `c${number}`),
  font: '11px x',
  canvasFont: '11px x',
};

const CHART: Chart = {
  title: 'Concurrency',
  summary: '',
  series: [{ label: 'concurrency', unit: 'count', style: 'area', colour: 1, data: '' }],
  limits: [{ label: 'account limit', value: 60 }],
  logarithmic: false,
};

/** The top of the scale over data that goes up to `most`. */
function topOver(chart: Chart, most: number): number {
  const { scales } = optionsOf(chart, [[]], 500, { theme: THEME } as Surroundings);
  const range = scales!.y!.range as unknown as (
    plot: unknown,
    least: number,
    most: number,
  ) => readonly [number, number];
  return range(undefined, 0, most)[1];
}

test('the name of the highest limit stands above its line, where no data is', () => {
  // A line of text and its distance from the limit, in a picture without its axis of time.
  const needed = 16 / (HEIGHT - 42);
  expect(1 - 60 / topOver(CHART, 60)).toBeGreaterThan(needed - 0.005);
  expect(topOver({ ...CHART, limits: [] }, 60)).toBeLessThan(topOver(CHART, 60));
});

test('what passes behind the name of a limit is covered', () => {
  globalThis.devicePixelRatio ??= 1;
  const told: string[] = [];
  const ctx = new Proxy({} as Record<string, unknown>, {
    get: (state, key) =>
      key in state ? state[key as string] : () => told.push(`${String(key)} in ${String(state.strokeStyle)}`),
  });
  const plot = {
    ctx,
    bbox: { left: 0, top: 0, width: 100, height: 100 },
    scales: { y: { min: 0, max: 70 } },
    valToPos: () => 20,
  };
  drawLimits(plot as never, CHART, THEME);
  expect(told.filter((each) => /^(stroke|strokeText|fillText) /.test(each))).toEqual([
    'stroke in ink',
    'strokeText in card',
    'fillText in card',
  ]);
});
