/**
 * The script of report.html: draws the charts over time with uPlot, their cursors and zooms in step, by mouse, touch and
 * keyboard. Everything else on the page is there without it.
 */
import uPlot from 'uplot';
import type { Chart, ChartSeries } from '../chart.js';
import { decoded } from '../encode-series.js';
import { written } from '../written.js';
import { type Theme, themeNow } from './theme.js';

interface Drawing {
  /** Seconds since 1970 of the first point. */
  readonly first: number;
  readonly step: number;
  readonly points: number;
  /** Of simulated time 0. */
  readonly start: number;
  /** When the first finding held. */
  readonly spans: readonly (readonly [number, number])[];
  readonly charts: readonly Chart[];
}

const HEIGHT = 190;
const ZOOM = 2;
const SYNC = 'report';

const drawing = JSON.parse(document.getElementById('drawing')!.textContent!) as Drawing;
const times = Float64Array.from({ length: drawing.points }, (_, point) => drawing.first + point * drawing.step);
const whole: readonly [number, number] = [times[0]!, times[times.length - 1]!];
const zoomOut = document.getElementById('zoom-out');
/** What is drawn first lies below. */
const charts = drawing.charts.map((chart) => ({
  ...chart,
  series: [...chart.series].sort((a, b) => Number(b.style === 'bars') - Number(a.style === 'bars')),
}));
const places = [...document.querySelectorAll<HTMLElement>('[data-chart]')];
let plots: uPlot[] = [];
let shown = whole;
let isSettingScales = false;

/** Shows the same stretch of time in every chart. */
function zoomTo(from: number, to: number): void {
  const least = 4 * drawing.step;
  const middle = (from + to) / 2;
  const half = Math.max(to - from, least) / 2;
  shown = [Math.max(whole[0], middle - half), Math.min(whole[1], middle + half)];
  isSettingScales = true;
  for (const [index, plot] of plots.entries()) {
    plot.setScale('x', { min: shown[0], max: shown[1] });
    places[index]!.dataset.shown = shown.join(' ');
  }
  isSettingScales = false;
  if (zoomOut !== null) zoomOut.hidden = shown[0] === whole[0] && shown[1] === whole[1];
}

function showWhole(): null {
  zoomTo(...whole);
  return null;
}

function optionsOf(chart: Chart, width: number, theme: Theme): uPlot.Options {
  const right = chart.series.find((series) => series.right);
  const left = chart.series.find((series) => !series.right);
  const axis = {
    stroke: theme.muted,
    grid: { stroke: theme.grid, width: 1 },
    ticks: { show: false },
    font: theme.font,
  };
  const filter = powers;
  const axes: uPlot.Axis[] = [
    { ...axis, values: timesOf, space: 70, size: 34, gap: 4 },
    {
      ...axis,
      values: valuesOf(left),
      size: 58,
      gap: 4,
      space: 34,
      ...(chart.logarithmic && { filter, grid: { ...axis.grid, filter } }),
    },
  ];
  if (right !== undefined)
    axes.push({
      ...axis,
      scale: 'right',
      side: 1,
      values: valuesOf(right),
      size: 52,
      gap: 4,
      space: 34,
      grid: { show: false },
    });
  const bars = uPlot.paths.bars!({ size: [0.9, 24, 2], align: 1 });
  const steps = uPlot.paths.stepped!({ align: 1 });
  return {
    width,
    height: HEIGHT,
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
    scales: {
      x: { time: true },
      y: chart.logarithmic ? { distr: 3 } : { range: (_, __, most) => [0, room(most, chart)] },
      right: { range: (_, __, most) => [0, Math.max(1, most * 1.15)] },
    },
    axes,
    padding: [8, right === undefined ? 12 : 0, 0, 0],
    cursor: {
      sync: { key: SYNC, setSeries: false },
      drag: { x: true, y: false, setScale: false },
      points: { size: 6 },
      bind: { dblclick: () => showWhole },
    },
    legend: { markers: { width: 0, fill: (_, index) => theme.series[chart.series[index - 1]?.colour ?? 1]! } },
    series: [
      { label: '', value: (_, seconds) => (seconds === null ? '' : instant(seconds)) },
      ...chart.series.map((series): uPlot.Series => {
        const colour = theme.series[series.colour]!;
        return {
          label: series.label,
          scale: series.right ? 'right' : 'y',
          stroke: colour,
          width: series.style === 'bars' ? 0 : 1.5,
          ...(series.style === 'area' && { fill: `${colour}22` }),
          ...(series.style === 'bars' && { fill: `${colour}a0` }),
          paths: series.style === 'bars' ? bars : series.style === 'area' ? steps : undefined!,
          points: { show: isLonely(series), size: 4 },
          value: (_, value) => (value === null ? '' : written(series.unit, value)),
        };
      }),
    ],
    hooks: {
      drawClear: [(plot) => drawSpans(plot, theme)],
      draw: [(plot) => drawLimits(plot, chart, theme)],
      setSelect: [
        (plot) => {
          const { left: from, width: wide } = plot.select;
          if (wide < 4) return;
          zoomTo(plot.posToVal(from, 'x'), plot.posToVal(from + wide, 'x'));
          plot.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
        },
      ],
      setScale: [
        (plot, key) => {
          if (key !== 'x' || isSettingScales) return;
          const { min, max } = plot.scales.x!;
          if (min != null && max != null && (min !== shown[0] || max !== shown[1])) zoomTo(min, max);
        },
      ],
    },
  };
}

/** Points between gaps would have no line to stand in. */
function isLonely({ data, style }: ChartSeries): boolean {
  return style === 'line' && (/(^|,)(x\d+)?,[^,x]+,(x\d+)?(,|$)/.test(data) || drawing.points === 1);
}

