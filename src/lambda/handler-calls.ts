/**
 * The calls that handlers make, in order, each before the next, before the handler's own time. Until the last has been
 * answered nobody knows when the handler will end, so the end of such an invocation is scheduled only then; meanwhile its
 * environment stays busy and is billed.
 *
 *     | init ... calls of the init | calls ......| own time ...|      an answer that fails, or never comes:
 *     |<------- init phase ------->|<------ Duration --------->|      the invocation fails, or times out
 */
import { widened } from '../engine/columns.js';
import type { EventKind } from '../engine/event-loop.js';
import type { Stream } from '../engine/random-streams.js';
import type { Bytes, Micros } from '../engine/units.js';
import type { CallSettings, DependencySettings } from '../scenario/types.js';
import { type Callers, Dependency, IN_LINE, REJECTED } from './dependency.js';
import type { Execution } from './execution.js';
import { FunctionCall } from './function-call.js';
import { type EnvironmentId, type InvocationId, NOBODY, NONE } from './ids.js';
import {
  ABORTED_INIT,
  AFTER,
  BEGAN_AT,
  CALL,
  CALLED_AT,
  DOWNSTREAM,
  DURATION,
  ENDS_AT,
  ENVIRONMENT,
  FN,
  HELD,
  HIDDEN_INIT,
  HOPS,
  INIT,
  KIND,
  MARKS,
  OUTCOME,
  OVERHEAD,
  PENDING,
  RESTORE,
  SOURCE,
  STARTED_AT,
  TIMES,
  TIMES_OUT_AT,
} from './invocations.js';
import type { LambdaFunction } from './lambda-function.js';
import { COLD_RERUN, FUNCTION_ERROR, FUNCTION_TIMEOUT, type Outcome, PROVISIONED, WARM } from './outcome.js';
import { keysOf } from './record-keys.js';
import { NEW_CHAIN } from './targets.js';
import type { World } from './world.js';

/** What came of a call at once: it is over, it failed, or an answer will come: at an instant, or nobody knows when. */
const OVER = -1;
const FAILED = -2;
const UNKNOWN = -3;
type Made = Micros;

/** One line of `calls`, as often as it says. */
interface Step {
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

/** Every call of a run that somebody waits for: who that is, by the number of the call. */
export class Calls implements Callers {
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

/** What the calls of the init have left behind in an environment, beside a bit for each connection. */
const PREPARED = 1 << 30;

export class HandlerCalls {
  /** Whether its init makes calls. */
  readonly prepares: boolean;
  /** Calls of the init first. */
  private readonly steps: readonly Step[];
  private readonly initSteps: number;
  private readonly connecting: Dependency[] = [];
  private readonly questions: Question[] = [];
  /** By environment: its connections, a bit each, and PREPARED. */
  private held = new Int32Array(4);
  private readonly beginCalls: EventKind;
  private readonly prepareCalls: EventKind;
  private readonly timeOut: EventKind;
  private readonly afterConnect: EventKind;

  constructor(
    private readonly world: World,
    private readonly fn: LambdaFunction,
    private readonly calls: Calls,
    private readonly execution: Execution,
    /** Whether what it sends may come back to it. */
    private readonly inLoop: boolean,
  ) {
    const { loop } = world;
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
    this.prepares = before.length > 0;
    this.beginCalls = loop.define(`functions.${id}/calls`, (row) => this.proceed(row as InvocationId));
    this.prepareCalls = loop.define(`functions.${id}/calls of the init`, (row) => this.proceed(row as InvocationId));
    this.timeOut = loop.define(`functions.${id}/timeout`, (row) => this.timeOutIfWaiting(row as InvocationId));
    this.afterConnect = loop.define(`functions.${id}/connected`, (call, question) => this.connected(call, question));
    fn.environments.onReady = (environment) => this.readied(environment);
    if (this.prepares) fn.environments.callAhead = (environment) => this.prepareAhead(environment);
    fn.environments.onClosed = (environment) => this.letGo(environment);
  }

  /** The init of a cold start makes its calls from `at` on. */
  prepare(invocation: InvocationId, at: Micros): void {
    const { times } = this.world.invocations;
    const t = invocation << TIMES;
    this.reset(invocation);
    times[t + BEGAN_AT] = NONE;
    times[t + HIDDEN_INIT] = 0;
    times[t + ABORTED_INIT] = 0;
    // An init over its limit is repeated inside the invocation, under the timeout of the function.
    const timesOutAt = times[t + STARTED_AT] + times[t + OVERHEAD] + this.fn.initLimit + this.fn.timeout;
    times[t + TIMES_OUT_AT] = Math.max(at, timesOutAt);
    times[t + ENDS_AT] = at + times[t + DURATION];
    this.world.loop.at(at, this.prepareCalls, invocation);
  }

