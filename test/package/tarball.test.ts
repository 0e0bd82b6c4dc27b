/**
 * The packed tarball in a project that has nothing else: the command, the library in plain JavaScript and in TypeScript,
 * and the library in an engine that offers the language alone.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileAgainst } from './compile-against.js';
import {
  type InstalledPackage,
  installPackage,
  missingFromBuild,
  npx,
  readInstalled,
  runModule,
} from './installed-package.js';

const SCENARIO = `functions:
  api: { memory: 512MB, duration: 45ms, init: 200ms }
traffic:
  web: { to: api, rate: 10/s, arrivals: regular }
run: { duration: 1m, seed: 7 }
`;

/** Reads, simulates, bills and renders with the library, and leaves what a caller would look at in \`seen\`. */
const USE = `
  const { scenario, problems } = parseScenario(${JSON.stringify(SCENARIO)});
  if (scenario === undefined) throw new Error(JSON.stringify(problems));
  const run = simulate(scenario, { seed: 7 });
  const { billed } = run.functions.api;
  const month = bill([{ resource: 'functions.api', architecture: 'x86_64', memoryMb: 512, billed }],
    { region: 'us-east-1', asOf: scenario.asOf, freeTier: false });
  const text = renderReport(resultsOf(scenario, [run], { name: 'lambdasim', version: '0' }), 'json');
  const seen = {
    invocations: run.functions.api.invocations,
    succeeded: run.traffic.web.succeeded,
    billIsPositive: month.total > 0,
    schema: JSON.parse(text).schema,
    rejected: parseScenario('functions: {}').problems.length > 0,
  };
`;
const SEEN = {
  invocations: 600,
  succeeded: 600,
  billIsPositive: true,
  schema: 'lambdasim/results/1',
  rejected: true,
};

const missing = missingFromBuild();

it('can be packed from what the build leaves in dist', () => {
  expect(missing).toEqual([]);
});

describe.skipIf(missing.length > 0)('the packed tarball', () => {
  let installed: InstalledPackage;
  let folder: string;

  beforeAll(() => {
    installed = installPackage();
    folder = installed.folder;
  });
  afterAll(() => installed?.remove());

  it('holds the built code with its types, the scenarios and the texts, and nothing of the workshop', () => {
    const expected =
      /^(dist\/(?!\.).*\.(js|d\.ts)|scenarios\/.*\.(yaml|csv)|README\.md|CHANGELOG\.md|LICENSE|NOTICE|package\.json)$/;
    expect(installed.files.filter((path) => !expected.test(path))).toEqual([]);
    const texts = ['README.md', 'CHANGELOG.md', 'LICENSE', 'NOTICE', 'dist/index.d.ts', 'dist/node/index.d.ts'];
    expect(texts.filter((path) => !installed.files.includes(path))).toEqual([]);
    expect(installed.files.filter((path) => path.startsWith('scenarios/')).length).toBeGreaterThan(0);
  });

  it('answers npx lambdasim --version with the version it was packed as', () => {
    const { version } = JSON.parse(readInstalled(folder, 'node_modules/lambdasim/package.json')) as { version: string };
    expect(npx(folder, '--version')).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  it('runs a scenario and writes its results', () => {
    runModule(
      folder,
      'write.mjs',
      `import { writeFileSync } from 'node:fs'; writeFileSync('tiny.yaml', ${JSON.stringify(SCENARIO)});`,
    );
    const { code, stderr } = npx(folder, 'run', 'tiny.yaml', '--out', 'out', '--quiet');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const results = JSON.parse(readInstalled(folder, 'out/results.json')) as { schema: string; runs: unknown[] };
    expect({ schema: results.schema, runs: results.runs.length }).toEqual({ schema: 'lambdasim/results/1', runs: 1 });
  });

  it('is a library: parse, simulate, bill and render', () => {
    const { code, stdout, stderr } = runModule(
      folder,
      'library.mjs',
      `import { bill, parseScenario, renderReport, resultsOf, simulate } from 'lambdasim';
       ${USE}
       console.log(JSON.stringify(seen));`,
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toEqual(SEEN);
  });

  it('offers lambdasim/node beside the library', () => {
    const { code, stdout, stderr } = runModule(
      folder,
      'node.mjs',
      `import * as library from 'lambdasim/node'; console.log(Object.keys(library).length > 0);`,
    );
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: 'true\n', stderr: '' });
  });

  it("has types that a strict TypeScript program compiles against, without Node's own", () => {
    const { errors, nodeTypes } = compileAgainst(
      folder,
      `import { bill, parseScenario, renderReport, resultsOf, simulate, type Bill, type RunResult } from 'lambdasim';
       ${USE}
       export const coldStarts: number = run.functions.api.coldStarts;
       export const parts: RunResult = run;
       export const line: string = month.lines[0].item;
       export const total: Bill = month;
       // @ts-expect-error a scenario is not a text
       simulate('functions: {}', { seed: 1 });
       // @ts-expect-error there is no such figure
       run.functions.api.coldstarts;
       // @ts-expect-error there is no such format
       renderReport(resultsOf(scenario, [run], { name: '', version: '' }), 'pdf');
       export { seen, text };`,
    );
    expect({ errors, nodeTypes }).toEqual({ errors: [], nodeTypes: [] });
  });

  it('runs where there is nothing but the language: no process, no Buffer, no timer, no require, no console', () => {
    const { code, stdout, stderr } = runModule(
      folder,
      'bare.mjs',
      `import { runInNewContext } from 'node:vm';
       const write = process.stdout.write.bind(process.stdout);
       // A fresh realm holds what the engine itself offers. TextEncoder and TextDecoder stay: every browser has them.
       const language = new Set(['TextEncoder', 'TextDecoder', ...runInNewContext('Object.getOwnPropertyNames(globalThis)')]);
       language.delete('console');
       const gone = Object.getOwnPropertyNames(globalThis).filter((name) => !language.has(name));
       for (const name of gone) delete globalThis[name];
       const left = gone.filter((name) => name in globalThis);
       const { bill, parseScenario, renderReport, resultsOf, simulate } = await import('lambdasim');
       ${USE}
       write(JSON.stringify({ left, gone: ['process', 'Buffer', 'setTimeout', 'console', 'performance'].filter((name) => gone.includes(name)), seen }));`,
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toEqual({
      left: [],
      gone: ['process', 'Buffer', 'setTimeout', 'console', 'performance'],
      seen: SEEN,
    });
  });
});
