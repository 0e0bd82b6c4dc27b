/**
 * Where records go: whatever has an id and receives. Calls, destinations, dead letters, topics, redrive and traffic all send
 * through here, and none knows what it sends to.
 */
import type { Bytes } from '../engine/units.js';

export interface Target {
  /**
   * Takes a record that arrives now, and says whether it was accepted. `key` is the record's message group or partition
   * key, NONE for one of its own. `hops` is how many functions that stand in a loop the chain has passed, as AWS's trace
   * header counts them.
   */
  receive(payload: Bytes, key: number, hops: number): boolean;
  /** Looks for where it sends to itself, once everything is made. */
  connect?(): void;
}

/** Of an asynchronous chain that begins here. */
export const NEW_CHAIN = 0;
/** Of a chain that has passed a function in a loop and comes by a bus, which passes on no count: AWS counts anew. */
export const UNCOUNTED = -1;

export class Targets {
  private readonly made = new Map<string, Target>();
  private readonly unconnected: Target[] = [];

  /** `make` gives the target of an id; undefined where nothing of that id receives. */
  constructor(private readonly make: (id: string) => Target | undefined) {}

  /** The target of an id, made when it is first asked for; the checks of a scenario see to it that there is one. */
  named(id: string): Target {
    const known = this.made.get(id);
    if (known !== undefined) return known;
    const target = this.make(id);
    if (target === undefined) throw new RangeError(`nothing receives at "${id}"`);
    this.made.set(id, target);
    this.unconnected.push(target);
    return target;
  }

  /** Lets all that was asked for look for its own targets; these may lead back to it. */
  connect(): void {
    for (let target = this.unconnected.pop(); target !== undefined; target = this.unconnected.pop()) target.connect?.();
  }
}
