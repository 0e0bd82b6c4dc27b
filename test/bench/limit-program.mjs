// The C program that marks the limit: the same model of one function, written by hand for nothing else. It is built and run by
// its own script, from `LIMIT_DIR` or from where the project keeps it beside the repository.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const BESIDE = fileURLToPath(new URL('../../../shared/limit', import.meta.url));

/** The script, or why there is nothing to compare with. */
export function limitProgram() {
  const script = join(resolve(process.env.LIMIT_DIR ?? BESIDE), 'run.sh');
  if (!existsSync(script)) return { absent: 'the C program was not found; LIMIT_DIR names its folder' };
  if (spawnSync('gcc', ['--version']).error !== undefined)
    return { absent: 'there is no gcc to build the C program with' };
  return { script };
}

/** One run of each case: name → figures of its faster event queue. Throws with the compiler's words when it does not build. */
export function runLimitProgram(script, invocations) {
  const { status, stdout, stderr } = spawnSync('sh', [script], {
    env: { ...process.env, N: String(invocations), REPS: '1' },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the C program did not run:\n${stderr}`);
  const rows = stdout
    .trim()
    .split('\n')
    .map((line) => line.split(' '));
  return new Map(
    rows.map(([name, perSecond, coldStarts, throttles]) => [
      name,
      { perSecond: Number(perSecond), coldStarts: Number(coldStarts), throttles: Number(throttles) },
    ]),
  );
}