  /**
   * The init of a provisioned environment makes its calls from now on, ahead of requests: whatever else it takes lies before.
   * A row that nothing is stated of waits for the answers; KIND tells it from that of a cold start.
   */
  private prepareAhead(environment: EnvironmentId): void {
    const { invocations, loop } = this.world;
    const row = invocations.open(this.fn.id, NOBODY, NONE, loop.now, 0);
    const { times, marks } = invocations;
    const t = row << TIMES;
    const m = row << MARKS;
    this.reset(row);
    marks[m + KIND] = PROVISIONED;
    marks[m + ENVIRONMENT] = environment;
    marks[m + HOPS] = 0;
    times[t + BEGAN_AT] = NONE;
    times[t + STARTED_AT] = loop.now;
    const left = this.fn.provisionedInitLimit - this.fn.environments.initOf(environment);
    times[t + TIMES_OUT_AT] = loop.now + Math.max(0, left);
    this.proceed(row);
  }

  private isAhead(invocation: InvocationId): boolean {
    const { times, marks } = this.world.invocations;
    return times[(invocation << TIMES) + BEGAN_AT] === NONE && marks[(invocation << MARKS) + KIND] === PROVISIONED;
  }

  /** The init ahead of requests is over. One that failed leaves an environment that initialises again. */
  private endAhead(invocation: InvocationId, ok: boolean): void {
    const { invocations, loop } = this.world;
    const environment = invocations.marks[(invocation << MARKS) + ENVIRONMENT] as EnvironmentId;
    const startedAt = invocations.times[(invocation << TIMES) + STARTED_AT];
    this.letGoOfOwn(invocation);
    invocations.drop(invocation);
    if (!ok) this.fn.environments.reset(environment);
    this.fn.environments.readyAhead(environment, startedAt, loop.now - startedAt);
  }

  /** The Duration begins at ENDS_AT, an init inside it first; `isPrepared` where the calls of the init have just been made. */
  begin(invocation: InvocationId, isPrepared = false): void {
    const { times, marks } = this.world.invocations;
    const t = invocation << TIMES;
    const m = invocation << MARKS;
    const beganAt = times[t + ENDS_AT];
    const hidden = marks[m + KIND] === WARM ? 0 : times[t + HIDDEN_INIT];
    if (!isPrepared) {
      this.reset(invocation);
      const ready = !this.prepares || (this.heldBy(marks[m + ENVIRONMENT]) & PREPARED) !== 0;
      marks[m + CALL] = ready ? this.initSteps : 0;
    }
    times[t + BEGAN_AT] = beganAt;
    times[t + TIMES_OUT_AT] = beganAt + this.fn.timeout;
    if (hidden >= this.fn.timeout) {
      this.execution.finish(this.fn, invocation);
      return;
    }
    // The least it can be.
    times[t + ENDS_AT] = beganAt + times[t + DURATION];
    const callsAt = beganAt + hidden;
    if (callsAt > this.world.loop.now) this.world.loop.at(callsAt, this.beginCalls, invocation);
    else this.proceed(invocation);
  }

  /** The call that the invocation waited for was answered. */
  resume(invocation: InvocationId, ok: boolean): void {
    this.stopWaiting(invocation);
    if (ok) this.proceed(invocation);
    else this.fail(invocation);
  }

  /** The invocation has ended: what it held to its end is let go. */
  ended(invocation: InvocationId, outcome: Outcome): void {
    this.letGoOfOwn(invocation);
    if (outcome === FUNCTION_TIMEOUT) this.letGo(this.world.invocations.marks[(invocation << MARKS) + ENVIRONMENT]);
  }

  private letGoOfOwn(invocation: InvocationId): void {
    const { marks } = this.world.invocations;
    const m = invocation << MARKS;
    for (let bits = marks[m + HELD]; bits !== 0; bits &= bits - 1)
      this.connecting[31 - Math.clz32(bits & -bits)]!.disconnect();
    marks[m + HELD] = 0;
  }

  /** The run ends while the invocation waits: its Duration, or its init, ends with it. */
  stillWaits(invocation: InvocationId, until: Micros): void {
    const { times, marks } = this.world.invocations;
    const t = invocation << TIMES;
    if (this.isAhead(invocation)) {
      const startedAt = times[t + STARTED_AT];
      this.fn.environments.stateProvisionedInit(
        marks[(invocation << MARKS) + ENVIRONMENT],
        startedAt,
        until - startedAt,
      );
      this.world.invocations.drop(invocation);
      return;
    }
    if (times[t + BEGAN_AT] === NONE) this.endInit(invocation, until);
    else {
      times[t + DOWNSTREAM] += until - times[t + CALLED_AT];
      times[t + DURATION] = until - times[t + BEGAN_AT];
      this.stateWait(invocation);
    }
    times[t + ENDS_AT] = until;
  }

