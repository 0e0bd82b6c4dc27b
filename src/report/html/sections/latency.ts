/** What clients saw: how requests ended, how long they took as a distribution, what of, and what theory says. */
import { duration, plainNumber } from '../../../engine/format.js';
import type { Figures } from '../figures.js';
import { type Content, code, type Markup, markup } from '../markup.js';
import { type Section, section } from '../section.js';
import { distribution, logAxis, type Part, stackedBar } from '../svg.js';
import { type Column, MOST_PICTURES, table } from '../table.js';
import { powerOfTenMs } from '../written.js';

const QUANTILES = ['p50', 'p90', 'p95', 'p99', 'p999', 'max', 'mean'] as const;

const PARTS = [
  ['wait', 'wait', 'f6'],
  ['overhead', 'platform', 'f4'],
  ['init', 'init', 'f5'],
  ['handler', 'handler', 'f1'],
  ['downstream', 'downstream', 'f3'],
  ['retryWait', 'retry wait', 'fbad'],
] as const;

const ENDS = [
  ['succeeded', 'succeeded', 'f3'],
  ['failed', 'failed', 'f5'],
  ['throttled', 'throttled', 'fbad'],
  ['timedOut', 'timed out', 'f2'],
  ['unfinished', 'unfinished', 'fg'],
] as const;

/** None without traffic. */
export function latencySection(figures: Figures): Section[] {
  const ids = figures.busiest('traffic', 'offered', MOST_PICTURES);
  if (ids.length === 0) return [];
  const left = figures.ids('traffic').length - ids.length;
  const answered = ids.filter((id) => figures.at('traffic', id, 'latency', 'max') !== null);
  const ends = endsTable(figures, ids, left);
  // Who hands a message or an event over waits for no answer.
  if (answered.length === 0) return [section('latency', 'Requests', ends)];
  const all = section(
    'latency',
    'Latency',
    markup`<p class="lead">Of the requests that succeeded, as the client saw it: first attempt to answer.</p>`,
    quantileTable(
      figures,
      answered.map((id) => ({ name: code(id), path: ['traffic', id, 'latency'] })),
      'traffic',
      'Latency by traffic',
      left,
    ),
    markup`<h3>What the mean is made of</h3>`,
    partsTable(figures, answered, left),
    markup`<h3>How requests ended</h3>`,
    ends,
  );
  return [all];
}

/** Quantiles with a picture of each, all on one logarithmic axis. */
export function quantileTable(
  figures: Figures,
  rows: readonly { readonly name: Content; readonly path: readonly string[] }[],
  title: string,
  caption: string,
  left = 0,
): Markup | '' {
  const value = (path: readonly string[], key: string) => figures.at(...path, key) ?? 0;
  if (rows.length === 0) return '';
  const least = Math.min(...rows.map(({ path }) => Math.max(0.001, value(path, 'min'))));
  const axis = logAxis(least, Math.max(least, ...rows.map(({ path }) => value(path, 'max'))));
  const ticks = axis.ticks.map(axis.place);
  const columns: Column[] = [
    { title },
    { title: axisTitle(axis.ticks), is: 'picture' },
    ...QUANTILES.map((key) => ({ title: key === 'p999' ? 'p99.9' : key, is: 'number' as const })),
  ];
  return markup`<p class="lead">The circle is p50, the bar is thick up to p90 and thin up to the mark of p99, and the line goes from the least to the greatest.</p>${table(
    {
      caption,
      columns,
      rows: rows.map(({ name: label, path }) => {
        const at = (key: string) => axis.place(value(path, key));
        const places = { min: at('min'), p50: at('p50'), p90: at('p90'), p99: at('p99'), max: at('max') };
        const words = `${duration(value(path, 'min'))} to ${duration(value(path, 'max'))}, half within ${duration(value(path, 'p50'))}`;
        return [
          label,
          distribution(places, ticks, words),
          ...QUANTILES.map((key) => figures.show('duration', ...path, key)),
        ];
      }),
      what: title === 'function' ? 'functions' : title,
      left,
    },
  )}`;
}

function axisTitle(ticks: readonly number[]): string {
  const [first] = ticks;
  const last = ticks.at(-1);
  if (first === undefined || last === undefined) return 'distribution';
  return first === last
    ? `distribution, line at ${powerOfTenMs(first)}`
    : `distribution, lines from ${powerOfTenMs(first)} to ${powerOfTenMs(last)}`;
}

function partsTable(figures: Figures, ids: readonly string[], left: number): Markup {
  const used = PARTS.filter(([key]) => ids.some((id) => figures.has('traffic', id, 'parts', key)));
  return markup`${legend(used)}${table({
    caption: 'Parts of the mean latency',
    columns: [
      { title: 'traffic' },
      { title: 'parts', is: 'picture' },
      ...used.map(([, title]) => ({ title, is: 'number' as const })),
      { title: 'mean', is: 'number' },
    ],
    rows: ids.map((id) => {
      const parts = used.map(
        ([key, title, colour]): Part => ({ name: title, value: figures.at('traffic', id, 'parts', key) ?? 0, colour }),
      );
      return [
        code(id),
        stackedBar(parts, wordsOf(parts, duration)),
        ...used.map(([key]) => figures.show('duration', 'traffic', id, 'parts', key)),
        figures.show('duration', 'traffic', id, 'latency', 'mean'),
      ];
    }),
    what: 'traffic',
    left,
    file: 'results.json',
  })}`;
}

function endsTable(figures: Figures, ids: readonly string[], left: number): Markup {
  const used = ENDS.filter(([key]) => key === 'succeeded' || ids.some((id) => figures.has('traffic', id, key)));
  return markup`${used.length > 1 && legend(used)}${table({
    caption: 'How requests ended',
    columns: [
      { title: 'traffic' },
      { title: 'ends', is: 'picture' },
      { title: 'offered', is: 'number' },
      ...used.map(([, title]) => ({ title, is: 'number' as const })),
      { title: 'attempts', is: 'number' },
      { title: 'success', is: 'number' },
    ],
    rows: ids.map((id) => {
      const parts = used.map(
        ([key, title, colour]): Part => ({ name: title, value: figures.at('traffic', id, key) ?? 0, colour }),
      );
      return [
        code(id),
        stackedBar(
          parts,
          wordsOf(parts, (value) => plainNumber(value)),
        ),
        figures.show('count', 'traffic', id, 'offered'),
        ...used.map(([key]) => figures.show('count', 'traffic', id, key)),
        figures.show('count', 'traffic', id, 'attempts'),
        figures.share(['traffic', id, 'succeeded'], ['traffic', id, 'offered']),
      ];
    }),
    what: 'traffic',
    left,
  })}`;
}

/** What each colour means, beside the picture that uses it. */
export function legend(parts: readonly (readonly [key: string, title: string, colour: string])[]): Markup {
  return markup`<ul class="key">${parts.map(([, title, colour]) => markup`<li><svg width="10" height="10" aria-hidden="true"><rect class="${colour}" width="10" height="10"/></svg>${title}</li>`)}</ul>`;
}

export function wordsOf(parts: readonly Part[], format: (value: number) => string): string {
  const told = parts.filter(({ value }) => value > 0).map((part) => `${part.name} ${format(part.value)}`);
  return told.length === 0 ? 'nothing' : told.join(', ');
}