/** Limits near the data are in the picture. */
function room(most: number, { limits }: Chart): number {
  const highest = limits.reduce((high, { value }) => Math.max(high, value), most);
  return highest > 0 ? highest * 1.08 : 1;
}

function valuesOf(series: ChartSeries | undefined): uPlot.Axis.DynamicValues {
  return (_, values) => values.map((value) => (value === null ? '' : written(series?.unit ?? 'count', value)));
}

/** Lines and labels at powers of ten; within two of them at 2 and 5 as well. */
function powers({ scales }: uPlot, values: number[]): (number | null)[] {
  const { min, max } = scales.y!;
  const wanted = (max ?? 1) / (min ?? 1) < 100 ? [1, 2, 5] : [1];
  return values.map((value) => {
    const digit = value / 10 ** Math.floor(Math.log10(value) + 1e-9);
    return wanted.some((each) => Math.abs(digit - each) < 1e-6) ? value : null;
  });
}

/** `14:05`, and the day where it begins and at the left end. */
function timesOf(_: uPlot, values: number[]): string[] {
  let day = '';
  const long = shown[1] - shown[0] > 3 * 86_400;
  return values.map((seconds) => {
    const iso = new Date(seconds * 1000).toISOString();
    const date = iso.slice(5, 10);
    const time = shown[1] - shown[0] < 300 ? iso.slice(11, 19) : iso.slice(11, 16);
    const isNew = date !== day;
    day = date;
    if (long && iso.slice(11, 16) === '00:00') return date;
    return isNew ? `${time}\n${date}` : time;
  });
}

function instant(seconds: number): string {
  const iso = new Date(seconds * 1000).toISOString();
  return `${iso.slice(5, 10)} ${iso.slice(11, drawing.step < 60 ? 19 : 16)}`;
}

function drawSpans({ ctx, bbox, valToPos }: uPlot, theme: Theme): void {
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.fillStyle = theme.span;
  for (const [from, to] of drawing.spans) {
    const left = valToPos(from, 'x', true);
    ctx.fillRect(left, bbox.top, Math.max(2, valToPos(to, 'x', true) - left), bbox.height);
  }
  ctx.restore();
}

function drawLimits({ ctx, bbox, scales, valToPos }: uPlot, { limits }: Chart, theme: Theme): void {
  ctx.save();
  ctx.strokeStyle = theme.limit;
  ctx.fillStyle = theme.limit;
  ctx.font = theme.canvasFont;
  ctx.textAlign = 'left';
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash([5 * devicePixelRatio, 4 * devicePixelRatio]);
  for (const { label, value } of limits) {
    const { min, max } = scales.y!;
    if (min == null || max == null || value < min || value > max) continue;
    const y = Math.round(valToPos(value, 'y', true));
    ctx.beginPath();
    ctx.moveTo(bbox.left, y);
    ctx.lineTo(bbox.left + bbox.width, y);
    ctx.stroke();
    const below = y - bbox.top < 16 * devicePixelRatio;
    ctx.textBaseline = below ? 'top' : 'bottom';
    ctx.fillText(label, bbox.left + 4 * devicePixelRatio, y + (below ? 3 : -2) * devicePixelRatio);
  }
  ctx.restore();
}

function draw(): void {
  const theme = themeNow();
  for (const plot of plots) plot.destroy();
  plots = places.map((place) => {
    const chart = charts[Number(place.dataset.chart)]!;
    const data = [times, ...chart.series.map((series) => decoded(series.data))] as unknown as uPlot.AlignedData;
    const plot = new uPlot(optionsOf(chart, place.clientWidth, theme), data, place);
    place.dataset.drawn = '';
    return plot;
  });
  if (plots.length > 0) zoomTo(...shown);
}

/** Arrows move the cursor, plus and minus zoom around it, 0 and Escape show the whole run. */
function onKey(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const place = event.currentTarget as HTMLElement;
  const plot = plots[places.indexOf(place)]!;
  const at = plot.cursor.idx ?? plot.valToIdx((shown[0] + shown[1]) / 2);
  const moved = { ArrowLeft: at - 1, ArrowRight: at + 1, PageUp: at - 20, PageDown: at + 20 }[event.key];
  const half = (shown[1] - shown[0]) / 2;
  if (moved !== undefined) {
    const to = Math.min(times.length - 1, Math.max(0, moved));
    plot.setCursor({ left: plot.valToPos(times[to]!, 'x'), top: plot.over.clientHeight / 2 });
  } else if (event.key === '+' || event.key === '=') {
    zoomTo(times[at]! - half / ZOOM, times[at]! + half / ZOOM);
  } else if (event.key === '-') {
    zoomTo(times[at]! - half * ZOOM, times[at]! + half * ZOOM);
  } else if (event.key === '0' || event.key === 'Escape') {
    zoomTo(...whole);
  } else {
    return;
  }
  event.preventDefault();
}

for (const place of places) place.addEventListener('keydown', onKey);
zoomOut?.addEventListener('click', () => zoomTo(...whole));
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
addEventListener('beforeprint', draw);
addEventListener('afterprint', draw);
new ResizeObserver(() => {
  for (const [index, plot] of plots.entries()) {
    const width = places[index]!.clientWidth;
    if (width > 0 && width !== plot.width) plot.setSize({ width, height: HEIGHT });
  }
}).observe(document.body);
draw();

// A link into a folded part opens it; on paper everything that fits is open already.
for (const event of ['hashchange', 'load']) {
  addEventListener(event, () => {
    const target = location.hash.length > 1 ? document.getElementById(location.hash.slice(1)) : null;
    target?.closest('details')?.setAttribute('open', '');
  });
}
