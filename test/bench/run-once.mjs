// One run in a process of its own: `node run-once.mjs [timeline]`, the scenario on standard input, figures as JSON on standard
// output. The run is what `simulate` does, with the timeline of a report when asked for.
import { readFileSync } from 'node:fs';
import { parseScenario, Simulation } from '../../dist/index.js';

const { scenario, problems } = parseScenario(readFileSync(0, 'utf8'));
if (scenario === undefined) {
  throw new Error(problems.map(({ line, path, message }) => `${line} ${path} ${message}`).join('\n'));
}
const timeline = process.argv.includes('timeline');

global.gc?.();
const heldBefore = held();
const before = process.cpuUsage();
const simulation = new Simulation(scenario, { timeline });
simulation.advance();
const result = simulation.result();
const { user, system } = process.cpuUsage(before);
global.gc?.();

const functions = Object.values(result.functions);
const total = (figure) => functions.reduce((sum, fn) => sum + figure(fn), 0);
process.stdout.write(
  JSON.stringify({
    // As C's process clock counts: user and system time, of all threads of this process.
    cpuSeconds: (user + system) / 1e6,
    offered: Object.values(result.traffic).reduce((sum, { offered }) => sum + offered, 0),
    coldStarts: total((fn) => fn.coldStarts),
    throttles: total((fn) => fn.throttles),
    billedGbSeconds: total((fn) => fn.billed.gbSeconds),
    p50Ms: functions[0].duration.p50,
    environments: total((fn) => fn.environments.mean),
    hasTimeline: simulation.timeline !== undefined,
    peakMb: process.resourceUsage().maxRSS / 1024,
    grownBytes: held() - heldBefore,
  }),
);

function held() {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
