/** The compiler's fence: core code that reaches for Node does not compile, and no dependency brings Node's types in. */
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { REPOSITORY } from './support/tidy/source-file.js';

const CONFIG = join(REPOSITORY, 'src/tsconfig.json');

/** The core as `tsc` sees it, with one more file in `src/engine` whose text is given. */
function coreWith(probe: string): { program: ts.Program; errors: string[] } {
  const config = ts.parseJsonConfigFileContent(
    ts.readConfigFile(CONFIG, ts.sys.readFile).config,
    ts.sys,
    dirname(CONFIG),
    undefined,
    CONFIG,
  );
  const path = join(REPOSITORY, 'src/engine/fence-probe.ts');
  const options: ts.CompilerOptions = { ...config.options, noEmit: true, composite: false, incremental: false };
  const host = ts.createCompilerHost(options);
  const { fileExists, getSourceFile } = host;
  host.fileExists = (name) => name === path || fileExists(name);
  host.getSourceFile = (name, ...rest) =>
    name === path ? ts.createSourceFile(name, probe, ts.ScriptTarget.ES2022) : getSourceFile(name, ...rest);
  const program = ts.createProgram({ rootNames: [...config.fileNames, path], options, host });
  const errors = program
    .getSemanticDiagnostics(program.getSourceFile(path))
    .map((diagnostic) => `TS${diagnostic.code} ${ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ')}`);
  return { program, errors };
}

describe('the core', () => {
  const { program, errors } = coreWith(`
    import { readFileSync } from 'node:fs';
    export const a = process.env;
    export const b = Buffer.from('x');
    export const c = setTimeout(() => {}, 0);
    export const d = performance.now();
    export const e = require('fs');
    export const f = document.title;
    export const read = readFileSync;
    console.log('x');
  `);

  it('does not compile when it uses Node, a timer, the console or a document', () => {
    expect(errors.map((error) => /'([\w:]+)'/.exec(error)?.[1]).sort()).toEqual(
      ['Buffer', 'console', 'document', 'node:fs', 'performance', 'process', 'require', 'setTimeout'].sort(),
    );
  });

  it('compiles a file that uses the language alone', () => {
    expect(
      coreWith('export const a = Math.sqrt(2); export const b = new Date(0); export const c = [1].at(-1);').errors,
    ).toEqual([]);
  });

  it("holds none of Node's types, nor those of a browser", () => {
    const foreign = program
      .getSourceFiles()
      .map((file) => file.fileName)
      .filter((name) => /@types\/node|undici-types|lib\.dom/.test(name));
    expect(foreign).toEqual([]);
  });
});
