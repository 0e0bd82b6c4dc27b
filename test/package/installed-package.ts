/** The package as a user gets it: packed from `dist`, installed into an empty project. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exists, REPOSITORY } from '../support/tidy/source-file.js';

export interface InstalledPackage {
  /** The project that depends on nothing but the tarball. */
  readonly folder: string;
  /** Paths inside the tarball. */
  readonly files: readonly string[];
  remove(): void;
}

export interface Output {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What `dist` must hold before packing makes sense; says how to get it. */
export function missingFromBuild(): string[] {
  return ['dist/index.js', 'dist/index.d.ts', 'dist/node/index.js', 'dist/node/index.d.ts', 'dist/cli/main.js']
    .filter((path) => !exists(path))
    .map(
      (path) =>
        `${path} is missing: npm run build makes it from ${path.replace('dist', 'src').replace(/(\.d)?\.[jt]s$/, '.ts')}`,
    );
}

/**
 * Packs what `dist` holds now and installs it with its dependencies from npm's cache, or from the registry where the cache
 * lacks them. Throws with npm's own words when that fails.
 */
export function installPackage(): InstalledPackage {
  const top = mkdtempSync(join(tmpdir(), 'lambdasim-package-'));
  const remove = () => rmSync(top, { recursive: true, force: true });
  try {
    // Without `prepack`, which builds anew: other tests run the same dist at this moment.
    const packed = npm(['pack', '--ignore-scripts', '--json', '--pack-destination', top], REPOSITORY);
    const [tarball] = JSON.parse(packed) as { filename: string; files: { path: string }[] }[];
    const folder = join(top, 'project');
    mkdirSync(folder);
    writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
    npm(['install', '--prefer-offline', '--no-audit', '--no-fund', join(top, tarball!.filename)], folder);
    return { folder, files: tarball!.files.map((file) => file.path), remove };
  } catch (error) {
    remove();
    throw error;
  }
}

/** Runs the installed command the way a user does. */
export function npx(folder: string, ...args: string[]): Output {
  return run('npx', ['--no-install', 'lambdasim', ...args], folder);
}

/** Runs an ES module in the installed project. */
export function runModule(folder: string, name: string, text: string): Output {
  writeFileSync(join(folder, name), text);
  return run(process.execPath, [name], folder);
}

export function readInstalled(folder: string, path: string): string {
  return readFileSync(join(folder, path), 'utf8');
}

function npm(args: string[], folder: string): string {
  const { code, stdout, stderr } = run('npm', args, folder);
  if (code !== 0) throw new Error(`npm ${args.join(' ')} ended with ${code}:\n${stderr}`);
  return stdout;
}

function run(command: string, args: string[], folder: string): Output {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32' && command !== process.execPath,
    env: { ...process.env, NODE_ENV: '', npm_config_update_notifier: 'false', npm_config_loglevel: 'error' },
  });
  if (error !== undefined) throw error;
  return { code: status, stdout, stderr };
}
