/** The calls of a run that somebody waits for, by number: an answer finds the invocation that waits, or nobody who does. */
import { widened } from '../engine/columns.js';
import type { EventKind } from '../engine/event-loop.js';
import type { Micros } from '../engine/units.js';
import type { DependencySettings } from '../scenario/types.js';
import { type Callers, Dependency } from './dependency.js';
import type { Execution } from './execution.js';
import { HandlerCalls } from './handler-calls.js';
import { type InvocationId, NONE } from './ids.js';
import { FN, MARKS } from './invocations.js';
import type { World } from './world.js';

export class AwaitedCalls implements Callers {
  /** The waiting invocation; NONE when it gave up; the next free number of a number that is free. */
  private owner = new Int32Array(16);
  private used = 0;
  private free: number = NONE;
  private readonly dependencies: ReadonlyMap<string, Dependency>;
  private readonly answer: EventKind;

  constructor(
    private readonly world: World,
    execution: Execution,
  ) {
    const { scenario, loop } = world;
    this.answer = loop.define('call/answered', (call, ok) => this.answered(call, ok === 1));
    this.dependencies = new Map(
      scenario.dependencies.map((one) => [one.id, new Dependency(one, world, this, () => this.lookForEnded(one))]),
    );
    for (const fn of world.functions) {
      if (fn.settings.calls.length > 0)
        fn.handler = new HandlerCalls(world, fn, this, execution, world.rounds.has(fn.settings.id));
    }
  }

  dependency(id: string): Dependency | undefined {
    return this.dependencies.get(id);
  }

  /** A number for a call that `invocation` waits for. */
  open(invocation: InvocationId): number {
    let call = this.free;
    if (call !== NONE) this.free = this.owner[call];
    else {
      call = this.used++;
      if (call === this.owner.length) this.owner = widened(this.owner, call * 2);
    }
    this.owner[call] = invocation;
    return call;
  }

  ownerOf(call: number): InvocationId {
    return this.owner[call] as InvocationId;
  }

  /** The number is free again. */
  close(call: number): void {
    this.owner[call] = this.free;
    this.free = call;
  }

  /** The invocation waits no longer; the call goes on. */
  abandon(call: number): void {
    this.owner[call] = NONE;
  }

  isAwaited(call: number): boolean {
    return this.owner[call] !== NONE;
  }

  answered(call: number, ok: boolean): void {
    const invocation = this.owner[call] as InvocationId;
    this.close(call);
    if (invocation === NONE) return;
    const fn = this.world.functions[this.world.invocations.marks[(invocation << MARKS) + FN]]!;
    fn.handler!.resume(invocation, ok);
  }

  answerAfter(delay: Micros, call: number, ok: boolean): void {
    this.world.loop.after(delay, this.answer, call, ok ? 1 : 0);
  }

  /** The run is over: invocations that still wait are counted up to its end. */
  finish(until: Micros): void {
    const isFree = new Uint8Array(this.used);
    for (let call = this.free; call !== NONE; call = this.owner[call]) isFree[call] = 1;
    for (let call = 0; call < this.used; call++) {
      const invocation = this.owner[call] as InvocationId;
      if (isFree[call] === 1 || invocation === NONE) continue;
      const fn = this.world.functions[this.world.invocations.marks[(invocation << MARKS) + FN]]!;
      fn.handler!.stillWaits(invocation, until);
    }
  }

  private lookForEnded({ id }: DependencySettings): void {
    for (const fn of this.world.functions) if (fn.settings.calls.some(({ to }) => to === id)) fn.environments.settle();
  }
}
