/** Who filled the concurrency that functions without a reservation share, and what keeps a part of it free for one of them. */

import { count } from '../../engine/format.js';
import { reservable, reservedConcurrency } from '../../rules/reserved-concurrency.js';
import { claimedConcurrency } from '../../scenario/claimed-concurrency.js';
import type { LambdaFunctionSettings } from '../../scenario/types.js';
import { offeredConcurrency } from './offered-concurrency.js';
import type { Subject } from './subject.js';
import type { Limit } from './throttles.js';

/**
 * The largest user by its peak on demand, while the pool was full, is named. When that is the function itself, only a larger
 * account helps; when it is another, a reservation keeps a part for the function, if the account has enough to give. Peaks
 * need not be of the same instant.
 */
export function accountPool(subject: Subject, fn: LambdaFunctionSettings): Limit {
  const { scenario, run, evidence } = subject;
  const { concurrencyLimit, otherConcurrency } = scenario.account;
  const pool = concurrencyLimit - claimedConcurrency(scenario.functions);
  const users = scenario.functions
    .filter(({ reservedConcurrency: reserved }) => reserved === undefined)
    .map(({ id, provisionedConcurrency }) => ({
      id,
      name: id,
      peak: evidence.poolUse.get(`${fn.id}/${id}`) ?? run.functions[id]!.concurrency.max - provisionedConcurrency,
    }));
  users.push({
    id: '',
    name: 'functions that are not modelled',
    // Reservations come first: of the pool no more than all of it is used.
    peak: otherConcurrency.reduce((most, { amount }) => Math.max(most, Math.min(amount, pool)), 0),
  });
  const largest = users.reduce((most, user) => (user.peak > most.peak ? user : most));
  const full = `the ${count(pool)} executions that functions without a reservation share were in use`;
  if (largest.id === fn.id) return { because: full, knob: 'account.concurrencyLimit' };
  const used = `${full}, up to ${count(largest.peak)} of them by ${largest.name}`;
  const free = reservableFor(subject, fn);
  const needed = neededBy(subject, fn);
  if (free < needed)
    return {
      because: `${used}; ${fn.id} needs at least ${count(needed)}, and the account can reserve ${count(free)} of its ${count(concurrencyLimit)} for it`,
      knob: 'account.concurrencyLimit',
    };
  return {
    because: `${used}; a reservation keeps a part for ${fn.id}`,
    knob: `functions.${fn.id}.reservedConcurrency`,
  };
}

/** The most that it may reserve beside what others have; what is provisioned for it lies inside a reservation. */
function reservableFor({ scenario, rules }: Subject, fn: LambdaFunctionSettings): number {
  const others = scenario.functions.filter((one) => one !== fn);
  const most = reservable(rules.value(reservedConcurrency), scenario.account.concurrencyLimit);
  return Math.max(0, most - claimedConcurrency(others));
}

/** At its peak; at least what its requests alone would keep busy on average, for it may never have had that much. */
function neededBy(subject: Subject, fn: LambdaFunctionSettings): number {
  return Math.ceil(Math.max(1, subject.run.functions[fn.id]!.concurrency.max, offeredConcurrency(subject, fn) ?? 0));
}
