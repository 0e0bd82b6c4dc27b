/**
 * The execution environments of one function: opened, taken, given back, closed. Keep-alive costs no events: the end of an
 * idle life is a column, noticed when somebody looks at the environment and stated for the instant it happened. That is
 * exact, because a new environment is opened only after every idle one has been looked at.
 */
import { widened } from '../engine/columns.js';
import type { EventKind, EventLoop } from '../engine/event-loop.js';
import type { Stream } from '../engine/random-streams.js';
import type { Micros } from '../engine/units.js';
import type { Variates } from '../engine/variates.js';
import { type EnvironmentId, type FunctionId, NONE } from './ids.js';
import type { Recorder } from './recorder.js';

export type EnvironmentOrder = 'most-recently-used' | 'least-recently-used' | 'random';

export interface EnvironmentLife {
  /** Idle life, drawn at each idle period. */
  readonly keepAlive: Variates;
  /** Longest life, drawn once an environment; undefined: for ever. */
  readonly maximumAge: Variates | undefined;
  /** Init time, drawn once an environment. */
  readonly init: () => Micros;
  /** An init takes no longer: that of a request, or of an environment made ahead of one; that of a provisioned one. */
  readonly initLimit: Micros;
  readonly provisionedInitLimit: Micros;
  /** Whether another is made ahead of requests when an environment ends by its age; undefined: never. */
  readonly isReplaced: (() => boolean) | undefined;
  readonly order: EnvironmentOrder;
  /** Needed by the order `random` only. */
  readonly choice: Stream;
}

/** A row of `times` is 2^2 wide. */
const TIMES = 2;
/** When it is too old to be used again. */
const AGES_AT = 0;
/** End of its idle life, while it is idle. */
const IDLE_UNTIL = 1;
const INIT = 2;

/** Marks of an environment. No handler has run in it yet. */
const FRESH = 1;
/** A timeout stopped its runtime: it initialises again with its next invocation. */
const RESET = 2;
const PROVISIONED = 4;
/** Another takes its place when it ends by its age. */
const REPLACED = 8;

export class ExecutionEnvironments {
  private capacity = 4;
  private used = 0;
  private free: number = NONE;
  private next = new Int32Array(this.capacity);
  private times = new Float64Array(this.capacity << TIMES);
  private marks = new Uint8Array(this.capacity);

  /** Idle on-demand environments: a ring, the longest idle at `head`. */
  private idle = new Int32Array(4);
  private head = 0;
  private idleCount = 0;
  private idleProvisioned: number[] = [];
  private live = 0;
  /** Told of each environment that was initialised before the run, and of each that ends. */
  onReady: ((environment: EnvironmentId) => void) | undefined = undefined;
  onClosed: ((environment: EnvironmentId) => void) | undefined = undefined;
  /** Makes the calls of an init ahead of requests and then tells `readyAhead`; undefined where inits make none. */
  callAhead: ((environment: EnvironmentId) => void) | undefined = undefined;
  /** Not the most recently used first, as most scenarios have it; asked at every invocation. */
  private readonly takesOthers: boolean;
  private readonly replace: EventKind;
  private readonly ageOut: EventKind;

  constructor(
    private readonly loop: EventLoop,
    private readonly fn: FunctionId,
    private readonly life: EnvironmentLife,
    private readonly recorder: Recorder,
  ) {
    this.takesOthers = life.order !== 'most-recently-used';
    this.replace = loop.define(`environments ${fn}/replace`, (environment) => this.replaceIfIdle(environment));
    this.ageOut = loop.define(`environments ${fn}/age`, (environment) => this.ageOutIfIdle(environment));
  }

  /** On-demand environments that exist, as far as anybody has looked. */
  get existing(): number {
    return this.live;
  }

  /** An idle on-demand environment that still lives, by the order of the rule; or NONE. */
  takeIdle(): EnvironmentId {
    while (this.idleCount > 0) {
      const environment = this.pick();
      const until = this.times[(environment << TIMES) + IDLE_UNTIL];
      if (until > this.loop.now) return environment as EnvironmentId;
      this.close(environment, until);
    }
    return NONE as EnvironmentId;
  }

  takeIdleProvisioned(): EnvironmentId {
    const environment = this.idleProvisioned.pop();
    if (environment === undefined) return NONE as EnvironmentId;
    this.renew(environment);
    return environment as EnvironmentId;
  }

  /** A new on-demand environment, busy from the start. */
  open(): EnvironmentId {
    const environment = this.create(false);
    this.live++;
    return environment;
  }

  /** On-demand environments that are idle at time 0. */
  openIdle(count: number): void {
    for (let i = 0; i < count; i++) {
      const environment = this.open();
      this.takeFresh(environment);
      this.onReady?.(environment);
      this.giveBack(environment);
    }
  }

