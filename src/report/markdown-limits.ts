/** The folded sections of report.md on how near the run came to its limits, and on what theory says of it. */
import { plainNumber, share, shortDuration } from '../engine/format.js';
import type { Results } from '../results/run-result.js';
import { FigureReader } from './figure-reader.js';
import { folded, table } from './markdown-blocks.js';
import { markdownCode as code, markdownText as prose } from './text.js';

const MOST = 50;

/** The nearest first. */
export function limits(results: Results): string {
  const figures = new FigureReader(results);
  const rows = (results.limits ?? [])
    .map((limit) => {
      const greatest = figures.at(...limit.figure.split('.'));
      const used = limit.value > 0 && greatest !== null ? Math.min(1, greatest / limit.value) : null;
      const text = /^(Duration|Latency)/.test(limit.metric) ? shortDuration : plainNumber;
      return { used: used ?? -1, cells: [code(limit.setting), share(used), text(greatest), text(limit.value)] };
    })
    .sort((a, b) => b.used - a.used)
    .map(({ cells }) => cells);
  if (rows.length === 0) return '';
  const [nearest = []] = rows;
  const text = table(['limit', 'used', 'greatest', 'limit'], 'lrrr', rows.slice(0, MOST));
  const rest = rows.length > MOST ? `\n\nand ${rows.length - MOST} more.` : '';
  return folded(`Limits: the nearest is used to ${nearest[1]}`, text + rest);
}

export function theory({ theory: checks = [] }: Results): string {
  if (checks.length === 0) return '';
  const rows = checks.slice(0, MOST).map(({ resource, law, expected, simulated, assumes }) => {
    const text = (value: number) => (law === 'Erlang B' ? share(value) : plainNumber(+value.toPrecision(4)));
    return [code(resource), prose(law), text(expected), text(simulated), prose(assumes)];
  });
  return folded(
    'Beside queueing theory',
    table(['resource', 'law', 'formula', 'simulated', 'what it says'], 'llrrl', rows),
  );
}
