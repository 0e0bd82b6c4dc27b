/** The lines of the terminal summary that show courses over time: concurrency, and the latency of the busiest traffic. */
import { shortCount, shortDuration } from '../engine/format.js';
import type { Results } from '../results/run-result.js';
import { foremost } from './foremost.js';
import { greatestOf, sparkline } from './sparkline.js';
import { oneLine, padded, shortened } from './text.js';
import type { TimelineSeries } from './timeline-series.js';

const LABEL = 18;
const LINE = 48;
const MOST_TRAFFIC = 3;

/** A header and a line each, at most 80 columns; none without a timeline. */
export function courseLines(results: Results, timeline: TimelineSeries | undefined): string[] {
  if (timeline === undefined) return [];
  const courses = [
    { label: 'concurrency', values: timeline.series.get('account')?.get('ConcurrentExecutions'), format: shortCount },
    ...busiestTraffic(results).map((id) => ({
      label: `p99 of ${oneLine(id)}`,
      values: timeline.series.get(`traffic.${id}`)?.get('Latency.p99'),
      format: shortDuration,
    })),
  ];
  const lines = courses.flatMap(({ label, values, format }) => {
    const greatest = values && greatestOf(values);
    if (values === undefined || greatest === undefined) return [];
    const drawn = sparkline(values, LINE).padEnd(LINE);
    return [`${padded(shortened(label, LABEL), LABEL)}  ${drawn}  ${format(greatest).padStart(10)}`];
  });
  if (lines.length === 0) return [];
  // Two minutes of a run have no span in minutes.
  const end = results.scenario.durationSeconds < 120 ? 19 : 16;
  const instant = (ms: number) => new Date(Date.parse(results.scenario.start) + ms).toISOString();
  const [from, to] = [instant(timeline.firstMs), instant(results.scenario.durationSeconds * 1000)];
  const begin = from.slice(0, 4) === to.slice(0, 4) ? 5 : 0;
  const span = `${[from, to].map((each) => each.slice(begin, end).replace('T', ' ')).join(' to ')} UTC`;
  return [`${'OVER TIME'.padEnd(LABEL)}  ${span.padEnd(LINE)}  ${'greatest'.padStart(10)}`, ...lines];
}

/** In the order of the file. */
function busiestTraffic({ runs: [run] }: Results): readonly string[] {
  return foremost(Object.keys(run?.traffic ?? {}), MOST_TRAFFIC, (id) => run?.traffic[id]?.offered ?? 0);
}