  /** Allocates provisioned environments, initialised and idle; `now` states their inits, which else lie before the run. */
  openProvisioned(count: number, now: boolean): void {
    if (count > 0) this.settle();
    for (let i = 0; i < count; i++) {
      const environment = this.create(true);
      if (now && this.callAhead !== undefined) {
        this.callAhead(environment);
        continue;
      }
      if (now) this.stateInitAhead(environment, this.loop.now, 0);
      else this.onReady?.(environment);
      this.waitAhead(environment);
    }
  }

  /** The calls of an init ahead of requests, made from `at` on, have taken `calls`: the environment waits for requests. */
  readyAhead(environment: EnvironmentId, at: Micros, calls: Micros): void {
    this.stateInitAhead(environment, at, calls);
    if (this.isProvisioned(environment)) this.waitAhead(environment);
    else this.giveBack(environment);
  }

  /** An init ahead of requests, whose calls were made from `at` on, is stated; `calls` is what they took. */
  stateInitAhead(environment: number, at: Micros, calls: Micros): void {
    const limit = this.aheadLimit(environment);
    const init = this.initOf(environment as EnvironmentId) + calls;
    const isProvisioned = this.isProvisioned(environment);
    // One that is given up is repeated by the first request.
    if (!isProvisioned && init > limit) this.reset(environment as EnvironmentId);
    this.recorder.initAhead(this.fn, at, Math.min(init, limit), isProvisioned);
  }

  /** How long an init ahead of requests may take. */
  aheadLimit(environment: number): Micros {
    return this.isProvisioned(environment) ? this.life.provisionedInitLimit : this.life.initLimit;
  }

  /** The environment has nothing to do: it waits, or ends when it is too old. */
  giveBack(environment: EnvironmentId): void {
    const now = this.loop.now;
    if (this.isProvisioned(environment)) {
      this.idleProvisioned.push(environment);
      if (this.callAhead !== undefined && this.times[(environment << TIMES) + AGES_AT] <= now)
        this.replaceIfIdle(environment);
      return;
    }
    const oldAt = this.times[(environment << TIMES) + AGES_AT];
    if (oldAt <= now) {
      this.age(environment);
      return;
    }
    const until = now + this.life.keepAlive.next();
    this.times[(environment << TIMES) + IDLE_UNTIL] = until < oldAt ? until : oldAt;
    if (this.idleCount === this.idle.length) this.growIdle();
    this.idle[(this.head + this.idleCount++) & (this.idle.length - 1)] = environment;
  }

  /** A timeout stops the runtime; the environment itself lives on. */
  reset(environment: EnvironmentId): void {
    this.marks[environment] |= RESET;
  }

  /** Whether handlers have run in it since its init, so that the next is one like the others. */
  isWarm(environment: EnvironmentId): boolean {
    return (this.marks[environment] & (FRESH | RESET)) === 0;
  }

  /** Whether it must initialise inside its next invocation; asking settles it. */
  takeReset(environment: EnvironmentId): boolean {
    if ((this.marks[environment] & RESET) === 0) return false;
    this.marks[environment] &= ~RESET;
    return true;
  }

  /** Whether no handler has run in it yet; asking settles it. */
  takeFresh(environment: EnvironmentId): boolean {
    if ((this.marks[environment] & FRESH) === 0) return false;
    this.marks[environment] &= ~FRESH;
    return true;
  }

  initOf(environment: EnvironmentId): number {
    return this.times[(environment << TIMES) + INIT];
  }

  /** Looks at every idle environment: what ended up to now is closed, what was replaced is stated. */
  settle(): void {
    const mask = this.idle.length - 1;
    const idle = this.idleCount;
    this.idleCount = 0;
    for (let i = 0; i < idle; i++) {
      const environment = this.idle[(this.head + i) & mask];
      if (this.times[(environment << TIMES) + IDLE_UNTIL] > this.loop.now)
        this.idle[(this.head + this.idleCount++) & mask] = environment;
      else this.close(environment, this.times[(environment << TIMES) + IDLE_UNTIL]);
    }
    for (const environment of this.idleProvisioned) this.renew(environment);
  }

  private pick(): number {
    const last = (this.head + --this.idleCount) & (this.idle.length - 1);
    return this.takesOthers ? this.pickOther(last) : this.idle[last];
  }

  /** `last` is the place of the most recently used, which is free from now on. */
  private pickOther(last: number): number {
    const mask = this.idle.length - 1;
    if (this.life.order === 'least-recently-used') {
      const environment = this.idle[this.head];
      this.head = (this.head + 1) & mask;
      return environment;
    }
    const at = (this.head + Math.floor(this.life.choice.uniform() * (this.idleCount + 1))) & mask;
    const environment = this.idle[at];
    this.idle[at] = this.idle[last];
    return environment;
  }

