/** What lies under and over the lines of a chart: the time of the first finding, and the limits. */
import type uPlot from 'uplot';
import type { Chart } from '../chart.js';
import type { Stretch } from './axis-text.js';
import type { Theme } from './theme.js';

export function drawSpans({ ctx, bbox, valToPos }: uPlot, spans: readonly Stretch[], theme: Theme): void {
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.fillStyle = theme.span;
  for (const [from, to] of spans) {
    const left = valToPos(from, 'x', true);
    ctx.fillRect(left, bbox.top, Math.max(2, valToPos(to, 'x', true) - left), bbox.height);
  }
  ctx.restore();
}

/** A dashed line each, with its name on it. */
export function drawLimits({ ctx, bbox, scales, valToPos }: uPlot, { limits }: Chart, theme: Theme): void {
  const pixels = (count: number) => count * devicePixelRatio;
  const { min, max } = scales.y!;
  ctx.save();
  ctx.fillStyle = theme.limit;
  ctx.font = theme.canvasFont;
  ctx.textAlign = 'left';
  ctx.lineJoin = 'round';
  for (const { label, value } of limits) {
    if (min == null || max == null || value < min || value > max) continue;
    const y = Math.round(valToPos(value, 'y', true));
    ctx.strokeStyle = theme.limit;
    ctx.lineWidth = pixels(1);
    ctx.setLineDash([pixels(5), pixels(4)]);
    ctx.beginPath();
    ctx.moveTo(bbox.left, y);
    ctx.lineTo(bbox.left + bbox.width, y);
    ctx.stroke();
    const isBelow = y - bbox.top < pixels(16);
    ctx.textBaseline = isBelow ? 'top' : 'bottom';
    const [left, top] = [bbox.left + pixels(4), y + pixels(isBelow ? 3 : -2)];
    // Lines that pass behind the name stop around it.
    ctx.setLineDash([]);
    ctx.lineWidth = pixels(3);
    ctx.strokeStyle = theme.card;
    ctx.strokeText(label, left, top);
    ctx.fillText(label, left, top);
  }
  ctx.restore();
}
