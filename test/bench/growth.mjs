// What a run costs as its scenario grows: simulated time, live environments, functions.
import { environmentsCase, functionsCase, limitCase } from './cases.mjs';
import { bestOf, runOnce } from './fresh-process.mjs';

/** Offered load that fills about that many environments; its peaks make the rest. */
const LOADS = [
  { environments: 10, busy: 4 },
  { environments: 100, busy: 70 },
  { environments: 1000, busy: 900 },
  { environments: 5000, busy: 4750 },
];

/**
 * Peak resident memory of case B, `invocations` / 20 against 5 x `invocations`: the least of the repetitions, because what the
 * compiler holds while it works beside the run differs from run to run by some megabytes.
 */
export function memory({ invocations, repetitions }) {
  const counts = [invocations / 20, 5 * invocations];
  const row = (words, timeline) => {
    const peaks = (count) =>
      Array.from({ length: repetitions }, () => runOnce(limitCase('B', count), { timeline }).peakMb);
    const [short, long] = counts.map((count) => Math.min(...peaks(count)));
    return [words, `${short.toFixed(0)} MB`, `${long.toFixed(0)} MB`, `${(100 * (long / short - 1)).toFixed(0)}%`];
  };
  return {
    title: 'Memory of the process',
    columns: ['case B', ...counts.map((count) => `${count.toExponential(0)} invocations`), 'more'],
    rows: [row('simulate()', false), row('with the timeline', true)],
    machineBound: [1, 2],
    note: 'At most 5% more, aim 0, without the timeline, which keeps a row for each bucket of simulated time.',
  };
}

export function environments({ invocations, repetitions }) {
  const costs = LOADS.map((load) => costOf(environmentsCase(load, invocations / 4), repetitions));
  return {
    title: 'Live environments',
    columns: ['environments', 'ns an invocation', 'against the cheapest'],
    rows: relative(costs, ({ environments: live }) => live.toFixed(0)),
    machineBound: [1],
    note: 'One function, mean of live environments. At most 2 times from 10 to 5,000.',
  };
}

export function functions({ invocations, repetitions }) {
  const counts = [3, 100];
  const costs = counts.map((count) => costOf(functionsCase(count, invocations / 4), repetitions));
  return {
    title: 'Functions in one account',
    columns: ['functions', 'ns an invocation', 'against the cheapest'],
    rows: relative(costs, (_, index) => String(counts[index])),
    machineBound: [1],
    note: '1,000 invocations a second together. At most 2 times, aim 1.4.',
  };
}

function costOf(text, repetitions) {
  const run = bestOf(repetitions, text);
  return { ...run, ns: (1e9 * run.cpuSeconds) / run.offered };
}

function relative(costs, label) {
  const cheapest = Math.min(...costs.map(({ ns }) => ns));
  return costs.map((cost, index) => [label(cost, index), cost.ns.toFixed(0), `${(cost.ns / cheapest).toFixed(2)}`]);
}
