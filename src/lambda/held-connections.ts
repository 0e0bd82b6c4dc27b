/** Connections of one function to its dependencies: which environment holds which, a bit for each, and which invocation. */
import { widened } from '../engine/columns.js';
import type { Dependency } from './dependency.js';
import type { EnvironmentId, InvocationId } from './ids.js';
import { ENVIRONMENT, HELD, MARKS } from './invocations.js';
import type { World } from './world.js';

/** That the calls of the init were made in an environment: a bit beside those of its connections. */
const PREPARED = 1 << 30;

export class HeldConnections {
  /** The dependency of each bit. */
  private readonly dependencies: Dependency[] = [];
  /** By environment. */
  private held = new Int32Array(4);

  constructor(private readonly world: World) {}

  /** The bit of a dependency; 0 where nobody connects. */
  bitOf(dependency: Dependency): number {
    if (dependency.connection === undefined) return 0;
    let index = this.dependencies.indexOf(dependency);
    if (index < 0) index = this.dependencies.push(dependency) - 1;
    return 1 << index;
  }

  isHeld(invocation: InvocationId, bit: number): boolean {
    const { marks } = this.world.invocations;
    const m = invocation << MARKS;
    return ((marks[m + HELD] | this.heldBy(marks[m + ENVIRONMENT])) & bit) !== 0;
  }

  /** The invocation has connected; its environment holds the connection on where the dependency says so. */
  hold(invocation: InvocationId, { connection }: Dependency, bit: number): void {
    const { marks } = this.world.invocations;
    const m = invocation << MARKS;
    if (connection?.per === 'invocation') marks[m + HELD] |= bit;
    else this.mark(marks[m + ENVIRONMENT], bit);
  }

  holdFrom(environment: EnvironmentId, dependency: Dependency): void {
    this.mark(environment, this.bitOf(dependency));
  }

  /** The connections of an invocation are closed at its end. */
  release(invocation: InvocationId): void {
    const { marks } = this.world.invocations;
    const m = invocation << MARKS;
    this.close(marks[m + HELD]);
    marks[m + HELD] = 0;
  }

  /** The environment has ended, or its runtime was stopped: its connections are closed, and its init is to be repeated. */
  releaseAll(environment: number): void {
    this.close(this.heldBy(environment) & ~PREPARED);
    if (environment < this.held.length) this.held[environment] = 0;
  }

  isPrepared(environment: number): boolean {
    return (this.heldBy(environment) & PREPARED) !== 0;
  }

  /** The calls of the init have been made. */
  prepared(environment: number): void {
    this.mark(environment, PREPARED);
  }

  private close(connections: number): void {
    for (let bits = connections; bits !== 0; bits &= bits - 1)
      this.dependencies[31 - Math.clz32(bits & -bits)]!.disconnect();
  }

  private heldBy(environment: number): number {
    return environment < this.held.length ? this.held[environment] : 0;
  }

  private mark(environment: number, bits: number): void {
    if (environment >= this.held.length)
      this.held = widened(this.held, Math.max(environment + 1, this.held.length * 2));
    this.held[environment] |= bits;
  }
}
