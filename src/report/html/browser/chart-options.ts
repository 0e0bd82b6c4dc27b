/** A chart of the report as uPlot wants it. */
import uPlot from 'uplot';
import type { Chart, ChartSeries } from '../chart.js';
import { written } from '../written.js';
import { CALENDAR_STEPS, instant, powers, type Stretch, stepsOf, timesOf, valuesOf } from './axis-text.js';
import { drawLimits, drawSpans } from './overlay.js';
import type { Theme } from './theme.js';
import { selectByTouch } from './touch-zoom.js';

export const HEIGHT = 190;

export type Values = readonly (number | null)[];

export interface Buckets {
  /** When the first begins, in seconds since 1970. */
  readonly first: number;
  /** Seconds that each lasts. */
  readonly step: number;
  readonly points: number;
}

/** The number of the bucket that an instant lies in, or that is nearest to it. */
export function bucketAt({ first, step, points }: Buckets, seconds: number): number {
  return Math.min(points - 1, Math.max(0, Math.floor((seconds - first) / step)));
}

/** What all charts of the page have in common. */
export interface Surroundings extends Buckets {
  readonly theme: Theme;
  readonly spans: readonly Stretch[];
  readonly shown: () => Stretch;
  readonly zoomTo: (from: number, to: number) => void;
  readonly showWhole: () => null;
}

/** `values` are those of the series of the chart, in their order. */
export function optionsOf(chart: Chart, values: readonly Values[], width: number, around: Surroundings): uPlot.Options {
  const { theme, step, spans, showWhole } = around;
  const hasRight = chart.series.some(({ right }) => right);
  return {
    width,
    height: HEIGHT,
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
    scales: {
      x: { time: true },
      y: chart.logarithmic ? { distr: 3 } : { range: (_, __, most) => [0, room(most, chart)] },
      right: { range: (_, __, most) => [0, Math.max(1, most * 1.15)] },
    },
    axes: axesOf(chart, around),
    padding: [8, hasRight ? 0 : 28, 0, 0],
    cursor: {
      sync: { key: 'report', setSeries: false },
      drag: { x: true, y: false, setScale: false },
      points: { size: 6 },
      // The bucket under the cursor, whose value is drawn there, and not the nearest beginning of one.
      dataIdx: (_, __, ___, seconds) => bucketAt(around, seconds),
      bind: { dblclick: () => showWhole },
    },
    legend: { markers: { width: 0, fill: (_, index) => markerOf(chart, chart.series[index - 1], theme) } },
    series: [
      { label: '', value: (_, seconds) => (seconds === null ? '' : instant(seconds, step)) },
      ...chart.series.map((series, index) => seriesOf(series, values[index]!, dashOf(chart, series), theme)),
    ],
    hooks: {
      ready: [selectByTouch],
      drawClear: [(plot) => drawSpans(plot, spans, theme)],
      draw: [(plot) => drawLimits(plot, chart, theme)],
      setSelect: [(plot) => zoomToSelection(plot, around)],
    },
  };
}

function axesOf({ series, logarithmic }: Chart, { theme, shown }: Surroundings): uPlot.Axis[] {
  const grid = { stroke: theme.grid, width: 1 };
  const axis = { stroke: theme.muted, grid, ticks: { show: false }, font: theme.font, gap: 4 };
  const left = series.find((each) => !each.right);
  const right = series.find((each) => each.right);
  const axes: uPlot.Axis[] = [
    { ...axis, values: timesOf(shown), incrs: CALENDAR_STEPS, space: 70, size: 34 },
    {
      ...axis,
      values: valuesOf(left?.unit ?? 'count', logarithmic),
      space: 34,
      size: roomFor,
      ...(!logarithmic && stepsOf(left?.unit ?? 'count')),
      ...(logarithmic && { filter: powers, grid: { ...grid, filter: powers } }),
    },
  ];
  if (right !== undefined) {
    const values = valuesOf(right.unit, false);
    axes.push({
      ...axis,
      scale: 'right',
      side: 1,
      values,
      space: 34,
      size: 52,
      grid: { show: false },
      ...stepsOf(right.unit),
    });
  }
  return axes;
}

/** Charts stand in line, unless one has to write longer numbers. */
function roomFor(_: uPlot, texts: readonly string[] | null): number {
  const longest = Math.max(0, ...(texts ?? []).map((text) => text.length));
  return Math.max(58, 7 * longest + 12);
}

/** Dash and gap in pixels of the first line of a chart, the second and so on: who sees no colours tells them apart by these. */
const DASHES = [[], [7, 3], [2, 3], [10, 3, 2, 3], [4, 6]] as const;

/** What is filled needs none. */
function dashOf({ series }: Chart, one: ChartSeries): readonly number[] {
  const lines = series.filter(({ style }) => style === 'line' || style === 'step');
  return DASHES[lines.indexOf(one) % DASHES.length] ?? [];
}

/** The beginning of the line, or a square of what is filled. */
function markerOf(chart: Chart, series: ChartSeries | undefined, theme: Theme): string {
  const colour = theme.series[series?.colour ?? 1]!;
  if (series === undefined || series.style === 'area' || series.style === 'bars') return colour;
  let at = 0;
  const stops = dashOf(chart, series).map((length, index) => {
    const from = at;
    at += length;
    return `${index % 2 === 0 ? colour : 'transparent'} ${from}px ${at}px`;
  });
  const line = stops.length === 0 ? `${colour}, ${colour}` : stops.join(', ');
  return `repeating-linear-gradient(90deg, ${line}) center / 100% 2px no-repeat`;
}

function seriesOf(
  { label, unit, style, colour: number, right }: ChartSeries,
  values: Values,
  dash: readonly number[],
  theme: Theme,
): uPlot.Series {
  const colour = theme.series[number]!;
  const common: uPlot.Series = {
    label,
    scale: right ? 'right' : 'y',
    stroke: colour,
    width: 1.5,
    dash: [...dash],
    points: { show: style === 'line' && isLonely(values), size: 4 },
    value: (_, value) => (value === null ? '' : written(unit, value)),
  };
  const steps = uPlot.paths.stepped!({ align: 1 });
  switch (style) {
    case 'line':
      return common;
    case 'step':
      return { ...common, paths: steps };
    case 'area':
      return { ...common, paths: steps, fill: `${colour}22` };
    case 'bars':
      return { ...common, paths: uPlot.paths.bars!({ size: [0.9, 24, 2], align: 1 }), fill: `${colour}a0`, width: 0 };
  }
}

/** Values between gaps have no line to stand in. */
function isLonely(values: Values): boolean {
  return values.some(
    (value, index) => value !== null && (values[index - 1] ?? null) === null && (values[index + 1] ?? null) === null,
  );
}

/** Limits near the data are in the picture. */
function room(most: number, { limits }: Chart): number {
  const highest = limits.reduce((high, { value }) => Math.max(high, value), most);
  if (highest <= 0) return 1;
  // The name of a limit stands above its line, where no data is.
  return highest * (limits.some(({ value }) => value === highest) ? 1.16 : 1.08);
}

/** A click is no stretch. */
function zoomToSelection(plot: uPlot, { zoomTo }: Surroundings): void {
  const { left, width } = plot.select;
  if (width < 4) return;
  zoomTo(plot.posToVal(left, 'x'), plot.posToVal(left + width, 'x'));
  plot.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
}
