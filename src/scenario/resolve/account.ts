/** The account with its limit of the day, and the concurrency of others as steps in time. */

import type { Micros } from '../../engine/units.js';
import { accountConcurrency } from '../../rules/account-concurrency.js';
import type { ScenarioInput } from '../schema.js';
import type { AccountSettings } from '../types.js';
import type { Context } from './context.js';

type AccountInput = ScenarioInput['account'];

export function resolveAccount(account: AccountInput, context: Context): AccountSettings {
  return {
    concurrencyLimit: account.concurrencyLimit ?? context.rules.value(accountConcurrency).limit,
    otherConcurrency: stepsOf(account.otherConcurrency),
    freeTier: account.freeTier,
    monthToDate: account.monthToDate,
    outages: [...(account.outages ?? [])].sort((a, b) => a.at - b.at),
  };
}

/** Stretches that overlap add up. */
function stepsOf(other: AccountInput['otherConcurrency']): readonly { at: Micros; amount: number }[] {
  if (typeof other === 'number') return [{ at: 0, amount: other }];
  const changes = new Map<Micros, number>([[0, 0]]);
  const change = (at: Micros, by: number): void => {
    changes.set(at, (changes.get(at) ?? 0) + by);
  };
  for (const stretch of other) {
    change(stretch.at, stretch.amount);
    if (stretch.for !== undefined) change(stretch.at + stretch.for, -stretch.amount);
  }
  let amount = 0;
  return [...changes]
    .sort(([a], [b]) => a - b)
    .map(([at, by]) => {
      amount += by;
      return { at, amount };
    });
}
