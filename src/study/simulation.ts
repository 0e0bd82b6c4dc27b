/** One run that can be stopped and resumed between events, so that whoever drives it can look up: for progress, or an interrupt. */
import { LimitError } from '../engine/errors.js';
import { type Micros, SECOND } from '../engine/units.js';
import type { FunctionId, InvokerId } from '../lambda/ids.js';
import type { Recorder } from '../lambda/recorder.js';
import type { RunRecorder } from '../results/run-recorder.js';
import type { RunResult } from '../results/run-result.js';
import type { Timeline } from '../results/timeline.js';
import { loopLengths } from '../scenario/loops.js';
import type { Scenario } from '../scenario/types.js';
import { type Built, build } from './build.js';
import { checkRecorders, checkScenario, checkSeed } from './check-arguments.js';
import { DEFAULT_MAX_EVENTS } from './expected-events.js';
import { runResultOf } from './run-result-of.js';

export interface SimulationOptions {
  /** The scenario's own by default. */
  readonly seed?: number | string | undefined;
  /** Replication 0 is the run of `simulate`. */
  readonly replication?: number | undefined;
  readonly timeline?: boolean | undefined;
  /** More events than this end the run with a LimitError; 1e10 by default. */
  readonly maxEvents?: number | undefined;
  readonly recorders?: readonly Recorder[] | undefined;
}

/** Events after which the clock is looked at. */
const SLICE = 1_000_000;
/** Events at one instant that, but for a burst of the scenario's own, no real account has. */
const STANDSTILL = 10_000_000;
/** Its arrival, its retries and its end, all at one instant at the worst. */
const EVENTS_OF_A_REQUEST = 10;

export class Simulation {
  private readonly built: Built;
  private readonly seed: number | string;
  readonly replication: number;
  private readonly maxEvents: number;
  private over = false;
  /** Events since the clock last moved, and how many are too many. */
  private atOneInstant = 0;
  private readonly standstill: number;

  constructor(
    readonly scenario: Scenario,
    options: SimulationOptions = {},
  ) {
    checkScenario(scenario);
    this.seed = options.seed ?? scenario.run.seed;
    checkSeed(this.seed);
    if (options.recorders !== undefined) checkRecorders(options.recorders);
    this.replication = options.replication ?? 0;
    this.maxEvents = options.maxEvents ?? DEFAULT_MAX_EVENTS;
    this.standstill = STANDSTILL + EVENTS_OF_A_REQUEST * largestBurst(scenario);
    this.built = build(scenario, {
      seed: this.seed,
      replication: this.replication,
      timeline: options.timeline ?? false,
      recorders: options.recorders ?? [],
    });
    const { world, sources, recorder } = this.built;
    if (scenario.run.warmUp > 0) {
      const warm = world.loop.define('run/warm-up-over', () => {
        for (const fn of world.functions) fn.environments.settle();
        recorder.warmUpOver(world.account);
      });
      world.loop.at(scenario.run.warmUp, warm);
    }
    if (recorder.timeline !== undefined) {
      const page = world.loop.define('run/turn-page', () => {
        recorder.turnPage(world.account);
        world.loop.after(scenario.run.timeline, page);
      });
      world.loop.at(scenario.run.timeline, page);
    }
    for (const source of sources) source.start();
  }

  get now(): Micros {
    return this.built.world.loop.now;
  }

  get until(): Micros {
    return this.scenario.run.duration;
  }

  get events(): number {
    return this.built.world.loop.events;
  }

  get recorder(): RunRecorder {
    return this.built.recorder;
  }

  get timeline(): Timeline | undefined {
    return this.built.recorder.timeline;
  }

  /** Runs up to `events` more events; true when the run is over. What falls due at the very end is still run. */
  advance(events = Number.POSITIVE_INFINITY): boolean {
    if (this.over) return true;
    const { loop } = this.built.world;
    for (let left = Math.min(events, this.maxEvents - loop.events); left > 0; ) {
      const before = loop.now;
      const slice = Math.min(left, SLICE);
      const counted = loop.events;
      const ran = loop.run(this.until, slice);
      if (ran < slice) {
        this.finish();
        return true;
      }
      // Events that are handled several at once count one by one.
      left -= loop.events - counted;
      this.atOneInstant = loop.now === before ? this.atOneInstant + ran : 0;
      if (this.atOneInstant >= this.standstill) throw standstill(this.scenario, loop.now, this.atOneInstant);
    }
    if (loop.events < this.maxEvents) return false;
    const looping = [...loopLengths(this.scenario).keys()];
    throw new LimitError(
      `stopped after ${this.maxEvents} events, at ${Math.round(this.now / SECOND)} s of simulated time`,
      `raise the limit with --max-events, or shorten run.duration${looping.length === 0 ? '' : `; events come back to ${looping.join(', ')}, which may never end`}`,
    );
  }

  private finish(): void {
    const { functions, invocations, account } = this.built.world;
    this.over = true;
    this.built.calls?.finish(this.until);
    invocations.finish();
    for (const fn of functions) fn.environments.settle();
    this.recorder.finish(account);
  }

  /** The figures of the run; only once it is over. */
  result(): RunResult {
    if (!this.over) throw new RangeError('a run has no result before it is over');
    return runResultOf(this.scenario, this.seed, this.recorder);
  }

  /** Index of a function or traffic by its id, for those who read recorders. */
  functionId(id: string): FunctionId {
    return this.scenario.functions.findIndex((fn) => fn.id === id) as FunctionId;
  }

  trafficId(id: string): InvokerId {
    return this.scenario.traffic.findIndex((traffic) => traffic.id === id) as InvokerId;
  }
}

/** Requests that come at one instant because the scenario says so. */
function largestBurst({ traffic }: Scenario): number {
  return traffic.reduce((sum, { shape, scale }) => (shape.kind === 'burst' ? sum + shape.count * scale : sum), 0);
}

/** The clock does not move, and would not for ever: somebody asks again at the instant of the answer. */
function standstill(scenario: Scenario, now: Micros, events: number): LimitError {
  const users = scenario.traffic.filter(({ shape }) => shape.kind === 'users').map(({ id }) => `traffic.${id}`);
  const who = users.length === 0 ? 'the retries of a client without a delay' : users.join(', ');
  return new LimitError(
    `stopped at ${now / SECOND} s of simulated time: ${events} events at that one instant, and the clock does not move`,
    `look at ${who}: give users a thinkTime, retries an interval, or the function a duration`,
  );
}
