/**
 * The shape of the code, checked on every source file: layers, purity, names, openings, and that scenarios and the map keep
 * up. What is merely long is printed and does not fail. Headers of rules have their own test, test/rules/header.test.ts.
 */
import { describe, expect, it } from 'vitest';
import { CORE, layerBreaches, layerOf } from './support/tidy/layers.js';
import { impurities } from './support/tidy/purity.js';
import { badExports, badName, lineFigures, longOnes, missingOpening } from './support/tidy/shape.js';
import { exists, filesBelow, readText, sourceFile, sourcesBelow } from './support/tidy/source-file.js';
import { machinePaths, promises } from './support/tidy/wording.js';

/** What a check would say, without the line number, and why it stands. An exception that is no longer needed fails too. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  'vitest.config.ts has a default export': 'Vitest reads its configuration from the default export',
};

const sources = sourcesBelow('src');
const core = sources.filter((file) => CORE.includes(layerOf(file.path)));
const tests = sourcesBelow('test');
const config = sourceFile('vitest.config.ts', readText('vitest.config.ts'));
const scenarios = filesBelow('scenarios', '.yaml');
const texts = ['package.json', 'README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'NOTICE', '.ci/run', ...scenarios]
  .filter(exists)
  .map((path) => ({ path, text: readText(path) }));

const findings = {
  layers: sources.flatMap(layerBreaches),
  purity: core.flatMap(impurities),
  names: [...[...sources, ...tests].map(({ path }) => path), ...scenarios].flatMap(badName),
  exports: [...sources, ...tests, config].flatMap(badExports),
  openings: [...sources, config].flatMap(missingOpening),
  machines: [...sources, ...tests, ...texts].flatMap(({ path, text }) => machinePaths(path, text)),
  promises: [...sources, ...tests].flatMap(({ path, text }) => promises(path, text)),
};

/** The finding as EXCEPTIONS names it. */
const keyOf = (finding: string): string => finding.replace(/:\d+/, '');

/** The findings that no exception covers. */
function unexcused(found: readonly string[]): string[] {
  return found.filter((finding) => !(keyOf(finding) in EXCEPTIONS));
}

describe('the sources', () => {
  it('import only from their own layer and from layers to its left', () => {
    expect(sources.length).toBeGreaterThan(0);
    expect(unexcused(findings.layers)).toEqual([]);
  });

  it('touch neither Node, the real clock, unseeded chance nor the console in any layer left of node', () => {
    expect(core.length).toBeGreaterThan(0);
    expect(unexcused(findings.purity)).toEqual([]);
  });

  it('have names that say what is inside', () => {
    expect(unexcused(findings.names)).toEqual([]);
  });

  it('export by name, and pass nothing on from file to file', () => {
    expect(unexcused(findings.exports)).toEqual([]);
  });

  it('begin with a comment that says what they are', () => {
    expect(unexcused(findings.openings)).toEqual([]);
  });

  it('speak of no machine, nor do the texts beside them', () => {
    expect(unexcused(findings.machines)).toEqual([]);
  });

  it('promise no later work', () => {
    expect(unexcused(findings.promises)).toEqual([]);
  });

  it('need every exception that is listed', () => {
    const needed = new Set(Object.values(findings).flat().map(keyOf));
    expect(Object.keys(EXCEPTIONS).filter((key) => !needed.has(key))).toEqual([]);
  });

  it('are printed when they are long', () => {
    const long = longOnes(sources);
    console.info([lineFigures(sources), ...long].join('\n  '));
    expect(long).toEqual([...long].sort((a, b) => Number.parseInt(b, 10) - Number.parseInt(a, 10)));
  });
});

