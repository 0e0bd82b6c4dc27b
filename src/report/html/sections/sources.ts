/** Queues, streams, topics and dependencies, each where the results hold any: where items went, and every figure. */
import { count } from '../../../engine/format.js';
import { RESOURCE_KINDS, type ResourceKind } from '../../resource-tables.js';
import type { Figures } from '../figures.js';
import { type Content, code, markup } from '../markup.js';
import { type Section, section } from '../section.js';
import { type Part, stackedBar } from '../svg.js';
import { type Column, table } from '../table.js';
import { legend, wordsOf } from './latency.js';

export function sourceSections(figures: Figures): Section[] {
  return RESOURCE_KINDS.flatMap((kind) => (figures.ids(kind.kind).length === 0 ? [] : [sourceSection(figures, kind)]));
}

interface Row {
  readonly name: Content;
  readonly path: readonly string[];
}

function sourceSection(figures: Figures, of: ResourceKind): Section {
  const rows = rowsOf(figures, of);
  // A column that is nowhere in the results is one that this kind of source does not have.
  const shown = of.figures.filter(({ path }) => rows.some((row) => figures.at(...row.path, ...path) !== null));
  const fates = of.fates.filter(([key]) => rows.some((row) => figures.has(...row.path, key)));
  const pictured = fates.length > 0;
  const columns: Column[] = [
    { title: of.one },
    ...(pictured ? [{ title: `what became of ${of.whole}`, is: 'picture' as const }] : []),
    ...shown.map(({ title }) => ({ title, is: 'number' as const })),
  ];
  return section(
    of.kind,
    of.title,
    pictured && legend(fates),
    table({
      caption: of.title,
      columns,
      rows: rows.map(({ name: label, path }) => {
        const parts = fates.map(
          ([key, title, colour]): Part => ({ name: title, value: figures.at(...path, key) ?? 0, colour }),
        );
        return [
          label,
          ...(pictured ? [stackedBar(parts, wordsOf(parts, count))] : []),
          ...shown.map((each) => figures.show(each.format, ...path, ...each.path)),
        ];
      }),
      what: of.title.toLowerCase(),
      id: `${of.kind}-table`,
    }),
  );
}

/** The consumers of a stream come after it. */
function rowsOf(figures: Figures, { kind }: ResourceKind): Row[] {
  return figures.ids(kind).flatMap((id) => [
    { name: code(id), path: [kind, id] },
    ...figures.idsAt(kind, id, 'consumers').map((fn) => ({
      name: markup`<span class="sub">read by ${code(fn)}</span>`,
      path: [kind, id, 'consumers', fn],
    })),
  ]);
}
