/** Places for the charts over time, which the script of the page draws, with what each shows in words. */
import { duration } from '../../../engine/format.js';
import type { Report } from '../../report.js';
import type { Chart } from '../chart.js';
import type { ChartsOf } from '../charts.js';
import { code, type Markup, markup, prose } from '../markup.js';
import { type Section, section } from '../section.js';
import { shadedFinding } from '../shade.js';
import { spaced } from './verdict.js';

/** Numbered through the page: the script finds the data of a chart by its number. */
export class ChartPlaces {
  readonly placed: Chart[] = [];

  place(chart: Chart): Markup {
    const number = this.placed.push(chart) - 1;
    return markup`<figure class="chart"><figcaption>${chart.title}</figcaption><div class="plot" data-chart="${number}" tabindex="0" role="group" aria-label="${chart.title}: ${chart.summary}. Arrow keys move the cursor, plus and minus zoom, 0 shows the whole run."></div><p class="summary">${chart.summary}</p></figure>
`;
  }
}

export function overTimeSection(
  groups: readonly ChartsOf[],
  { results, timeline }: Report,
  places: ChartPlaces,
): Section {
  if (timeline === undefined) {
    return section(
      'time',
      'Over time',
      markup`<p>There is no timeline: there was no <code>timeline.csv</code> to draw it from.</p>`,
    );
  }
  if (groups.length === 0)
    return section(
      'time',
      'Over time',
      markup`<p>There is nothing to draw: <code>timeline.csv</code> has no rows.</p>`,
    );
  const bucket = duration(timeline.bucketMs);
  const last = duration(timeline.lastBucketMs);
  const shaded = shadedFinding(results);
  const notes = [
    `Counts are those of ${bucket} each${last === bucket ? '' : `, the last of ${last}`}; the time is UTC.`,
    results.runs.length > 1 ? 'The courses are those of the first replication.' : '',
    shaded === undefined ? '' : `Shaded: ${spaced(shaded.limit)} of ${shaded.resource}.`,
    timeline.isThinned
      ? 'Neighbouring buckets share two points, their least and their greatest: no peak is lost. timeline.csv has every bucket.'
      : '',
  ].filter((note) => note !== '');
  return section(
    'time',
    'Over time',
    markup`<p class="lead">${prose(notes.join(' '))}</p><p class="zoomhint">Drag over a chart to zoom all of them; a double click or the button shows the whole run again. <button type="button" id="zoom-out" hidden>Show the whole run</button></p><p class="unseen" id="reading" aria-live="polite"></p><noscript><p>The charts need JavaScript; all else on this page does not.</p></noscript>`,
    groups.map(
      ({ resource, charts }) =>
        markup`<div class="charts"><h3>${resource === 'account' ? 'Account' : code(resource)}</h3><div class="grid">${charts.map((chart) => places.place(chart))}</div></div>
`,
    ),
  );
}
