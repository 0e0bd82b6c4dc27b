// Memory of what waits: an event in the queue, and a whole client that waits to try again.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { waitingClients, waitingRecords } from './cases.mjs';
import { runOnce } from './fresh-process.mjs';

const FILL_QUEUE = fileURLToPath(new URL('fill-queue.mjs', import.meta.url));
/** Tables double when they are full: nearly full ones, and ones that have just doubled. */
const COUNTS = [1_000_000, 1_100_000];

export function pending() {
  const row = (words, bytesOf) => [words, ...COUNTS.map((count) => `${bytesOf(count).toFixed(0)} B`)];
  return {
    title: 'Memory of what waits',
    columns: ['each', ...COUNTS.map((count) => `of ${count.toLocaleString('en-US')}`)],
    rows: [
      row('pending event', eventBytes),
      row('client that waits to retry, its figures included', clientBytes),
      row('record that waits in a stream', recordBytes),
    ],
    machineBound: [],
    note: 'A pending event: at most 80 B, aim 40. A record: at most 16 B. Tables double when full: the second column is just after that.',
  };
}

function eventBytes(count) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--expose-gc', FILL_QUEUE, String(count)], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the queue could not be filled:\n${stderr}`);
  return Number(stdout);
}

function clientBytes(count) {
  return runOnce(waitingClients(count), { timeline: false, flags: ['--expose-gc'] }).grownBytes / count;
}

function recordBytes(count) {
  return runOnce(waitingRecords(count), { timeline: false, flags: ['--expose-gc'] }).grownBytes / count;
}
