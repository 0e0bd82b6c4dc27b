/** Billed run time that is no work of the handler: what rounding adds, and inits. */

import { duration, money, share } from '../../engine/format.js';
import { MILLISECOND, SECOND } from '../../engine/units.js';
import { billedDuration } from '../../rules/billed-duration.js';
import type { Found } from './found.js';
import type { Subject } from './subject.js';

/** Below a tenth of the run time nobody would act on it. */
const NOTABLE = 0.1;
/** When AWS began to bill by the millisecond. */
const FINER = 1 * MILLISECOND;

export function roundedTime(subject: Subject): Found[] {
  const { granularity } = subject.rules.value(billedDuration);
  const first = billedDuration.versions.find(({ value }) => value.granularity <= FINER)?.from;
  // Where the millisecond rules, what rounding adds cannot be turned.
  if (granularity <= FINER || first === undefined) return [];
  const step = duration(granularity / MILLISECOND);
  return billedTime(
    subject,
    'rounding',
    'BilledDuration',
    (part) => `Rounding every run up to ${step} is ${part}; since ${first} AWS bills by the millisecond.`,
    () => 'asOf',
  );
}

export function billedInits(subject: Subject): Found[] {
  return billedTime(
    subject,
    'init',
    'BilledInit',
    (part) => `Inits are ${part}.`,
    (id) => `functions.${id}.init`,
  );
}

function billedTime(
  subject: Subject,
  part: 'rounding' | 'init',
  limit: string,
  say: (part: string) => string,
  knob: (id: string) => string,
): Found[] {
  const { functions, run } = subject.scenario;
  return functions.flatMap(({ id }): Found[] => {
    const { gbSecondsBy, billed } = subject.run.functions[id]!;
    const all = billed.gbSeconds + billed.provisionedDurationGbSeconds;
    if (all === 0 || gbSecondsBy[part] < NOTABLE * all) return [];
    const ofAll = gbSecondsBy[part] / all;
    const month = ofAll * subject.monthlyUsd(id, 'Duration');
    const message = say(`${share(ofAll)} of the billed run time of ${id}, ${money(month)} a month`);
    const period = { from: run.warmUp / SECOND, to: run.duration / SECOND };
    const weight = { touches: ['bill'], requests: 0, bill: subject.shareOfBill(month) } as const;
    return [{ resource: `functions.${id}`, limit, ...period, message, knob: knob(id), ...weight }];
  });
}
