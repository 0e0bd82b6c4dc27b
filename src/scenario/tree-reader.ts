/**
 * The nodes of a YAML document as a Tree: aliases followed and maps merged within a budget, keys as written, scalars as
 * text, finite numbers, booleans or null. Reports what a scenario must not hold and goes on where it can.
 */
import { isAlias, isMap, isScalar, isSeq, type LineCounter, type Node, type Pair, Scalar } from 'yaml';
import type { ProblemList } from './problem-list.js';
import { type Fault, shown } from './quantities/reading.js';
import type { Entry, Path, Place, Tree } from './tree.js';
import { DEEPEST, tooDeep } from './yaml-guard.js';

/** Nodes a file may have after its aliases are followed; a real scenario has a few thousand. */
const MOST_NODES = 200_000;
const CORE_TAGS = new Set(
  ['str', 'int', 'float', 'bool', 'null', 'map', 'seq'].map((name) => `tag:yaml.org,2002:${name}`),
);

/** Thrown inside this file only, to leave the recursion when going on would cost too much. */
class Abandoned extends Error {}

export class TreeReader {
  private readonly anchors = new Map<string, Tree>();
  private readonly open = new Set<string>();
  private readonly sizes = new Map<Tree, number>();
  private nodes = 0;

  constructor(
    private readonly fileName: string,
    private readonly lines: LineCounter,
    private readonly problems: ProblemList,
  ) {}

  /** The whole document; undefined when going on would have cost too much. */
  read(contents: Node): Tree | undefined {
    try {
      return this.node(contents, [], 0);
    } catch (error) {
      if (error instanceof Abandoned) return undefined;
      throw error;
    }
  }

  private node(node: Node, path: Path, depth: number): Tree {
    if (depth > DEEPEST) this.abandon(offsetOf(node), path, tooDeep(0));
    this.grow(1, node, path);
    if (isAlias(node)) return this.aliased(node.source, node, path);
    const anchor = 'anchor' in node && typeof node.anchor === 'string' ? node.anchor : undefined;
    if (anchor !== undefined) this.open.add(anchor);
    if (typeof node.tag === 'string' && !CORE_TAGS.has(node.tag)) {
      this.report(
        offsetOf(node),
        path,
        'unknown-tag',
        `the tag ${shown(node.tag)} is not supported`,
        'write plain YAML values',
      );
    }
    const before = this.nodes;
    const tree = isMap(node)
      ? this.map(node.items as Pair<Node, Node | null>[], node, path, depth)
      : isSeq(node)
        ? this.list(node.items as Node[], node, path, depth)
        : this.scalar(node, path);
    if (anchor !== undefined) {
      this.open.delete(anchor);
      this.anchors.set(anchor, tree);
      this.sizes.set(tree, this.nodes - before + 1);
    }
    return tree;
  }

  private aliased(name: string, node: Node, path: Path): Tree {
    if (this.open.has(name)) {
      this.abandon(offsetOf(node), path, {
        code: 'alias-cycle',
        message: `*${shown(name)} stands inside what it names`,
        hint: 'remove the alias',
      });
    }
    const tree = this.anchors.get(name);
    if (tree === undefined) {
      this.report(
        offsetOf(node),
        path,
        'unknown-alias',
        `*${shown(name)} names no anchor above it`,
        `write &${shown(name)} before the value it stands for`,
      );
      return { kind: 'scalar', value: null, source: '', at: this.place(offsetOf(node)) };
    }
    this.grow(this.sizes.get(tree) ?? 1, node, path);
    return tree;
  }

  private scalar(node: Node, path: Path): Tree {
    const at = this.place(offsetOf(node));
    if (!isScalar(node)) return { kind: 'scalar', value: null, source: '', at };
    const source = node.source ?? '';
    const { value } = node;
    if (typeof value === 'number' && !Number.isFinite(value)) {
      this.report(
        offsetOf(node),
        path,
        'not-a-number',
        Number.isNaN(value) ? `${shown(source)} is not a number` : unboundedText(source),
        'write a finite number',
      );
      return { kind: 'scalar', value: null, source, at };
    }
    if (typeof value === 'number') return { kind: 'scalar', value: value === 0 ? 0 : value, source, at };
    if (typeof value === 'string' || typeof value === 'boolean') return { kind: 'scalar', value, source, at };
    return { kind: 'scalar', value: null, source, at };
  }

  private list(items: readonly Node[], node: Node, path: Path, depth: number): Tree {
    const at = this.place(offsetOf(node));
    return { kind: 'list', items: items.map((item, index) => this.node(item, [...path, index], depth + 1)), at };
  }

