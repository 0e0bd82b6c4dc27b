/** A source file as the tidiness checks see it: its path from the top of the repository, its text and its syntax tree. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** The top of the repository, with a separator at its end. */
export const REPOSITORY = fileURLToPath(new URL('../../../', import.meta.url));

export interface SourceFile {
  /** With forward slashes: `src/engine/units.ts`. */
  readonly path: string;
  readonly text: string;
  readonly tree: ts.SourceFile;
}

export function sourceFile(path: string, text: string): SourceFile {
  return { path, text, tree: ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true) };
}

/** Paths of the files below `folder` whose name ends in `ending`, sorted; none when the folder does not exist. */
export function filesBelow(folder: string, ending: string): string[] {
  let entries: string[];
  try {
    entries = readdirSync(join(REPOSITORY, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
      .map((entry) => relative(REPOSITORY, join(entry.parentPath, entry.name)).split(sep).join('/'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  return entries.sort();
}

export function exists(path: string): boolean {
  return existsSync(join(REPOSITORY, path));
}

export function readText(path: string): string {
  return readFileSync(join(REPOSITORY, path), 'utf8');
}

/** The TypeScript files below a folder, declarations of foreign modules included. */
export function sourcesBelow(folder: string): SourceFile[] {
  return filesBelow(folder, '.ts').map((path) => sourceFile(path, readText(path)));
}

/** `path:line` of a node, as editors open it. */
export function place(file: SourceFile, node: ts.Node): string {
  return `${file.path}:${file.tree.getLineAndCharacterOfPosition(node.getStart(file.tree)).line + 1}`;
}

/** Every node of the tree, parents before their children; comments are not among them. */
export function nodesOf(root: ts.Node): ts.Node[] {
  const nodes: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    nodes.push(node);
    ts.forEachChild(node, visit);
  };
  visit(root);
  return nodes;
}
