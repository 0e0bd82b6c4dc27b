/** Who filled the concurrency that functions without a reservation share, and what keeps a part of it free for one of them. */

import { count } from '../../engine/format.js';
import { claimedConcurrency } from '../../scenario/claimed-concurrency.js';
import type { LambdaFunctionSettings } from '../../scenario/types.js';
import type { Subject } from './subject.js';
import type { Limit } from './throttles.js';

/**
 * The largest user by its peak on demand, while the pool was full, is named. When that is the function itself, only a larger account helps; when it is another, a
 * reservation keeps a part for the function. Peaks need not be of the same instant.
 */
export function accountPool({ scenario, run, evidence }: Subject, fn: LambdaFunctionSettings): Limit {
  const { concurrencyLimit, otherConcurrency } = scenario.account;
  const pool = concurrencyLimit - claimedConcurrency(scenario.functions);
  const users = scenario.functions
    .filter(({ reservedConcurrency }) => reservedConcurrency === undefined)
    .map(({ id, provisionedConcurrency }) => ({
      id,
      name: id,
      peak: evidence.poolUse.get(`${fn.id}/${id}`) ?? run.functions[id]!.concurrency.max - provisionedConcurrency,
    }));
  users.push({
    id: '',
    name: 'functions that are not modelled',
    peak: otherConcurrency.reduce((most, { amount }) => Math.max(most, amount), 0),
  });
  const largest = users.reduce((most, user) => (user.peak > most.peak ? user : most));
  const full = `the ${count(pool)} executions that functions without a reservation share were in use`;
  if (largest.id === fn.id) return { because: full, knob: 'account.concurrencyLimit' };
  return {
    because: `${full}, up to ${count(largest.peak)} of them by ${largest.name}; a reservation keeps a part for ${fn.id}`,
    knob: `functions.${fn.id}.reservedConcurrency`,
  };
}
