// A queue of pending events in a process of its own: `node --expose-gc fill-queue.mjs COUNT` prints the bytes each takes. The
// engine is no part of the package's interface, so it is bundled for this from its source.
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';

const { output } = await build({
  input: fileURLToPath(new URL('../../src/engine/event-loop.ts', import.meta.url)),
  external: /^(?![./])/,
  tsconfig: false,
  write: false,
  logLevel: 'warn',
});
const { EventLoop } = await import(`data:text/javascript,${encodeURIComponent(output[0].code)}`);

const count = Number(process.argv[2]);
global.gc();
const before = held();
const loop = new EventLoop();
const kind = loop.define('bench/nothing', () => {});
// Spread over ten minutes by the golden ratio: even, without order, without chance.
for (let event = 0; event < count; event++)
  loop.at(Math.floor(((event * 0.6180339887498949) % 1) * 6e8), kind, event, 0);
// Twice: what a table left behind when it grew is swept beside the program, and the second call waits for that.
global.gc();
global.gc();
const bytes = (held() - before) / count;
const ran = loop.run(6e8);
if (ran !== count) throw new Error(`${ran} of ${count} events ran`);
process.stdout.write(String(bytes));

function held() {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
