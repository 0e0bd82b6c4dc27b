/** The order of the layers: a folder of `src` imports only from itself and from folders to its left. */
import { posix } from 'node:path';
import ts from 'typescript';
import { nodesOf, place, type SourceFile } from './source-file.js';

export const LAYERS = [
  'engine',
  'rules',
  'scenario',
  'traffic',
  'lambda',
  'sources',
  'results',
  'billing',
  'study',
  'import',
  'report',
  'node',
  'cli',
] as const;

/** Layers that run in a browser: everything left of `node`. */
export const CORE: readonly string[] = LAYERS.slice(0, LAYERS.indexOf('node'));

/** The folder of a file under `src`; `src/index.ts`, the library's entry, counts as the last core layer. */
export function layerOf(path: string): string {
  const [, folder, rest] = path.split('/');
  return rest === undefined ? CORE[CORE.length - 1]! : folder!;
}

/** What a file imports, with the node that says so: static, dynamic, `export from`, and types named by `import('...')`. */
export function* importsOf(file: SourceFile): Generator<{ from: string; node: ts.Node }> {
  for (const node of nodesOf(file.tree)) {
    let name: ts.Node | undefined;
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) name = node.moduleSpecifier;
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      name = node.arguments[0];
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) name = node.argument.literal;
    if (name !== undefined && ts.isStringLiteralLike(name)) yield { from: name.text, node };
  }
}

/** Imports that reach to the right, into the library's entry, or out of `src`. */
export function layerBreaches(file: SourceFile): string[] {
  const own = layerOf(file.path);
  const rank = LAYERS.indexOf(own as (typeof LAYERS)[number]);
  if (rank < 0) return [`${file.path}:1 stands in no layer: put it into one of ${LAYERS.join(', ')}`];
  const breaches: string[] = [];
  for (const { from, node } of importsOf(file)) {
    if (!from.startsWith('.')) continue;
    const target = posix.join(posix.dirname(file.path), from);
    if (!target.startsWith('src/')) {
      breaches.push(`${place(file, node)} imports ${from}, which is not under src`);
    } else if (target.split('/').length === 2 || LAYERS.indexOf(layerOf(target) as (typeof LAYERS)[number]) > rank) {
      breaches.push(`${place(file, node)} in ${own} imports ${from}, which stands to its right`);
    }
  }
  return breaches;
}
