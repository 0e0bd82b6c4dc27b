// Writes the report of every scenario, theory included, to reports/<name>/ as `lambdasim run` does from the repository, and
// removes reports of scenarios that are gone. `--out FOLDER` writes elsewhere. Uses the built program in one process.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const { values } = parseArgs({ options: { out: { type: 'string', default: 'reports' } } });
const out = resolve(values.out);
// Scenario files are named in the reports, so they are named from the repository.
process.chdir(repository);

const { run } = await import('../../dist/cli/run.js');

/** Nothing is printed but what went wrong. */
const session = {
  output: {
    print() {},
    tell: (text) => console.error(text),
    progress() {},
    showsProgress: false,
    palette: undefined,
    flushed: async () => {},
  },
  env: {},
  signal: new AbortController().signal,
  json: false,
};

const written = new Set();
for (const file of scenarioFiles('scenarios')) {
  const name = file.slice(file.lastIndexOf('/') + 1, -'.yaml'.length);
  if (written.has(name)) throw new Error(`two scenarios are called ${name}`);
  written.add(name);
  await run.run([file], { out: join(out, name), quiet: true, threads: 1 }, session);
}
for (const { name } of readdirSync(out, { withFileTypes: true })) {
  if (!written.has(name) && existsSync(join(out, name, 'results.json'))) rmSync(join(out, name), { recursive: true });
}

/** Paths with forward slashes, by name. */
function scenarioFiles(folder) {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return scenarioFiles(path);
    return entry.name.endsWith('.yaml') ? [path] : [];
  });
}