  private map(pairs: readonly Pair<Node, Node | null>[], node: Node, path: Path, depth: number): Tree {
    const at = this.place(offsetOf(node));
    const own = new Map<string, Entry>();
    const merged = new Map<string, Entry>();
    for (const { key, value } of pairs) {
      const keyOffset = key === null ? offsetOf(node) : offsetOf(key);
      if (key !== null && isMergeKey(key)) {
        if (value !== null) this.merge(value, merged, path, depth);
        continue;
      }
      const name = this.keyName(key, keyOffset, path);
      if (name === undefined) continue;
      const entry: Entry = {
        keyAt: this.place(keyOffset),
        value:
          value === null
            ? { kind: 'scalar', value: null, source: '', at: this.place(keyOffset) }
            : this.node(value, [...path, name], depth + 1),
      };
      if (name.startsWith('x-')) continue;
      const earlier = own.get(name);
      if (earlier !== undefined) {
        this.report(
          keyOffset,
          [...path, name],
          'duplicate-key',
          `${shown(name)} is written twice, first on line ${earlier.keyAt.line}`,
          'keep one of them',
        );
        continue;
      }
      own.set(name, entry);
    }
    for (const [name, entry] of merged) if (!own.has(name)) own.set(name, entry);
    return { kind: 'map', entries: own, at };
  }

  /** `<<: *defaults` or `<<: [*a, *b]`, where the earlier wins; the map's own keys win over both. */
  private merge(value: Node, into: Map<string, Entry>, path: Path, depth: number): void {
    const tree = this.node(value, [...path, '<<'], depth + 1);
    for (const source of tree.kind === 'list' ? tree.items : [tree]) {
      if (source.kind !== 'map') {
        this.report(
          offsetOf(value),
          [...path, '<<'],
          'bad-merge',
          'only maps can be merged with <<',
          'name an anchor that holds a map',
        );
        continue;
      }
      this.grow(source.entries.size, value, path);
      for (const [name, entry] of source.entries) if (!into.has(name)) into.set(name, entry);
    }
  }

  /** As written, even where YAML reads a number or a boolean; undefined and reported when it cannot be a name. */
  private keyName(key: Node | null, offset: number, path: Path): string | undefined {
    let scalar: unknown = key;
    if (key !== null && isAlias(key)) {
      const tree = this.aliased(key.source, key, path);
      if (tree.kind === 'scalar') return this.allowed(String(tree.value ?? ''), offset, path);
      scalar = null;
    }
    if (!isScalar(scalar)) {
      this.report(offset, path, 'bad-key', 'a key must be text', 'write key: value');
      return undefined;
    }
    const plain = scalar.type === Scalar.PLAIN || scalar.type === undefined;
    return this.allowed(
      plain ? (scalar.source ?? String(scalar.value ?? '')) : String(scalar.value ?? ''),
      offset,
      path,
    );
  }

  private allowed(name: string, offset: number, path: Path): string | undefined {
    if (name === '__proto__') {
      this.report(offset, path, 'reserved-key', '__proto__ cannot be a key', 'choose another name');
      return undefined;
    }
    if (name === '') {
      this.report(offset, path, 'bad-key', 'a key is empty', 'write key: value');
      return undefined;
    }
    return name;
  }

  private grow(by: number, node: Node, path: Path): void {
    this.nodes += by;
    if (this.nodes > MOST_NODES) {
      this.abandon(offsetOf(node), path, {
        code: 'too-many-values',
        message: `the file stands for more than ${MOST_NODES} values once its aliases are followed`,
        hint: 'use fewer aliases',
      });
    }
  }

  private place(offset: number): Place {
    return placeAt(this.lines, this.fileName, offset);
  }

  private report(offset: number, path: Path, code: string, message: string, hint: string): void {
    this.problems.add(this.place(offset), path, { code, message, hint });
  }

  private abandon(offset: number, path: Path, { code, message, hint }: Fault): never {
    this.report(offset, path, code, message, hint);
    throw new Abandoned();
  }
}

export function placeAt(lines: LineCounter, file: string, offset: number): Place {
  const { line, col } = lines.linePos(offset);
  return { file, line: Math.max(1, line), column: Math.max(1, col) };
}

function unboundedText(source: string): string {
  return /\d/.test(source)
    ? `${shown(source)} is beyond the numbers that can be calculated with`
    : `${shown(source)} is not a finite number`;
}

function offsetOf(node: Node): number {
  return node.range?.[0] ?? 0;
}

function isMergeKey(key: Node): boolean {
  return isScalar(key) && key.source === '<<' && (key.type === Scalar.PLAIN || key.type === undefined);
}