describe('the scenarios', () => {
  it('include the one that npm start runs', () => {
    const start = (JSON.parse(readText('package.json')) as { scripts: { start: string } }).scripts.start;
    expect(scenarios).toContain(/scenarios\/\S+\.yaml/.exec(start)?.[0]);
  });

  it('open with a comment that asks a question', () => {
    const silent = scenarios.filter((path) => !/^#[^\n]*(\n#[^\n]*)*\?/.test(readText(path)));
    expect(silent).toEqual([]);
  });

  it('have a golden report, and every golden report a scenario', () => {
    const name = (path: string): string => path.replace(/^.*\//, '').replace(/\.yaml$/, '');
    const goldens = filesBelow('reports', 'results.json').map((path) => path.split('/').at(-2)!);
    expect(goldens.sort()).toEqual(scenarios.map(name).sort());
  });
});

describe('the map in CONTRIBUTING.md', () => {
  it('names files and folders that exist', () => {
    const named = readText('CONTRIBUTING.md').matchAll(/`((?:src|test|scenarios|reports)\/[\w./-]*)`/g);
    const paths = [...named].map(([, path]) => path!);
    expect(paths.length).toBeGreaterThan(0);
    expect(paths.filter((path) => !exists(path))).toEqual([]);
  });
});

describe('a check', () => {
  const file = (path: string, text: string) => sourceFile(path, text);

  it('sees an import to the right, written in any way', () => {
    const bad = [
      "import { a } from '../lambda/account.js';",
      "import type { B } from '../study/simulate.js';",
      "export { c } from '../cli/main.js';",
      "const d = await import('../node/files.js');",
      "type E = import('../report/format.js').E;",
      "import { f } from '../index.js';",
      "import { g } from '../../test/support/fixtures.js';",
    ];
    expect(bad.map((line) => layerBreaches(file('src/rules/probe.ts', line)).length)).toEqual(bad.map(() => 1));
  });

  it('allows an import from the left, from the same folder and from a library', () => {
    const good = "import '../engine/units.js'; import './rule.js'; import 'yaml'; import '../rules/tables/x.js';";
    expect(layerBreaches(file('src/rules/probe.ts', good))).toEqual([]);
  });

  it('sees the real clock, chance, Node and the console', () => {
    const bad = [
      "import { readFileSync } from 'node:fs';",
      'const now = Date.now();',
      'const now = new Date();',
      'const now = new Date;',
      'const now = Date();',
      'const chance = Math.random();',
      'const since = performance.now();',
      'const home = process.env.HOME;',
      'const all = { process };',
      "console.log('x');",
      'setTimeout(() => {}, 0);',
    ];
    expect(bad.map((line) => impurities(file('src/engine/probe.ts', line)).length)).toEqual(bad.map(() => 1));
  });

  it('leaves members, keys and dates of a given instant alone', () => {
    const good =
      'const x = { process: 1 }; x.process; new Date(0); Date.UTC(2026, 0); interface P { performance: number }';
    expect(impurities(file('src/engine/probe.ts', good))).toEqual([]);
  });

  it('sees names that say nothing, default exports, missing openings, machine paths and promises', () => {
    expect([
      badName('src/engine/utils.ts').length,
      badName('src/common/x.ts').length,
      badName('src/engine/eventLoop.ts').length,
      badName('test/engine/event-loop.test.ts').length,
      badName('scenarios/theory/erlang-loss.yaml').length,
      badName('scenarios/erlangLoss.yaml').length,
      badExports(file('src/a.ts', 'export default 1;')).length,
      badExports(file('src/a.ts', "export { a } from './a.js';")).length,
      badExports(file('src/a.ts', 'export const a = 1;')).length,
      missingOpening(file('src/a.ts', 'const a = 1;')).length,
      missingOpening(file('src/a.ts', '#!/usr/bin/env node\n/** A. */')).length,
      machinePaths('a', `see '/${'home'}/me/x'`).length,
      machinePaths('a', 'reads homework/tmp/x and a/work/b').length,
      promises('a', `// TO${'DO'}: more`).length,
    ]).toEqual([1, 1, 1, 0, 0, 1, 1, 1, 0, 1, 0, 1, 0, 1]);
  });
});
