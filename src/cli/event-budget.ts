/** The limit on events: a scenario that is expected to need more is refused before it starts. */
import { shortCount } from '../engine/format.js';
import type { Check } from '../scenario/checks/registry.js';
import { expectedEvents } from '../study/expected-events.js';

/** Reports a scenario that needs more than about `maxEvents` events, once what decides their number can be read. */
export function checkEvents(maxEvents: number): Check {
  return (scenario, context) => {
    const expected = expectedEvents(scenario) * scenario.run.replications;
    if (!(expected > maxEvents)) return;
    context.report(
      ['run', 'duration'],
      {
        code: 'too-many-events',
        message: `about ${shortCount(expected)} events are expected, more than the limit of ${shortCount(maxEvents)}`,
        hint: `shorten run.duration, lower the rates or backlogs, or raise the limit with --max-events ${roundedUp(expected)}`,
      },
      [['asOf'], ['run'], ['traffic'], ['queues'], ['streams']],
    );
  };
}

/** The next number with two digits above, with room for chance. */
function roundedUp(expected: number): string {
  const [digits = '1', exponent = '0'] = (expected * 1.2).toExponential(1).replace('+', '').split('e');
  return `${(Number(digits) + 0.1).toFixed(1)}e${exponent}`;
}
