/** The lines of `calls` of one function as steps, each a call of a dependency, of a function, or a sending. */
import type { EventKind } from '../engine/event-loop.js';
import type { Stream } from '../engine/random-streams.js';
import type { Bytes, Micros } from '../engine/units.js';
import type { CallSettings } from '../scenario/types.js';
import type { AwaitedCalls } from './awaited-calls.js';
import { type Dependency, IN_LINE, REJECTED } from './dependency.js';
import { FunctionCall } from './function-call.js';
import type { HeldConnections } from './held-connections.js';
import { type InvocationId, NONE } from './ids.js';
import { MARKS, PENDING } from './invocations.js';
import type { LambdaFunction } from './lambda-function.js';
import { keysOf } from './record-keys.js';
import type { World } from './world.js';

/** What came of a call at once: it is over, it failed, or an answer will come: at an instant, or nobody knows when. */
export const OVER = -1;
export const FAILED = -2;
const UNKNOWN = -3;
export type Made = Micros;

/** One line of `calls`, as often as it says. */
export interface Step {
  readonly probability: number;
  readonly draws: Stream;
  /** Makes the call of an invocation now. */
  make(invocation: InvocationId, hops: number): Made;
}

/** What a line asks of a dependency, and the bit of its connection. */
interface Question {
  readonly dependency: Dependency;
  readonly payload: Bytes;
  readonly bit: number;
}

export class HandlerSteps {
  /** Calls of the init first. */
  readonly steps: readonly Step[];
  readonly initSteps: number;
  private readonly questions: Question[] = [];
  private readonly afterConnect: EventKind;

  constructor(
    private readonly world: World,
    private readonly fn: LambdaFunction,
    private readonly calls: AwaitedCalls,
    private readonly connections: HeldConnections,
    /** A connection that took time is there: what came of the call it was for. */
    private readonly onConnected: (invocation: InvocationId, made: Made) => void,
  ) {
    const { id, calls: lines } = fn.settings;
    const inInit = lines.filter(({ each }) => each === 'environment');
    const inHandler = lines.filter(({ each }) => each === 'invocation');
    const stepsOf = (line: CallSettings): Step[] => {
      const step = this.step(line, lines.indexOf(line));
      return Array.from({ length: line.count }, () => step);
    };
    const before = inInit.flatMap(stepsOf);
    this.steps = [...before, ...inHandler.flatMap(stepsOf)];
    this.initSteps = before.length;
    this.afterConnect = world.loop.define(`functions.${id}/connected`, (call, question) =>
      this.connected(call, question),
    );
  }

  private step(line: CallSettings, index: number): Step {
    const name = `functions.${this.fn.settings.id}/calls ${index}`;
    const draws = this.world.streams.named(`${name}/probability`);
    const { probability, payload } = line;
    const dependency = this.calls.dependency(line.to);
    if (dependency !== undefined) {
      const question = this.questions.push({ dependency, payload, bit: this.connections.bitOf(dependency) }) - 1;
      return { probability, draws, make: (invocation) => this.ask(invocation, question) };
    }
    const callee = this.world.functions.find(({ settings }) => settings.id === line.to);
    if (callee !== undefined && line.invocation === 'RequestResponse') {
      const to = new FunctionCall(this.world, callee, name, this.calls);
      return { probability, draws, make: (invocation, hops) => this.invoke(invocation, to, hops) };
    }
    const target = this.world.targets.named(line.to);
    const nextKey = keysOf(line.key, () => this.world.streams.named(`${name}/keys`));
    return { probability, draws, make: (_, hops) => (target.receive(payload, nextKey(), hops) ? OVER : FAILED) };
  }

  private invoke(invocation: InvocationId, to: FunctionCall, hops: number): Made {
    const call = this.wait(invocation);
    return to.make(call, hops) ? UNKNOWN : this.giveUp(invocation, call);
  }

  private ask(invocation: InvocationId, question: number): Made {
    const { dependency, bit } = this.questions[question]!;
    const call = this.wait(invocation);
    if (dependency.connection === undefined || this.connections.isHeld(invocation, bit))
      return this.put(invocation, call, question);
    if (!dependency.connect()) return this.giveUp(invocation, call);
    this.connections.hold(invocation, dependency, bit);
    const time = dependency.connectTime!.next();
    if (time === 0) return this.put(invocation, call, question);
    this.world.loop.after(time, this.afterConnect, call, question);
    return UNKNOWN;
  }

  private connected(call: number, question: number): void {
    const invocation = this.calls.ownerOf(call);
    if (invocation === NONE) this.calls.close(call);
    else this.onConnected(invocation, this.put(invocation, call, question));
  }

  private put(invocation: InvocationId, call: number, question: number): Made {
    const { dependency, payload } = this.questions[question]!;
    const answerAt = dependency.call(call, payload);
    if (answerAt === REJECTED) return this.giveUp(invocation, call);
    return answerAt === IN_LINE ? UNKNOWN : answerAt;
  }

  /** The invocation waits for the call of this number from now on. */
  private wait(invocation: InvocationId): number {
    const call = this.calls.open(invocation);
    this.world.invocations.marks[(invocation << MARKS) + PENDING] = call;
    return call;
  }

  private giveUp(invocation: InvocationId, call: number): Made {
    this.calls.close(call);
    this.world.invocations.marks[(invocation << MARKS) + PENDING] = NONE;
    return FAILED;
  }
}
