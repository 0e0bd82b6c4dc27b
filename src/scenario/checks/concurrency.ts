/** Reserved and provisioned concurrency against each other and against the account. */
import { reservable, reservedConcurrency } from '../../rules/reserved-concurrency.js';
import type { Context } from '../resolve/context.js';
import type { Path } from '../tree.js';
import type { Scenario } from '../types.js';

const LIMIT: Path = ['account', 'concurrencyLimit'];

export function checkConcurrency({ account, functions }: Scenario, context: Context): void {
  const rule = context.rules.value(reservedConcurrency);
  const limit = account.concurrencyLimit;
  const free = reservable(rule, limit);
  let claimed = 0;
  for (const { id, reservedConcurrency: reserved, provisionedConcurrency: provisioned } of functions) {
    const path: Path = ['functions', id, reserved === undefined ? 'provisionedConcurrency' : 'reservedConcurrency'];
    if (reserved !== undefined && provisioned > reserved) {
      context.report(
        ['functions', id, 'provisionedConcurrency'],
        {
          code: 'above-maximum',
          message: `${provisioned} provisioned is above the ${reserved} reserved for the function`,
          hint: `raise reservedConcurrency to ${provisioned}, or provision at most ${reserved}`,
        },
        [['functions', id, 'reservedConcurrency']],
      );
    }
    // Provisioned concurrency counts inside a reservation, else on its own.
    const own = reserved ?? provisioned;
    const before = claimed;
    claimed += own;
    if (claimed <= free || before > free || own === 0) continue;
    context.report(
      path,
      {
        code: 'above-account-limit',
        message: `this brings reserved and provisioned concurrency to ${claimed}, and the account can give ${free} of its ${limit}: ${rule.unreservedMinimum} stay unreserved`,
        hint: `${free > before ? `use at most ${free - before}` : 'remove it'}, or raise account.concurrencyLimit to ${claimed + rule.unreservedMinimum}`,
      },
      [LIMIT],
    );
  }
  const most = account.otherConcurrency.reduce((greatest, { amount }) => Math.max(greatest, amount), 0);
  if (most > limit) {
    context.report(
      ['account', 'otherConcurrency'],
      {
        code: 'above-account-limit',
        message: `others use up to ${most}, more than the account's ${limit}`,
        hint: 'lower it, or raise account.concurrencyLimit',
      },
      [LIMIT],
    );
  }
}
