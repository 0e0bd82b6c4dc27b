// Records of a stream: 10,000 a second over 10 shards, for an hour unless fewer invocations are asked for.
import { limitCase, streamCase } from './cases.mjs';
import { bestOf } from './fresh-process.mjs';

const AN_HOUR = 36_000_000;

const CASES = [
  ['one lane a shard', 'parallelizationFactor: 1'],
  ['ten lanes a shard', 'parallelizationFactor: 10'],
  ['half filtered out', 'parallelizationFactor: 1, filter: 50%'],
  ['enhanced fan-out', 'parallelizationFactor: 1', ', consumer: enhanced-fan-out'],
];

export function streams({ invocations, repetitions }) {
  const records = Math.min(AN_HOUR, 2 * invocations);
  const run = limitCase('B', invocations);
  const invocation = bestOf(repetitions, run).cpuSeconds / invocations;
  return {
    title: 'Records of a stream',
    columns: ['reader', `s for ${records.toLocaleString('en-US')} records`, 'a record, of an invocation of case B'],
    rows: CASES.map(([words, mapping, stream]) => {
      const { cpuSeconds } = bestOf(repetitions, streamCase(records, mapping, stream));
      return [words, cpuSeconds.toFixed(1), (cpuSeconds / records / invocation).toFixed(2)];
    }),
    machineBound: [1],
    note: 'Batches of 100, 20 ms each, timeline included. An hour of it, 36 million records, takes at most 30 s.',
  };
}
