/**
 * trace.json in Chrome's trace format, which Perfetto opens: a process for each function, a track for each execution
 * environment, and on it when it initialised, ran and idled. Written as the run goes on.
 */
import type { Micros } from '../engine/units.js';
import { attemptIn } from '../lambda/attempt.js';
import { type EnvironmentId, type FunctionId, type InvocationId, NONE } from '../lambda/ids.js';
import { type ObservedRun, Recorder } from '../lambda/recorder.js';

/** The life of one environment: the number of its track, and since when it has had nothing to do. */
interface Life {
  readonly track: number;
  idleSince: Micros;
  /** NONE while it idles. */
  running: InvocationId | typeof NONE;
}

export class ChromeTrace extends Recorder {
  private run!: ObservedRun;
  /** By function and place of the environment, which is used again after its end. */
  private readonly lives: Map<EnvironmentId, Life>[] = [];
  private readonly tracks: number[] = [];
  private isFirst = true;

  /** `write` takes text in order. */
  constructor(private readonly write: (text: string) => void) {
    super();
  }

  override begin(run: ObservedRun): void {
    this.run = run;
    this.write('{"displayTimeUnit":"ms","traceEvents":[');
    for (const [fn, { id }] of run.scenario.functions.entries()) {
      this.lives.push(new Map());
      this.tracks.push(0);
      this.name('process_name', fn, 0, id);
    }
  }

  override opened(fn: FunctionId, environment: EnvironmentId, provisioned: boolean): void {
    const track = ++this.tracks[fn]!;
    this.lives[fn]!.set(environment, { track, idleSince: this.run.clock.now, running: NONE });
    this.name('thread_name', fn, track, `${provisioned ? 'provisioned' : 'environment'} ${track}`);
  }

  override started(fn: FunctionId, invocation: InvocationId): void {
    const { environment } = attemptIn(this.run.invocations, invocation);
    const life = this.lives[fn]!.get(environment!);
    if (life !== undefined) life.running = invocation;
  }

  /** Only now are all its times known: those of a handler that makes calls are open until the last is answered. */
  override ended(fn: FunctionId, invocation: InvocationId): void {
    const { environment } = attemptIn(this.run.invocations, invocation);
    const life = this.lives[fn]!.get(environment!);
    if (life !== undefined) this.ran(fn, life, invocation);
  }

  private ran(fn: number, life: Life, invocation: InvocationId): void {
    const attempt = attemptIn(this.run.invocations, invocation);
    const startedAt = attempt.startedAt!;
    const endsAt = attempt.endsAt!;
    const runsAt = endsAt - attempt.duration!;
    this.slice('idle', fn, life.track, life.idleSince, startedAt);
    this.slice('init', fn, life.track, startedAt, runsAt);
    const isCold = attempt.start === 'cold' || attempt.start === 'coldRerun';
    this.slice(isCold ? 'cold' : 'warm', fn, life.track, runsAt, endsAt);
    life.idleSince = endsAt;
    life.running = NONE;
  }

  override closed(fn: FunctionId, environment: EnvironmentId, at: Micros): void {
    const life = this.lives[fn]!.get(environment);
    if (life === undefined) return;
    this.slice('idle', fn, life.track, life.idleSince, at);
    this.lives[fn]!.delete(environment);
  }

  /** The run is over: what is idle stays so to its end, and what runs has the end it was going to have. */
  end(): void {
    const until = this.run.scenario.run.duration;
    for (const [fn, lives] of this.lives.entries()) {
      for (const life of lives.values()) {
        if (life.running !== NONE) this.ran(fn, life, life.running);
        this.slice('idle', fn, life.track, life.idleSince, until);
      }
    }
    this.write('\n]}\n');
  }

  private slice(name: string, fn: number, track: number, from: Micros, to: Micros): void {
    if (to <= from) return;
    this.event(`{"name":"${name}","ph":"X","pid":${fn + 1},"tid":${track},"ts":${from},"dur":${to - from}}`);
  }

  private name(what: string, fn: number, track: number, text: string): void {
    this.event(`{"name":"${what}","ph":"M","pid":${fn + 1},"tid":${track},"args":{"name":${JSON.stringify(text)}}}`);
  }

  private event(json: string): void {
    this.write(this.isFirst ? `\n${json}` : `,\n${json}`);
    this.isFirst = false;
  }
}
