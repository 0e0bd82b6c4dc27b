/** Thresholds that name a resource which does not exist. */
import { suggestion } from '../nearest.js';
import { shown } from '../quantities/reading.js';
import { type Context, ID_KINDS, KIND_NAMES } from '../resolve/context.js';
import { readersOf } from '../resource-figures.js';
import type { Scenario } from '../types.js';

export function checkThresholds({ functions }: Scenario, context: Context): void {
  for (const { at, path } of context.figures) {
    const [owner, id] = path;
    const kind = ID_KINDS.find((name) => name === owner);
    if (kind === undefined || id === undefined) continue;
    const reader = kind === 'streams' && path[2] === 'consumers' ? path[3] : undefined;
    const [named, ids, what] =
      reader === undefined || !context.ids[kind].includes(id)
        ? [id, context.ids[kind], KIND_NAMES[kind]]
        : [reader, readersOf(id, functions), `reader of ${id}`];
    if (ids.includes(named)) continue;
    context.reportWritten(at, {
      code: 'unknown-id',
      message: `there is no ${what} ${shown(named)}`,
      hint: suggestion(named, ids),
    });
  }
}
