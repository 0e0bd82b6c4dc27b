/** A set of paths that answers what lies above or below a path, in time of the path's length. */
import type { Path } from './tree.js';

interface Node {
  member: boolean;
  readonly below: Map<string, Node>;
}

export class PathSet {
  private readonly root: Node = { member: false, below: new Map() };

  constructor(paths: Iterable<Path> = []) {
    for (const path of paths) this.add(path);
  }

  add(path: Path): void {
    let node = this.root;
    for (const step of path) {
      const key = String(step);
      let next = node.below.get(key);
      if (next === undefined) {
        next = { member: false, below: new Map() };
        node.below.set(key, next);
      }
      node = next;
    }
    node.member = true;
  }

  /** Whether a member is this path or stands above it. */
  covers(path: Path): boolean {
    let node: Node | undefined = this.root;
    for (const step of path) {
      if (node.member) return true;
      node = node.below.get(String(step));
      if (node === undefined) return false;
    }
    return node.member;
  }

  /** Whether a member is this path, stands above it, or lies below it. */
  touches(path: Path): boolean {
    let node: Node | undefined = this.root;
    for (const step of path) {
      if (node.member) return true;
      node = node.below.get(String(step));
      if (node === undefined) return false;
    }
    return node.member || node.below.size > 0;
  }

  /** A path that counts the entries of lists without those that are members, as it is with them. */
  withGaps(path: Path): Path {
    let node: Node | undefined = this.root;
    return path.map((step) => {
      let own = step;
      if (typeof step === 'number' && node !== undefined) {
        let before = -1;
        own = -1;
        while (before < step) if (!node.below.get(String(++own))?.member) before++;
      }
      node = node?.below.get(String(own));
      return own;
    });
  }

  /** The members below one step, or undefined when there are none; `member` says whether the step itself is one. */
  step(key: string): { readonly member: boolean; readonly below: PathSet } | undefined {
    const node = this.root.below.get(key);
    if (node === undefined) return undefined;
    const below = new PathSet();
    Object.assign(below.root, { member: node.member });
    for (const [name, child] of node.below) below.root.below.set(name, child);
    return { member: node.member, below };
  }
}
