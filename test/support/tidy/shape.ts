/** The shape of a file: its name, its opening comment, its exports, its length. */
import { posix } from 'node:path';
import ts from 'typescript';
import { nodesOf, place, type SourceFile } from './source-file.js';

const EMPTY_NAMES = ['utils', 'util', 'helpers', 'helper', 'common', 'manager', 'handler', 'misc'];
/** The public API of `lambdasim` and of `lambdasim/node`: the only files that may just pass on what others export. */
const ENTRIES = ['src/index.ts', 'src/node/index.ts'];
/** Lines a file, and lines a function, may have before it is named in the list that is printed. */
const LONG_FILE = 250;
const LONG_FUNCTION = 60;

/** A file or folder name that says nothing, or is not kebab-case. */
export function badName(path: string): string[] {
  const parts = path.split('/');
  const stems = parts.map((part) => part.replace(/(\.(test|d))?\.m?[jt]s$|\.yaml$/, ''));
  const empty = stems.find((stem) => EMPTY_NAMES.includes(stem));
  if (empty !== undefined) return [`${path}: "${empty}" does not say what is inside`];
  const stem = stems[stems.length - 1]!;
  return /^[a-z0-9]+(-[a-z0-9]+)*$/.test(stem) ? [] : [`${path}: file names are kebab-case`];
}

/** A default export, or a file that only passes on what other files export. */
export function badExports(file: SourceFile): string[] {
  const found: string[] = [];
  for (const node of file.tree.statements) {
    const modifiers = ts.canHaveModifiers(node) ? (ts.getModifiers(node) ?? []) : [];
    const isDefault = modifiers.some((modifier) => modifier.kind === ts.SyntaxKind.DefaultKeyword);
    if (isDefault || (ts.isExportAssignment(node) && !node.isExportEquals)) {
      found.push(`${place(file, node)} has a default export`);
    }
  }
  const passesOn = file.tree.statements.filter(
    (node) => ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined,
  );
  if (!ENTRIES.includes(file.path) && passesOn.length > 0 && passesOn.length === file.tree.statements.length) {
    found.push(`${file.path}:1 only passes on what other files export`);
  }
  return found;
}

/** A source file opens with a comment that says what it is; a shebang may stand before it. */
export function missingOpening(file: SourceFile): string[] {
  const opening = file.text.replace(/^#!.*\n/, '');
  return /^\/(\*\*|\/) ?\S/.test(opening) || /^\/\*\*\n \* \S/.test(opening)
    ? []
    : [`${file.path}:1 does not begin with a comment that says what it is`];
}

/** Long files and functions, longest first. Not an error: a file that grows is asking to be two. */
export function longOnes(files: readonly SourceFile[]): string[] {
  const long: { lines: number; what: string }[] = [];
  for (const file of files) {
    const lines = file.text.split('\n').length - 1;
    if (lines > LONG_FILE) long.push({ lines, what: file.path });
    for (const node of nodesOf(file.tree)) {
      if (!ts.isFunctionLike(node)) continue;
      const span = node.getText(file.tree).split('\n').length;
      if (span > LONG_FUNCTION) long.push({ lines: span, what: `${place(file, node)} ${nameOf(node)}()` });
    }
  }
  return long.sort((a, b) => b.lines - a.lines).map(({ lines, what }) => `${lines} lines: ${what}`);
}

/** Median number of lines, and the largest file. */
export function lineFigures(files: readonly SourceFile[]): string {
  const counts = files.map((file) => file.text.split('\n').length - 1).sort((a, b) => a - b);
  const largest = files.find((file) => file.text.split('\n').length - 1 === counts[counts.length - 1]);
  return `${files.length} source files, median ${counts[counts.length >> 1]} lines, largest ${largest?.path}`;
}

function nameOf(node: ts.SignatureDeclaration): string {
  const own = node.name ?? (ts.isVariableDeclaration(node.parent) ? node.parent.name : undefined);
  return own === undefined ? posix.basename(node.getSourceFile().fileName) : own.getText();
}
