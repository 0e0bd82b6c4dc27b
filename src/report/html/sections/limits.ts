/** How near the run came to each limit of the scenario. */
import { share } from '../../../engine/format.js';
import { limitUses } from '../../limit-use.js';
import { type Figures, figure } from '../figures.js';
import { code, markup } from '../markup.js';
import { type Section, section } from '../section.js';
import { bar } from '../svg.js';
import { MOST_PICTURES, table } from '../table.js';

/** None where the results hold no limits. */
export function limitsSection(figures: Figures): Section[] {
  const uses = limitUses(figures);
  if (uses.length === 0) return [];
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
      rows: uses
        .slice(0, MOST_PICTURES)
        .map(({ limit, of, path, format, limitText, used }) => [
          markup`${code(limit.setting)}${of !== '' && `, ${of}`}`,
          bar(used ?? 0, `${share(used)} of the limit`, (used ?? 0) >= 1 ? 'fbad' : 'f1'),
          figure(share, used),
          figures.show(format, ...path),
          figure(limitText, limit.value),
        ]),
      left: Math.max(0, uses.length - MOST_PICTURES),
      file: 'results.json',
      what: 'limits',
      id: 'limit-table',
    }),
  );
  return [body];
}
