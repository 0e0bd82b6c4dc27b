/** Leaves unusable settings out of a tree, so that the rest of a file can be checked although part of it is wrong. */
import type { z } from 'zod';
import { PathSet } from './path-set.js';
import { mayBeAbsent, settingAround } from './schema-walk.js';
import type { Entry, Path, Tree } from './tree.js';

/** What goes where the setting at `path` cannot be used: that, or the entry of a list that makes no sense without it. */
export function partWithout(schema: z.core.$ZodType, at: Path): Path {
  const path = settingAround(schema, at);
  const entry = path.findIndex((step) => typeof step === 'number');
  return entry < 0 || mayBeAbsent(schema, path) ? path : path.slice(0, entry + 1);
}

/** The tree without `parts`. A list goes with its last entry; `PathSet.withGaps` tells where those behind a gap stood. */
export function pruned(tree: Tree, parts: readonly Path[]): Tree {
  return without(tree, new PathSet(parts)) ?? tree;
}

/** Undefined for a list of which nothing is left. */
function without(tree: Tree, gone: PathSet): Tree | undefined {
  if (tree.kind === 'list') {
    const items = tree.items.flatMap((item, index) => {
      const step = gone.step(String(index));
      if (step === undefined) return [item];
      return step.member ? [] : (without(item, step.below) ?? []);
    });
    return items.length === 0 && tree.items.length > 0 ? undefined : { ...tree, items };
  }
  if (tree.kind !== 'map') return tree;
  const entries = new Map<string, Entry>();
  for (const [key, entry] of tree.entries) {
    const step = gone.step(key);
    if (step?.member) continue;
    const value = step === undefined ? entry.value : without(entry.value, step.below);
    if (value !== undefined) entries.set(key, { ...entry, value });
  }
  return { ...tree, entries };
}

/** What stands in for a required setting: a plain value, or an empty map where it is undefined. */
export interface StandIn {
  readonly path: Path;
  readonly value: string | number | undefined;
}

/** The tree with a stand-in at each path whose parent is a map. */
export function withStandIns(tree: Tree, standIns: readonly StandIn[]): Tree {
  if (tree.kind !== 'map') return tree;
  const entries = new Map<string, Entry>(tree.entries);
  const inside = new Map<string, StandIn[]>();
  for (const { path, value } of standIns) {
    const [step, ...rest] = path;
    if (step === undefined) continue;
    const key = String(step);
    if (rest.length > 0) {
      const others = inside.get(key);
      if (others === undefined) inside.set(key, [{ path: rest, value }]);
      else others.push({ path: rest, value });
      continue;
    }
    const at = entries.get(key)?.keyAt ?? tree.at;
    const child: Tree =
      value === undefined
        ? { kind: 'map', entries: new Map(), at }
        : { kind: 'scalar', value, source: String(value), at };
    entries.set(key, { keyAt: at, value: child });
  }
  for (const [key, below] of inside) {
    const entry = entries.get(key);
    if (entry !== undefined) entries.set(key, { ...entry, value: withStandIns(entry.value, below) });
  }
  return { ...tree, entries };
}
