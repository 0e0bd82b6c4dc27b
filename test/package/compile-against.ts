/** A TypeScript program compiled in the installed project, strict, with the types of the packages checked too. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** The compiler's complaints, and the files of Node's own types that came in with an import. */
export function compileAgainst(folder: string, text: string): { errors: string[]; nodeTypes: string[] } {
  const path = join(folder, 'program.ts');
  writeFileSync(path, text);
  const program = ts.createProgram([path], {
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2022.d.ts'],
    types: [],
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    strict: true,
    skipLibCheck: false,
    noEmit: true,
  });
  const errors = ts.getPreEmitDiagnostics(program).map((diagnostic) => {
    const where = diagnostic.file === undefined ? '' : `${diagnostic.file.fileName.replace(folder, '')}: `;
    return `${where}${ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ')}`;
  });
  const nodeTypes = program
    .getSourceFiles()
    .map((file) => file.fileName)
    .filter((name) => /@types\/node|undici-types/.test(name));
  return { errors, nodeTypes };
}