  private create(provisioned: boolean): EnvironmentId {
    let slot: number = this.free;
    if (slot === NONE) slot = this.fresh();
    else this.free = this.next[slot];
    this.times[(slot << TIMES) + AGES_AT] =
      this.life.maximumAge === undefined ? Number.POSITIVE_INFINITY : this.loop.now + this.life.maximumAge.next();
    this.times[(slot << TIMES) + INIT] = this.life.init();
    this.marks[slot] = provisioned ? FRESH | PROVISIONED : FRESH;
    const environment = slot as EnvironmentId;
    this.recorder.opened(this.fn, environment, provisioned);
    if (!provisioned && this.life.isReplaced !== undefined) this.watchAge(environment, this.life.isReplaced());
    return environment;
  }

  private isProvisioned(environment: number): boolean {
    return (this.marks[environment] & PROVISIONED) !== 0;
  }

  private watchAge(environment: number, isReplaced: boolean): void {
    const oldAt = this.times[(environment << TIMES) + AGES_AT];
    if (!isReplaced || oldAt <= this.loop.now || oldAt === Number.POSITIVE_INFINITY) return;
    this.marks[environment] |= REPLACED;
    this.loop.at(oldAt, this.ageOut, environment);
  }

  /** One that is busy ends when it is given back; one whose idle life is over, or that is another by now, did not age out. */
  private ageOutIfIdle(environment: number): void {
    const t = environment << TIMES;
    const { now } = this.loop;
    if (this.times[t + AGES_AT] !== now || this.times[t + IDLE_UNTIL] !== now) return;
    const mask = this.idle.length - 1;
    for (let i = 0; i < this.idleCount; i++) {
      if (this.idle[(this.head + i) & mask] !== environment) continue;
      this.idleCount--;
      for (let j = i; j < this.idleCount; j++)
        this.idle[(this.head + j) & mask] = this.idle[(this.head + j + 1) & mask];
      this.age(environment);
      return;
    }
  }

  /** Ends an environment that is too old now. Its replacement is initialised when it is there. */
  private age(environment: number): void {
    const isReplaced = (this.marks[environment] & REPLACED) !== 0;
    this.close(environment, this.loop.now);
    if (!isReplaced) return;
    this.settle();
    const next = this.open();
    if (this.callAhead === undefined) this.readyAhead(next, this.loop.now, 0);
    else this.callAhead(next);
  }

  private close(environment: number, at: number): void {
    this.live--;
    this.recorder.closed(this.fn, environment as EnvironmentId, at);
    this.onClosed?.(environment as EnvironmentId);
    this.next[environment] = this.free;
    this.free = environment;
  }

  /** Provisioned environments past their age were replaced ahead of demand, each with an init of its own. */
  private renew(environment: number): void {
    if (this.callAhead !== undefined) return;
    while (this.times[(environment << TIMES) + AGES_AT] <= this.loop.now) {
      const at = this.times[(environment << TIMES) + AGES_AT];
      this.renewAt(environment, at);
      this.stateInitAhead(environment, at, 0);
    }
  }

  private renewAt(environment: number, at: Micros): void {
    this.times[(environment << TIMES) + INIT] = this.life.init();
    this.marks[environment] = FRESH | PROVISIONED;
    if (this.life.maximumAge !== undefined)
      this.times[(environment << TIMES) + AGES_AT] = at + Math.max(1, this.life.maximumAge.next());
  }

  /** A provisioned environment is idle for the first time. Its replacement makes calls, so it comes at an instant of its own. */
  private waitAhead(environment: number): void {
    this.idleProvisioned.push(environment);
    const oldAt = this.times[(environment << TIMES) + AGES_AT];
    if (this.callAhead !== undefined && oldAt < Number.POSITIVE_INFINITY)
      this.loop.at(Math.max(this.loop.now, oldAt), this.replace, environment);
  }

  /** One that is busy is replaced when it is given back. */
  private replaceIfIdle(environment: number): void {
    const place = this.idleProvisioned.indexOf(environment);
    if (place < 0) return;
    this.idleProvisioned.splice(place, 1);
    this.onClosed?.(environment as EnvironmentId);
    this.renewAt(environment, this.loop.now);
    this.callAhead?.(environment as EnvironmentId);
  }

  private fresh(): number {
    if (this.used === this.capacity) this.grow();
    return this.used++;
  }

  private grow(): void {
    this.capacity *= 2;
    this.next = widened(this.next, this.capacity);
    this.times = widened(this.times, this.capacity << TIMES);
    this.marks = widened(this.marks, this.capacity);
  }

  private growIdle(): void {
    const size = this.idle.length;
    const wider = new Int32Array(size * 2);
    for (let i = 0; i < this.idleCount; i++) wider[i] = this.idle[(this.head + i) & (size - 1)];
    this.idle = wider;
    this.head = 0;
  }
}
