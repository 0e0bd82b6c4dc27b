/**
 * The script of report.html: draws the charts over time with uPlot, their cursors and zooms in step, by mouse and
 * keyboard. Everything else on the page is there without it.
 */
import uPlot from 'uplot';
import type { Chart, ChartSeries } from '../chart.js';
import { decoded } from '../encode-series.js';
import { written } from '../written.js';
import { instant, type Stretch } from './axis-text.js';
import { type Buckets, bucketAt, HEIGHT, optionsOf, type Surroundings, type Values } from './chart-options.js';
import { themeNow } from './theme.js';

interface Drawing extends Buckets {
  /** When the first finding held. */
  readonly spans: readonly Stretch[];
  readonly charts: readonly Chart[];
}

const ZOOM = 2;
const FEWEST_POINTS = 4;

const drawing = JSON.parse(document.getElementById('drawing')!.textContent!) as Drawing;
/** When each bucket begins, and at last when the last one ends. */
const times = Float64Array.from({ length: drawing.points + 1 }, (_, point) => drawing.first + point * drawing.step);
const whole: Stretch = [times[0]!, times[drawing.points]!];
/** What is drawn first lies below. */
const charts = drawing.charts.map((chart) => ({
  ...chart,
  series: [...chart.series].sort((a, b) => Number(b.style === 'bars') - Number(a.style === 'bars')),
}));
const zoomOut = document.getElementById('zoom-out');
const reading = document.getElementById('reading');
const places = [...document.querySelectorAll<HTMLElement>('[data-chart]')];
let plots: uPlot[] = [];
let shown = whole;

/** Shows the same stretch of time in every chart. */
function zoomTo(from: number, to: number): void {
  const middle = (from + to) / 2;
  const half = Math.max(to - from, FEWEST_POINTS * drawing.step) / 2;
  shown = [Math.max(whole[0], middle - half), Math.min(whole[1], middle + half)];
  for (const [index, plot] of plots.entries()) {
    plot.setScale('x', { min: shown[0], max: shown[1] });
    places[index]!.dataset.shown = shown.join(' ');
  }
  if (zoomOut !== null) zoomOut.hidden = shown[0] === whole[0] && shown[1] === whole[1];
}

function showWhole(): null {
  zoomTo(...whole);
  return null;
}

function draw(): void {
  const { first, step, points, spans } = drawing;
  const buckets = { first, step, points };
  const around: Surroundings = { theme: themeNow(), ...buckets, spans, shown: () => shown, zoomTo, showWhole };
  for (const plot of plots) plot.destroy();
  plots = places.map((place) => {
    const chart = charts[Number(place.dataset.chart)]!;
    const values = chart.series.map(toTheEnd);
    const data = [times, ...values] as unknown as uPlot.AlignedData;
    return new uPlot(optionsOf(chart, values, place.clientWidth, around), data, place);
  });
  if (plots.length > 0) zoomTo(...shown);
}

/** A step lasts to the end of its bucket, the last one too. */
function toTheEnd({ data, style }: ChartSeries): Values {
  const values = decoded(data);
  const isStep = style === 'area' || style === 'step';
  return [...values, isStep ? (values[values.length - 1] ?? null) : null];
}

/** Arrows move the cursor, plus and minus zoom around it, 0 and Escape show the whole run. */
function onKey(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const place = event.currentTarget as HTMLElement;
  const plot = plots[places.indexOf(place)]!;
  const at = plot.cursor.idxs?.[0] ?? bucketAt(drawing, (shown[0] + shown[1]) / 2);
  const half = (shown[1] - shown[0]) / 2;
  const moveTo = (index: number) => {
    const point = Math.min(drawing.points - 1, Math.max(0, index));
    const left = plot.valToPos(times[point]! + drawing.step / 2, 'x');
    plot.setCursor({ left, top: plot.over.clientHeight / 2 });
    if (reading !== null) reading.textContent = readingAt(place, plot, point);
  };
  const middle = times[at]! + drawing.step / 2;
  const zoomBy = (factor: number) => zoomTo(middle - half * factor, middle + half * factor);
  const keys: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => moveTo(at - 1),
    ArrowRight: () => moveTo(at + 1),
    PageUp: () => moveTo(at - 20),
    PageDown: () => moveTo(at + 20),
    '+': () => zoomBy(1 / ZOOM),
    '=': () => zoomBy(1 / ZOOM),
    '-': () => zoomBy(ZOOM),
    '0': showWhole,
    Escape: showWhole,
  };
  const act = keys[event.key];
  if (act === undefined) return;
  act();
  event.preventDefault();
}

/** What is under the cursor, for those who hear it. */
function readingAt(place: HTMLElement, { data }: uPlot, point: number): string {
  const { series } = charts[Number(place.dataset.chart)]!;
  const values = series.map(({ label, unit }, index) => {
    const value = data[index + 1]![point];
    return `${label} ${value == null ? 'unknown' : written(unit, value)}`;
  });
  return `${instant(times[point]!, drawing.step)}: ${values.join(', ')}`;
}

for (const place of places) place.addEventListener('keydown', onKey);
zoomOut?.addEventListener('click', showWhole);
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
// Paper is white, whatever the screen is, and the style of paper holds only after the event. Nothing unfolds on it.
let unfolded: HTMLDetailsElement[] = [];
addEventListener('beforeprint', () => {
  const folded = [...document.querySelectorAll<HTMLDetailsElement>('details:not([open])')];
  for (const each of folded) each.open = true;
  // A browser may say so more than once.
  unfolded.push(...folded);
  drawOn('paper');
});
addEventListener('afterprint', () => {
  for (const each of unfolded) each.open = false;
  unfolded = [];
  drawOn('screen');
});

function drawOn(what: 'paper' | 'screen'): void {
  document.documentElement.classList.toggle('paper', what === 'paper');
  draw();
}

new ResizeObserver(() => {
  for (const [index, plot] of plots.entries()) {
    const width = places[index]!.clientWidth;
    if (width > 0 && width !== plot.width) plot.setSize({ width, height: HEIGHT });
  }
}).observe(document.body);
// A link into a folded part opens it.
for (const event of ['hashchange', 'load']) {
  addEventListener(event, () => {
    const target = location.hash.length > 1 ? document.getElementById(location.hash.slice(1)) : null;
    target?.closest('details')?.setAttribute('open', '');
  });
}
draw();
