/** Allocation of a fixed provisioned concurrency: ready at time 0, or prepared and allocated from then on when the rule is told so. */

import { makeDistribution } from '../engine/distributions/registry.js';
import type { EventLoop } from '../engine/event-loop.js';
import type { Streams } from '../engine/random-streams.js';
import { SECOND } from '../engine/units.js';
import { Variates } from '../engine/variates.js';
import { allocatedAfter, provisionedConcurrency } from '../rules/provisioned-concurrency.js';
import type { Rulebook } from '../rules/rulebook.js';
import type { LambdaFunction } from './lambda-function.js';
import type { Recorder } from './recorder.js';

export function allocateProvisioned(
  fn: LambdaFunction,
  region: string,
  loop: EventLoop,
  rules: Rulebook,
  streams: Streams,
  recorder: Recorder,
): void {
  const requested = fn.settings.provisionedConcurrency;
  if (requested === 0) return;
  const rule = rules.value(provisionedConcurrency);
  recorder.allocated(fn.id, requested);
  if (rule.readyAtStart) {
    fn.environments.openProvisioned(requested, false);
    return;
  }
  let ready = 0;
  const id = fn.settings.id;
  const preparation = new Variates(
    makeDistribution(rule.preparation),
    streams.named(`functions.${id}/preparation`),
  ).next();
  // Looked at every second: the rates are given per minute.
  const check = loop.define(`functions.${id}/allocation`, () => {
    const now = allocatedAfter(rule, region, requested, loop.now - preparation);
    fn.environments.openProvisioned(now - ready, true);
    ready = now;
    if (ready < requested) loop.after(SECOND, check);
  });
  loop.at(preparation, check);
}
