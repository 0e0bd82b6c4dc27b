/** Thresholds that name a function or traffic which does not exist. */
import { suggestion } from '../nearest.js';
import { shown } from '../quantities/reading.js';
import type { Context } from '../resolve/context.js';
import type { Scenario } from '../types.js';

export function checkThresholds({ thresholds }: Scenario, context: Context): void {
  for (const [index, { path }] of thresholds.entries()) {
    const [owner, id = ''] = path;
    if (owner !== 'functions' && owner !== 'traffic') continue;
    const ids = context.ids[owner];
    if (ids.includes(id)) continue;
    const at = ['thresholds', index];
    context.report(context.has([...at, 'check']) ? [...at, 'check'] : at, {
      code: 'unknown-id',
      message: `there is no ${owner === 'functions' ? 'function' : 'traffic'} ${shown(id)}`,
      hint: suggestion(id, ids),
    });
  }
}