  private reset(invocation: InvocationId): void {
    const { times, marks } = this.world.invocations;
    const m = invocation << MARKS;
    times[(invocation << TIMES) + DOWNSTREAM] = 0;
    marks[m + CALL] = 0;
    marks[m + PENDING] = NONE;
    marks[m + HELD] = 0;
  }

  /** Makes calls up to one that has to be waited for, or to the end. */
  private proceed(invocation: InvocationId): void {
    const { invocations } = this.world;
    const m = invocation << MARKS;
    const t = invocation << TIMES;
    const inInit = invocations.times[t + BEGAN_AT] === NONE;
    for (;;) {
      // A call may open rows, and so replace the tables.
      const { times, marks } = invocations;
      const index = marks[m + CALL];
      if (index === this.initSteps && this.prepares) this.mark(marks[m + ENVIRONMENT], PREPARED);
      if (index === (inInit ? this.initSteps : this.steps.length)) break;
      marks[m + CALL]++;
      const step = this.steps[index]!;
      if (step.probability < 1 && step.draws.uniform() >= step.probability) continue;
      times[t + CALLED_AT] = this.world.loop.now;
      const made = step.make(invocation, this.onward(invocation));
      if (made === OVER) continue;
      if (made === FAILED) this.fail(invocation);
      else this.watch(invocation, made);
      return;
    }
    if (this.isAhead(invocation)) this.endAhead(invocation, true);
    else if (inInit) this.execution.startPrepared(this.fn, invocation);
    else this.finish(invocation);
  }

  /** Hops of what the invocation sends. */
  private onward(invocation: InvocationId): number {
    if (!this.inLoop) return NEW_CHAIN;
    const { marks } = this.world.invocations;
    const m = invocation << MARKS;
    return marks[m + SOURCE] < this.world.scenario.traffic.length ? 1 : marks[m + HOPS] + 1;
  }

  /** The answer may come after the timeout, or never. */
  private watch(invocation: InvocationId, answerAt: Micros): void {
    const timesOutAt = this.world.invocations.times[(invocation << TIMES) + TIMES_OUT_AT];
    if (answerAt >= 0 && answerAt <= timesOutAt) return;
    this.world.loop.at(timesOutAt, this.timeOut, invocation);
  }

  private stopWaiting(invocation: InvocationId): void {
    const { times, marks } = this.world.invocations;
    const t = invocation << TIMES;
    marks[(invocation << MARKS) + PENDING] = NONE;
    if (times[t + BEGAN_AT] !== NONE) times[t + DOWNSTREAM] += this.world.loop.now - times[t + CALLED_AT];
  }

  /** All calls are answered: the handler's own time follows. */
  private finish(invocation: InvocationId): void {
    const { times } = this.world.invocations;
    const t = invocation << TIMES;
    times[t + DURATION] += times[t + DOWNSTREAM];
    times[t + ENDS_AT] = times[t + BEGAN_AT];
    this.stateWait(invocation);
    this.execution.finish(this.fn, invocation);
  }

  /** A call failed: so does the invocation, now. In the init it leaves an environment that has to initialise again. */
  private fail(invocation: InvocationId): void {
    if (this.isAhead(invocation)) {
      this.endAhead(invocation, false);
      return;
    }
    const { times, marks } = this.world.invocations;
    const t = invocation << TIMES;
    const m = invocation << MARKS;
    marks[m + OUTCOME] = FUNCTION_ERROR;
    if (times[t + BEGAN_AT] === NONE) {
      this.endInit(invocation, this.world.loop.now);
      times[t + ENDS_AT] = this.world.loop.now - times[t + DURATION];
      this.fn.environments.reset(marks[m + ENVIRONMENT] as EnvironmentId);
    } else {
      times[t + DURATION] = this.world.loop.now - times[t + BEGAN_AT];
      times[t + ENDS_AT] = times[t + BEGAN_AT];
      this.stateWait(invocation);
    }
    this.execution.finish(this.fn, invocation);
  }

  /** The init ends at `at`, its calls unanswered. Over its limit it was given up there, and repeated inside the Duration. */
  private endInit(invocation: InvocationId, at: Micros): void {
    const { times, marks } = this.world.invocations;
    const t = invocation << TIMES;
    const init = at - times[t + STARTED_AT] - times[t + OVERHEAD];
    const repeated = Math.max(0, init - this.fn.initLimit);
    times[t + HIDDEN_INIT] = repeated;
    times[t + DURATION] = repeated;
    if (repeated === 0) {
      times[t + INIT] = init;
      return;
    }
    marks[(invocation << MARKS) + KIND] = COLD_RERUN;
    times[t + RESTORE] = 0;
    times[t + INIT] = 0;
    times[t + ABORTED_INIT] = this.fn.initLimit;
  }

