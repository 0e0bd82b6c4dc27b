/** What a function says of its asynchronous events, against AWS's ranges and the day. */
import { asyncEventAge } from '../../rules/async-event-age.js';
import { asyncFunctionErrorRetry } from '../../rules/async-function-error-retry.js';
import { durationText } from '../quantities/duration.js';
import type { Context } from '../resolve/context.js';
import type { Path } from '../tree.js';
import type { Scenario } from '../types.js';
import { checkFeature } from './feature-dates.js';
import { hold } from './hold.js';

export function checkAsynchronous({ functions }: Scenario, context: Context): void {
  const { minimum, maximum } = context.rules.value(asyncEventAge);
  const retries = context.rules.value(asyncFunctionErrorRetry).maximum;
  for (const { id, async } of functions) {
    const path: Path = ['functions', id, 'async'];
    for (const key of ['maximumRetryAttempts', 'maximumEventAge'] as const)
      if (context.has([...path, key])) checkFeature('asynchronousSettings', [...path, key], context);
    for (const key of ['onSuccess', 'onFailure'] as const)
      if (context.has([...path, key])) checkFeature('destinations', [...path, key], context);
    if (async.maximumRetryAttempts > retries) {
      context.report([...path, 'maximumRetryAttempts'], {
        code: 'above-maximum',
        message: `${async.maximumRetryAttempts} retries are above the maximum of ${retries}`,
        hint: `use 0 to ${retries}`,
      });
    }
    hold(async.maximumEventAge, { minimum, maximum }, durationText, [...path, 'maximumEventAge'], context);
  }
}
