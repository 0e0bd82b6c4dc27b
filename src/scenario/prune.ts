/** Leaves unusable settings out of a tree, so that the rest of a file can be checked although part of it is wrong. */
import type { Entry, Path, Tree } from './tree.js';

/** The tree without the settings at `paths`. A list that holds one goes as a whole, because the positions of its entries would shift. */
export function pruned(tree: Tree, paths: readonly Path[]): Tree {
  let rest = tree;
  for (const path of paths) {
    const list = path.findIndex((step) => typeof step === 'number');
    const target = list < 0 ? path : path.slice(0, list);
    if (target.length > 0) rest = without(rest, target, 0);
  }
  return rest;
}

function without(tree: Tree, path: Path, depth: number): Tree {
  if (tree.kind !== 'map') return tree;
  const key = String(path[depth]);
  const entry = tree.entries.get(key);
  if (entry === undefined) return tree;
  const entries = new Map<string, Entry>(tree.entries);
  if (depth === path.length - 1) entries.delete(key);
  else entries.set(key, { ...entry, value: without(entry.value, path, depth + 1) });
  return { ...tree, entries };
}

/** The tree with a plain value, or an empty map, at a path whose parent is a map. */
export function withStandIn(tree: Tree, path: Path, value: string | number | undefined, depth = 0): Tree {
  if (tree.kind !== 'map') return tree;
  const key = String(path[depth]);
  const old = tree.entries.get(key);
  const at = old?.keyAt ?? tree.at;
  const last = depth === path.length - 1;
  const child: Tree | undefined = last
    ? value === undefined
      ? { kind: 'map', entries: new Map(), at }
      : { kind: 'scalar', value, source: String(value), at }
    : old && withStandIn(old.value, path, value, depth + 1);
  return child === undefined ? tree : { ...tree, entries: new Map(tree.entries).set(key, { keyAt: at, value: child }) };
}

/** Whether `path` is `above` or lies below it. */
export function isWithin(path: Path, above: Path): boolean {
  return above.length <= path.length && related(path, above);
}

/** Whether one path is the other or stands above it. */
export function related(a: Path, b: Path): boolean {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) if (String(a[i]) !== String(b[i])) return false;
  return true;
}
