/** Times that AWS takes in whole seconds or hours only. */
import type { Micros } from '../../engine/units.js';
import { durationText } from '../quantities/duration.js';
import type { Context } from '../resolve/context.js';
import type { Path } from '../tree.js';

/** Reports a time that is no multiple of `step`, the number of the rule of that name. A step of 0 allows any. */
export function checkStep(time: Micros, step: Micros, path: Path, rule: string, context: Context): void {
  if (step === 0 || time % step === 0) return;
  context.report(path, {
    code: 'not-whole',
    message: `${durationText(time)} is not a multiple of ${durationText(step)} (rule ${rule})`,
    hint: `write ${durationText(Math.ceil(time / step) * step)}`,
  });
}
