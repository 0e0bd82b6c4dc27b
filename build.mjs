/**
 * Makes `dist`: declarations by the compiler, code by the bundler. A file an entry, a file a command, and what they have in
 * common in `dist/shared`, so that a command loads a handful of files. Packages stay outside. Not minified, because users
 * see stack traces. Silent when all is well; exits with the compiler's or the bundler's complaints otherwise.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';
import { reportPage } from './report-page.mjs';

const ROOT = fileURLToPath(new URL('.', import.meta.url));
const DIST = join(ROOT, 'dist');

declarations();
await code();

function declarations() {
  const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  const { status } = spawnSync(process.execPath, [compiler, '-b'], { cwd: ROOT, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

async function code() {
  const { output } = await build({
    cwd: ROOT,
    input: {
      index: 'src/index.ts',
      'node/index': 'src/node/index.ts',
      'node/worker': 'src/node/worker.ts',
      'cli/main': 'src/cli/main.ts',
      // `npm run reports` and tests reach into the built program at these two.
      'cli/run': 'src/cli/run.ts',
      'study/simulation': 'src/study/simulation.ts',
    },
    // Dependencies stay outside, but for one of which a mean and a deviation are used: loading it whole costs each start 15 ms.
    external: (id) => /^[^./]/.test(id) && id !== 'simple-statistics',
    plugins: [reportPage()],
    platform: 'neutral',
    tsconfig: false,
    transform: {
      target: 'es2022',
      // As tsconfig.json has it: fields are assigned in the constructor. Defined ones make V8 forget what type they hold.
      assumptions: { setPublicClassFields: true },
      typescript: { removeClassFieldsWithoutInitializer: true },
    },
    logLevel: 'warn',
    output: {
      dir: DIST,
      format: 'esm',
      entryFileNames: '[name].js',
      // Never deeper than one folder: import.meta.url leads to package.json and to the worker from there.
      chunkFileNames: (chunk) => `${isCommand(chunk) ? 'cli' : 'shared'}/[name].js`,
    },
  });
  removeLeftovers(new Set(output.map((file) => file.fileName)));
}

function isCommand({ isDynamicEntry, facadeModuleId }) {
  return isDynamicEntry && /[\\/]src[\\/]cli[\\/]/.test(facadeModuleId ?? '');
}

/** Code of earlier builds: names of shared files follow what they hold. */
function removeLeftovers(written) {
  for (const path of readdirSync(DIST, { recursive: true })) {
    if (path.endsWith('.js') && !written.has(path.replaceAll('\\', '/'))) rmSync(join(DIST, path));
  }
}
