/**
 * A file as values with positions: what the YAML reader makes, `--set` changes and the schema reads. Keys are as written,
 * in the order of the file, without those that begin with `x-`.
 */

import { shown } from './quantities/reading.js';

export interface Place {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

export type Tree =
  | {
      readonly kind: 'scalar';
      readonly value: string | number | boolean | null;
      readonly source: string;
      readonly at: Place;
    }
  | { readonly kind: 'list'; readonly items: readonly Tree[]; readonly at: Place }
  | { readonly kind: 'map'; readonly entries: ReadonlyMap<string, Entry>; readonly at: Place };

export interface Entry {
  readonly keyAt: Place;
  readonly value: Tree;
}

export type Path = readonly (string | number)[];

/** `functions.api.memory`, `traffic.web.stages[1].rate`. A key that holds a dot, such as `p99.9`, is shown as it is. */
export function pathText(path: Path): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else text += text === '' ? step : `.${step}`;
  }
  return text;
}

/** The paths of several keys below one path. */
export function below(path: Path, keys: readonly string[]): readonly Path[] {
  return keys.map((key) => [...path, key]);
}

/** The setting at a path, or undefined. */
export function treeAt(tree: Tree, path: Path): Tree | undefined {
  let node: Tree | undefined = tree;
  for (const step of path) {
    if (node === undefined) return undefined;
    node = childOf(node, step);
  }
  return node;
}

function childOf(node: Tree, step: string | number): Tree | undefined {
  if (node.kind === 'map') return node.entries.get(String(step))?.value;
  if (node.kind === 'list') return node.items[Number(step)];
  return undefined;
}

/** Where to point for a path: at a plain value, at the key of a map, a list or an empty value, at the nearest parent of what is absent. */
export function placeOf(tree: Tree, path: Path, which: 'value' | 'key' = 'value'): Place {
  let node = tree;
  let place = tree.at;
  for (const [index, step] of path.entries()) {
    const child = childOf(node, step);
    if (child === undefined) return place;
    const key = node.kind === 'map' ? node.entries.get(String(step))!.keyAt : child.at;
    const isWritten = child.kind === 'scalar' && child.source !== '';
    place = index === path.length - 1 && which === 'value' && isWritten ? child.at : key;
    node = child;
  }
  return place;
}

/** Plain data for the schema. Maps have no prototype, so that no key of a file can reach one. */
export function plainOf(tree: Tree): unknown {
  if (tree.kind === 'scalar') return tree.value;
  if (tree.kind === 'list') return tree.items.map(plainOf);
  const map: Record<string, unknown> = Object.create(null);
  for (const [key, entry] of tree.entries) map[key] = plainOf(entry.value);
  return map;
}

/** The keys of the map at a path, in the order of the file; none when there is no map. */
export function keysAt(tree: Tree, path: Path): readonly string[] {
  const node = treeAt(tree, path);
  return node?.kind === 'map' ? [...node.entries.keys()] : [];
}

/** A setting as a flow of YAML, shortened nowhere. */
export function treeText(tree: Tree): string {
  if (tree.kind === 'scalar') return tree.source === '' ? shown(tree.value) : tree.source;
  if (tree.kind === 'list') return `[${tree.items.map(treeText).join(', ')}]`;
  if (tree.entries.size === 0) return '{}';
  return `{ ${[...tree.entries].map(([key, { value }]) => `${key}: ${treeText(value)}`).join(', ')} }`;
}
