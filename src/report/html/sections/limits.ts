/** How near the run came to each limit of the scenario. */
import { plainNumber, share, shortDuration } from '../../../engine/format.js';
import { type Figures, figure } from '../figures.js';
import { code, markup } from '../markup.js';
import { type Section, section } from '../section.js';
import { bar } from '../svg.js';
import { MOST_PICTURES, table } from '../table.js';

/** None where the results hold no limits. */
export function limitsSection(figures: Figures): Section[] {
  const { limits = [] } = figures.results;
  if (limits.length === 0) return [];
  const rows = limits.map((limit) => {
    const path = limit.figure.split('.');
    const peak = figures.at(...path);
    // Provisioned environments that are all in use let the rest run on demand: the limit is reached, not passed.
    const used = limit.value > 0 && peak !== null ? Math.min(1, peak / limit.value) : null;
    const isTime = /^(Duration|Latency)/.test(limit.metric);
    return {
      used: used ?? -1,
      cells: [
        code(limit.setting),
        bar(used ?? 0, `${share(used)} of the limit`, (used ?? 0) >= 1 ? 'fbad' : 'f1'),
        figure(share, used),
        figures.show(isTime ? 'shortDuration' : 'count', ...path),
        figure(isTime ? shortDuration : plainNumber, limit.value),
      ],
    };
  });
  const nearest = rows.sort((a, b) => b.used - a.used);
  const body = section(
    'limits',
    'Limits',
    markup`<p class="lead">The greatest figure of the run against the limit that bounds it, the nearest first.</p>`,
    table({
      caption: 'Limits and how near the run came to them',
      columns: [
        { title: 'limit' },
        { title: 'used', is: 'picture' },
        { title: 'used', is: 'number' },
        { title: 'greatest', is: 'number' },
        { title: 'limit', is: 'number' },
      ],
      rows: nearest.slice(0, MOST_PICTURES).map(({ cells }) => cells),
      left: Math.max(0, nearest.length - MOST_PICTURES),
      what: 'limits',
      id: 'limit-table',
    }),
  );
  return [body];
}