  /** A row that waits and has this very deadline is the one meant, or one with the same deadline. */
  private timeOutIfWaiting(invocation: InvocationId): void {
    const { times, marks } = this.world.invocations;
    const t = invocation << TIMES;
    const m = invocation << MARKS;
    const { now } = this.world.loop;
    if (marks[m + FN] !== this.fn.id || times[t + TIMES_OUT_AT] !== now || marks[m + PENDING] === NONE) return;
    this.calls.abandon(marks[m + PENDING]);
    const inInit = times[t + BEGAN_AT] === NONE;
    this.stopWaiting(invocation);
    if (this.isAhead(invocation)) {
      this.letGo(marks[m + ENVIRONMENT]);
      this.endAhead(invocation, false);
      return;
    }
    marks[m + OUTCOME] = FUNCTION_TIMEOUT;
    if (inInit) {
      this.endInit(invocation, now);
      times[t + HIDDEN_INIT] = this.fn.timeout;
    } else this.stateWait(invocation);
    times[t + AFTER] = 0;
    times[t + DURATION] = this.fn.timeout;
    times[t + ENDS_AT] = now - this.fn.timeout;
    this.execution.finish(this.fn, invocation);
  }

  private stateWait(invocation: InvocationId): void {
    const wait = this.world.invocations.times[(invocation << TIMES) + DOWNSTREAM];
    if (wait > 0) this.world.recorder.waited(this.fn.id, invocation, wait);
  }

  private step(line: CallSettings, index: number): Step {
    const name = `functions.${this.fn.settings.id}/calls ${index}`;
    const draws = this.world.streams.named(`${name}/probability`);
    const { probability, payload } = line;
    const dependency = this.calls.dependency(line.to);
    if (dependency !== undefined) {
      const question = this.questions.push({ dependency, payload, bit: this.bitOf(dependency) }) - 1;
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
    if (dependency.connection === undefined || this.isConnected(invocation, bit))
      return this.put(invocation, call, question);
    if (!dependency.connect()) return this.giveUp(invocation, call);
    this.hold(invocation, dependency, bit);
    const time = dependency.connectTime!.next();
    if (time === 0) return this.put(invocation, call, question);
    this.world.loop.after(time, this.afterConnect, call, question);
    return UNKNOWN;
  }

  private connected(call: number, question: number): void {
    const invocation = this.calls.ownerOf(call);
    if (invocation === NONE) {
      this.calls.close(call);
      return;
    }
    const made = this.put(invocation, call, question);
    if (made !== FAILED) {
      this.watch(invocation, made);
      return;
    }
    this.stopWaiting(invocation);
    this.fail(invocation);
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

  private bitOf(dependency: Dependency): number {
    if (dependency.connection === undefined) return 0;
    let index = this.connecting.indexOf(dependency);
    if (index < 0) index = this.connecting.push(dependency) - 1;
    return 1 << index;
  }

  private isConnected(invocation: InvocationId, bit: number): boolean {
    const { marks } = this.world.invocations;
    const m = invocation << MARKS;
    return ((marks[m + HELD] | this.heldBy(marks[m + ENVIRONMENT])) & bit) !== 0;
  }

  private hold(invocation: InvocationId, { connection }: Dependency, bit: number): void {
    const { marks } = this.world.invocations;
    const m = invocation << MARKS;
    if (connection?.per === 'invocation') marks[m + HELD] |= bit;
    else this.mark(marks[m + ENVIRONMENT], bit);
  }

  private heldBy(environment: number): number {
    return environment < this.held.length ? this.held[environment] : 0;
  }

  private mark(environment: number, bits: number): void {
    if (environment >= this.held.length)
      this.held = widened(this.held, Math.max(environment + 1, this.held.length * 2));
    this.held[environment] |= bits;
  }

  /** An environment that was initialised before the run has made the calls of its init: it holds their connections. */
  private readied(environment: EnvironmentId): void {
    if (!this.prepares) return;
    for (const { to, each } of this.fn.settings.calls) {
      const dependency = each === 'environment' ? this.calls.dependency(to) : undefined;
      if (dependency?.connection?.per !== 'environment') continue;
      // One that is refused is tried again by the first invocation.
      if (!dependency.connect()) return;
      this.mark(environment, this.bitOf(dependency));
    }
    this.mark(environment, PREPARED);
  }

  /** The environment has ended, or its runtime was stopped: its connections are closed. */
  private letGo(environment: number): void {
    const held = this.heldBy(environment) & ~PREPARED;
    for (let bits = held; bits !== 0; bits &= bits - 1) this.connecting[31 - Math.clz32(bits & -bits)]!.disconnect();
    if (environment < this.held.length) this.held[environment] = 0;
  }
}
