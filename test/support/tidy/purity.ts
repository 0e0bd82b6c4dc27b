/** What core code must not touch: Node, the real clock, unseeded chance, the console. The compiler refuses most of it; this names it. */
import ts from 'typescript';
import { importsOf } from './layers.js';
import { nodesOf, place, type SourceFile } from './source-file.js';

const GLOBALS = new Set([
  'process',
  'Buffer',
  'console',
  'performance',
  'global',
  'globalThis',
  'require',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'fetch',
]);

const MEMBERS = new Set(['Date.now', 'Math.random']);

export function impurities(file: SourceFile): string[] {
  const found: string[] = [];
  for (const { from, node } of importsOf(file)) {
    if (from.startsWith('node:')) found.push(`${place(file, node)} imports ${from}`);
  }
  const nodes = nodesOf(file.tree);
  // A file may have a variable of its own by such a name, as arrivals have a process: the compiler keeps the two apart.
  const own = new Set(nodes.filter(isDeclarationName).map((node) => node.getText()));
  for (const node of nodes) {
    const what = impurity(node, own);
    if (what !== undefined) found.push(`${place(file, node)} uses ${what}`);
  }
  return found;
}

function impurity(node: ts.Node, own: ReadonlySet<string>): string | undefined {
  if (ts.isPropertyAccessExpression(node)) {
    const member = node.getText();
    return MEMBERS.has(member) ? member : undefined;
  }
  if (ts.isNewExpression(node) || ts.isCallExpression(node)) {
    // `Date()` ignores its arguments and tells the time of day.
    const reads = ts.isCallExpression(node) || (node.arguments ?? []).length === 0;
    return node.expression.getText() === 'Date' && reads ? 'the time of day (Date without an instant)' : undefined;
  }
  const isForeign = ts.isIdentifier(node) && GLOBALS.has(node.text) && !own.has(node.text) && isReference(node);
  return isForeign ? node.text : undefined;
}

/** The name that a variable, parameter, function or import brings into the file. */
function isDeclarationName(node: ts.Node): boolean {
  const { parent } = node;
  if (!ts.isIdentifier(node)) return false;
  return (
    (ts.isVariableDeclaration(parent) ||
      ts.isParameter(parent) ||
      ts.isBindingElement(parent) ||
      ts.isFunctionDeclaration(parent) ||
      ts.isImportSpecifier(parent)) &&
    parent.name === node
  );
}

/** Whether the identifier stands for a variable, rather than naming a member, a key, a parameter or a type of our own. */
function isReference(node: ts.Identifier): boolean {
  const parent = node.parent;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  if (ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent) || ts.isQualifiedName(parent)) return false;
  return !('name' in parent && parent.name === node);
}
