/** The run itself, and what lies outside it. */
import { durationText } from '../quantities/duration.js';
import type { Context } from '../resolve/context.js';
import type { Scenario } from '../types.js';

export function checkRun({ run, account, traffic, queues, streams, dependencies }: Scenario, context: Context): void {
  if (!context.has(['traffic']) && [...queues, ...streams].every(({ backlog }) => backlog === 0)) {
    context.report(
      ['traffic'],
      {
        code: 'missing-setting',
        message: 'is required',
        hint: 'write a map of ids, or give a queue or stream a backlog',
      },
      [['queues'], ['streams']],
    );
  }
  if (run.warmUp >= run.duration) {
    context.report(
      ['run', 'warmUp'],
      {
        code: 'warm-up-too-long',
        message: `a warm-up of ${durationText(run.warmUp)} leaves nothing of a run of ${durationText(run.duration)}`,
        hint: 'shorten the warm-up or lengthen run.duration',
      },
      [['run', 'duration']],
    );
  }
  const end = durationText(run.duration);
  const lateIn = (path: string, at: number): void => {
    if (at >= run.duration)
      context.warn(`${path} at ${durationText(at)} is after the end of the run (${end}) and has no effect`);
  };
  for (const [index, outage] of account.outages.entries()) lateIn(`account.outages[${index}]`, outage.at);
  for (const { id, shape, spikes } of traffic) {
    if (shape.kind === 'burst') lateIn(`traffic.${id}.burst`, shape.at);
    for (const [index, spike] of spikes.entries()) lateIn(`traffic.${id}.spikes[${index}]`, spike.at);
  }
  for (const { id, redrive } of queues)
    for (const [index, { at }] of redrive.entries()) lateIn(`queues.${id}.redrive[${index}]`, at);
  for (const { id, reshard } of streams)
    for (const [index, { at }] of reshard.entries()) lateIn(`streams.${id}.reshard[${index}]`, at);
  for (const { id, outages } of dependencies)
    for (const [index, { at }] of outages.entries()) lateIn(`dependencies.${id}.outages[${index}]`, at);
  checkSpikes({ traffic }, context);
}

function checkSpikes({ traffic }: Pick<Scenario, 'traffic'>, context: Context): void {
  for (const { id, spikes } of traffic) {
    for (const [index, spike] of spikes.entries()) {
      if (spike.ramp * 2 <= spike.for) continue;
      context.report(['traffic', id, 'spikes', index, 'ramp'], {
        code: 'above-maximum',
        message: `two ramps of ${durationText(spike.ramp)} do not fit into a spike of ${durationText(spike.for)}`,
        hint: `use at most ${durationText(Math.floor(spike.for / 2))}`,
      });
    }
  }
}
