/** A chart over time as data: what the page carries and its script draws. */
import type { Unit } from './written.js';

export interface ChartSeries {
  readonly label: string;
  readonly unit: Unit;
  /** `line` from bucket to bucket, `step` through each, `area` from 0, `bars` for what seldom happens. */
  readonly style: 'line' | 'step' | 'area' | 'bars';
  /** Number of a colour; 0 is that of trouble. */
  readonly colour: number;
  /** The right-hand axis. */
  readonly right?: boolean;
  readonly data: string;
}

export interface Chart {
  readonly title: string;
  /** What the chart shows, in words. */
  readonly summary: string;
  readonly series: readonly ChartSeries[];
  readonly limits: readonly { readonly label: string; readonly value: number }[];
  readonly logarithmic: boolean;
}
