// Runs of the bench, each in a fresh process: what the compiler learnt from one scenario does not help the next.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const RUN_ONCE = fileURLToPath(new URL('run-once.mjs', import.meta.url));

/** The figures of one run of the scenario; throws with what the process said when it fails. */
export function runOnce(text, { timeline = true, flags = [] } = {}) {
  const args = [...flags, RUN_ONCE, ...(timeline ? ['timeline'] : [])];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { input: text, encoding: 'utf8' });
  if (status !== 0) throw new Error(`a run of the bench failed:\n${stderr}`);
  const figures = JSON.parse(stdout);
  if (figures.hasTimeline !== timeline) throw new Error('the run did not keep the timeline it was asked for');
  return figures;
}

/** Of `repetitions` runs the one that needed the least CPU time. */
export function bestOf(repetitions, text, options) {
  const runs = Array.from({ length: repetitions }, () => runOnce(text, options));
  return runs.reduce((best, each) => (each.cpuSeconds < best.cpuSeconds ? each : best));
}
