/** Thresholds that name a resource which does not exist. */
import { suggestion } from '../nearest.js';
import { shown } from '../quantities/reading.js';
import { type Context, ID_KINDS, KIND_NAMES } from '../resolve/context.js';
import type { Scenario } from '../types.js';

export function checkThresholds({ thresholds }: Scenario, context: Context): void {
  for (const [index, { path }] of thresholds.entries()) {
    const [owner, id = ''] = path;
    const kind = ID_KINDS.find((name) => name === owner);
    if (kind === undefined) continue;
    const ids = context.ids[kind];
    if (ids.includes(id)) continue;
    const at = ['thresholds', index];
    context.report(context.has([...at, 'check']) ? [...at, 'check'] : at, {
      code: 'unknown-id',
      message: `there is no ${KIND_NAMES[kind]} ${shown(id)}`,
      hint: suggestion(id, ids),
    });
  }
}
