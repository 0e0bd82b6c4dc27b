/**
 * The first 199 invocations of the Azure Functions 2021 trace (Zhang et al., SOSP 2021; CC-BY 4.0): instants as
 * recorded, a function each of ours for each of theirs, and durations as samples.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { dataRows, haveData } from './real-data.js';
import { type Replay, replay } from './replay.js';

const FILE = 'traces/azure-2021-first-199-invocations.csv';
const BUCKET_MS = 100;
const RUN_S = 1300;
const BUCKETS = (RUN_S * 1000) / BUCKET_MS;

interface Recorded {
  readonly id: string;
  /** Seconds, as the file has them: the end of an invocation less its duration. */
  readonly starts: readonly number[];
  readonly durations: readonly number[];
}

function recorded(): Recorded[] {
  const byFunction = new Map<string, Record<string, string>[]>();
  for (const row of dataRows(FILE)) byFunction.set(row.func!, [...(byFunction.get(row.func!) ?? []), row]);
  return [...byFunction.values()].map((rows, index) => ({
    id: `fn-${index}`,
    starts: rows.map((row) => Number((Number(row.end_timestamp) - Number(row.duration)).toFixed(6))),
    durations: rows.map((row) => Number(row.duration)),
  }));
}

describe.skipIf(!haveData('Azure Functions 2021', FILE))('199 invocations with their instants', () => {
  let functions: Recorded[];
  let run: Replay;

  beforeAll(() => {
    functions = recorded();
    const deployed = functions.map(
      ({ id }) => `  ${id}: { timeout: 15m, duration: { samples: ${id}.csv, column: duration_s } }`,
    );
    const arriving = functions.map(({ id }) => `  ${id}: { to: ${id}, trace: { file: ${id}.csv, timestamps: start } }`);
    run = replay(
      `run: { duration: ${RUN_S}s, timeline: ${BUCKET_MS}ms }\nfunctions:\n${deployed.join('\n')}\ntraffic:\n${arriving.join('\n')}\n`,
      Object.fromEntries(
        functions.map(({ id, starts, durations }) => [
          `${id}.csv`,
          `start,duration_s\n${starts.map((start, i) => `${start},${durations[i]}`).join('\n')}\n`,
        ]),
      ),
    );
  });

  it('arrive in the tenth of a second in which they began', () => {
    const replayed = functions.map(({ id }) => run.series(`traffic.${id}`, 'Requests', BUCKETS));
    const expected = functions.map(({ starts }) => {
      const counts = new Array<number>(BUCKETS).fill(0);
      for (const start of starts) counts[Math.floor((start * 1000) / BUCKET_MS + 1e-6)]!++;
      return counts;
    });
    expect(replayed).toEqual(expected);
    expect(replayed.flat().reduce((sum, count) => sum + count, 0)).toBe(199);
  });

  it('take one of the times that their function was seen to take', () => {
    const strange = functions.filter(({ id, durations }) => {
      const { min, max } = run.result.functions[id]!.duration;
      return ![min, max].every((ms) => durations.some((seconds) => Math.abs(seconds * 1000 - ms!) < 1e-3));
    });
    expect(strange).toEqual([]);
  });
});
