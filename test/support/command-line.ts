/** The program as a user starts it: a process of its own, from the built files. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const MAIN = join(ROOT, 'dist/cli/main.js');

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Given {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Flags of Node itself. */
  readonly node?: readonly string[];
  /** Opens a pipe at descriptor 3 of the process, for a test that looks inside. */
  readonly pipe3?: boolean;
}

/** Starts the program without waiting for it. */
export function start(args: readonly string[], given: Given = {}): ChildProcess {
  buildWhenStale();
  return spawn(process.execPath, [...(given.node ?? []), MAIN, ...args], {
    cwd: given.cwd ?? ROOT,
    env: { ...process.env, GITHUB_STEP_SUMMARY: '', GITHUB_ACTIONS: '', ...given.env },
    stdio: ['ignore', 'pipe', 'pipe', given.pipe3 ? 'pipe' : 'ignore'],
  });
}

/** Collects what a process prints until it ends. */
export function ended(child: ChildProcess): Promise<Ended> {
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout?.on('data', (piece: Buffer) => out.push(piece));
  child.stderr?.on('data', (piece: Buffer) => err.push(piece));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ code, stdout: Buffer.concat(out).toString('utf8'), stderr: Buffer.concat(err).toString('utf8') });
    });
  });
}

export function lambdasim(args: readonly string[], given: Given = {}): Promise<Ended> {
  return ended(start(args, given));
}

/** An empty folder for one test file; `remove` takes it away. */
export function temporaryFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'lambdasim-test-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

let checked = false;

/** `npm test` builds before it tests; a test started by itself must not run yesterday's program. */
export function buildWhenStale(): void {
  if (checked) return;
  checked = true;
  // Every build writes the bundle anew, whether or not it changed.
  const built = statSync(MAIN, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const build = join(ROOT, 'build.mjs');
  if (Math.max(newestSource(join(ROOT, 'src')), statSync(build).mtimeMs) <= built) return;
  const { status, stdout, stderr } = spawnSync(process.execPath, [build], { cwd: ROOT, encoding: 'utf8' });
  if (status !== 0) throw new Error(`the program does not build:\n${stdout}${stderr}`);
}

function newestSource(folder: string): number {
  let newest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isFile()) newest = Math.max(newest, statSync(join(entry.parentPath, entry.name)).mtimeMs);
  }
  return newest;
}
