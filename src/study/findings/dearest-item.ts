/** What a bill that is too high is mostly made of. Worth telling only where it failed a threshold. */

import { money, share } from '../../engine/format.js';
import { HOURS_PER_MONTH, SECOND } from '../../engine/units.js';
import type { BillLine } from '../../results/run-result.js';
import type { LambdaFunctionSettings } from '../../scenario/types.js';
import type { Found } from './found.js';
import type { Subject } from './subject.js';

export function dearestItem(subject: Subject): Found[] {
  const { scenario, run, failed } = subject;
  if (!failed.some(({ path, comparison }) => path[0] === 'bill' && comparison.startsWith('<'))) return [];
  const [first, ...others] = run.bill.lines;
  if (first === undefined) return [];
  const most = others.reduce((dearest, line) => (line.usd > dearest.usd ? line : dearest), first);
  const month = (most.usd * HOURS_PER_MONTH) / run.bill.simulatedHours;
  const ofBill = subject.shareOfBill(month);
  if (ofBill === 0) return [];
  const { resource, knob } = payerOf(subject, most);
  return [
    {
      resource,
      limit: 'BilledItem',
      from: scenario.run.warmUp / SECOND,
      to: scenario.run.duration / SECOND,
      message: `${most.item} of ${most.resource.split('.').pop()}: ${money(month)} a month before tiers, ${share(ofBill)} of the bill and its dearest item.`,
      knob,
      touches: ['bill'],
      requests: 0,
      bill: ofBill,
    },
  ];
}

/** What the line is charged for, and the setting that moves it; no knob where only less traffic does. */
function payerOf({ scenario }: Subject, { resource: id, item }: BillLine): { resource: string; knob: string } {
  if (id.startsWith('traffic.')) return { resource: id, knob: `${id}.via` };
  const fn = scenario.functions.find((one) => one.id === id);
  if (fn !== undefined) return { resource: `functions.${id}`, knob: ofFunction(fn, item) };
  const kind = (['queues', 'streams', 'topics', 'dependencies'] as const).find((each) =>
    scenario[each].some((one) => one.id === id),
  );
  const resource = kind === undefined ? id : `${kind}.${id}`;
  if (kind === 'queues') return { resource, knob: batchSize(scenario, id) };
  return { resource, knob: kind === 'streams' ? `${resource}.mode` : '' };
}

function ofFunction({ id, eventSources }: LambdaFunctionSettings, item: string): string {
  const resource = `functions.${id}`;
  if (/requests/i.test(item)) return eventSources.length > 0 ? `${resource}.eventSources[0].batchSize` : '';
  return `${resource}.${item.startsWith('Provisioned') ? 'provisionedConcurrency' : 'memory'}`;
}

function batchSize({ functions }: Subject['scenario'], queue: string): string {
  for (const { id, eventSources } of functions) {
    const index = eventSources.findIndex((one) => one.kind === 'queue' && one.queue === queue);
    if (index >= 0) return `functions.${id}.eventSources[${index}].batchSize`;
  }
  return '';
}
