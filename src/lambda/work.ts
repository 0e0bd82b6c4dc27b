/**
 * What the code of one function does with time: handler, init, extensions, failures, and the platform around them. What
 * belongs to a request is drawn when the request arrives, so that a throttle shifts nobody's later draws, and a repeated
 * attempt draws from streams of its own; what belongs to an environment is drawn when it is opened.
 */

import type { DistributionSpec } from '../engine/distribution.js';
import { makeDistribution } from '../engine/distributions/registry.js';
import { scaled } from '../engine/distributions/scaled.js';
import type { Stream, Streams } from '../engine/random-streams.js';
import type { Micros } from '../engine/units.js';
import { Variates } from '../engine/variates.js';
import { initDurationOf } from '../rules/init-duration.js';
import { type InitPhase, initPhase, rerunInitTime } from '../rules/init-phase.js';
import { cpuFactor, memoryAndCpu, tableFactor, vcpuAt } from '../rules/memory-and-cpu.js';
import { downloadTime, packageDownload } from '../rules/package-download.js';
import { platformOverhead } from '../rules/platform-overhead.js';
import { responseStreaming, streamingTime } from '../rules/response-streaming.js';
import type { Rulebook } from '../rules/rulebook.js';
import { snapStart } from '../rules/snap-start.js';
import { vpcNetwork } from '../rules/vpc-network.js';
import type { LambdaFunctionSettings } from '../scenario/types.js';
import type { InvocationId } from './ids.js';
import { ATTEMPT, DURATION, FAILS, type Invocations, MARKS, OVERHEAD, RECORDS_TIME, TIMES } from './invocations.js';

const NOTHING: DistributionSpec = { kind: 'constant', value: 0 };

export class Work {
  /** Extension time after the handler, where there are extensions. */
  readonly after: Variates;
  readonly hasExtensions: boolean;
  /** Of SnapStart; undefined without it. */
  readonly restore: Variates | undefined;

  /** Handler time of the first run in an environment, where it differs. */
  private readonly first: Variates | undefined;
  /** Before the init of a cold start: placement, the download of the package, the interface of a VPC. */
  private readonly coldPlatform: Variates;
  private readonly download: Micros;
  private readonly networkDelay: Variates;
  private readonly handler: Variates;
  private readonly repeatedHandler: Variates;
  /** Added for each record of a batch. */
  private readonly perRecord: Variates | undefined;
  private readonly inits: Variates;
  private readonly extensionInits: Variates;
  private readonly warmPlatform: Variates;
  private readonly errorRate: number;
  private readonly errors: Stream;
  private readonly repeatedErrors: Stream;
  private readonly phase: InitPhase;
  /** The CPU share of its memory, where a repeated init depends on it. */
  private readonly vcpu: number;
  /** Time a streamed response takes to leave. */
  private readonly streaming: Micros;

  constructor(fn: LambdaFunctionSettings, rules: Rulebook, streams: Streams) {
    const stream = (purpose: string) => streams.named(`functions.${fn.id}/${purpose}`);
    const factor = memoryFactor(fn, rules);
    const variates = (spec: DistributionSpec, purpose: string, by = 1) =>
      new Variates(scaled(makeDistribution(spec), by), stream(purpose));

    this.handler = variates(fn.duration, 'duration', factor);
    this.repeatedHandler = variates(fn.duration, 'duration of repeated attempts', factor);
    this.perRecord = fn.durationPerRecord && variates(fn.durationPerRecord, 'duration of records', factor);
    this.first = fn.firstDuration && variates(fn.firstDuration, 'first-duration', factor);
    this.errorRate = fn.errorRate;
    this.errors = stream('errors');
    this.repeatedErrors = stream('errors of repeated attempts');

    if (fn.snapStart === undefined) {
      this.inits = variates(fn.init ?? initDurationOf(fn, rules).spec, 'init');
    } else {
      const snap = rules.value(snapStart);
      this.restore = variates(fn.snapStart.restore ?? snap.restore, 'restore');
      this.inits = variates(fn.snapStart.afterRestore ?? snap.afterRestore, 'after-restore');
    }
    this.extensionInits = variates(fn.extensions?.init ?? NOTHING, 'extensions/init');
    this.hasExtensions = fn.extensions !== undefined;
    this.after = variates(fn.extensions?.after ?? NOTHING, 'extensions/after');
    this.phase = rules.value(initPhase);
    this.vcpu = this.phase.rerunShare === 'burst' ? 1 : vcpuAt(rules.value(memoryAndCpu), fn.memory);

    const overhead = rules.value(platformOverhead);
    this.warmPlatform = variates(overhead.warm, 'platform/warm');
    this.coldPlatform = variates(overhead.cold, 'platform/cold', fn.packageType === 'Image' ? overhead.imageFactor : 1);
    this.download = fn.packageSize === undefined ? 0 : downloadTime(rules.value(packageDownload), fn.packageSize);
    this.networkDelay = variates(
      fn.vpc === undefined
        ? NOTHING
        : fn.vpc.mode === 'classic'
          ? rules.value(vpcNetwork).classicColdStart
          : rules.value(vpcNetwork).hyperplaneColdStart,
      'platform/network',
    );
    const { streamed, size, rate } = fn.response;
    this.streaming = streamed ? streamingTime(rules.value(responseStreaming), size, rate) : 0;
  }

  /** Draws what belongs to the attempt. */
  draw(invocations: Invocations, invocation: InvocationId): void {
    const { times, marks } = invocations;
    const t = invocation << TIMES;
    const m = invocation << MARKS;
    const handler = marks[m + ATTEMPT] > 0 ? this.repeatedHandler : this.handler;
    times[t + DURATION] = handler.next() + this.streaming;
    times[t + OVERHEAD] = this.warmPlatform.next();
    if (this.perRecord !== undefined) times[t + RECORDS_TIME] = 0;
    marks[m + FAILS] = this.errorRate > 0 ? this.drawFailure(marks[m + ATTEMPT]) : 0;
  }

  private drawFailure(attempt: number): 0 | 1 {
    const errors = attempt > 0 ? this.repeatedErrors : this.errors;
    return errors.uniform() < this.errorRate ? 1 : 0;
  }

  /** After `draw`: the attempt works on a batch of `records`. */
  addRecords({ times }: Invocations, invocation: InvocationId, records: number): void {
    if (this.perRecord === undefined) return;
    let time = 0;
    if (this.perRecord.isConstant) time = this.perRecord.constant * records;
    else for (let i = 0; i < records; i++) time += this.perRecord.next();
    times[(invocation << TIMES) + RECORDS_TIME] = time;
    times[(invocation << TIMES) + DURATION] += time;
  }

  /** Handler time of an attempt that is the first run in an environment: its own where that does not differ. */
  firstHandler({ times }: Invocations, invocation: InvocationId): Micros {
    const t = invocation << TIMES;
    if (this.first === undefined) return times[t + DURATION];
    const ofRecords = this.perRecord === undefined ? 0 : times[t + RECORDS_TIME];
    return this.first.next() + this.streaming + ofRecords;
  }

  /** Init time of a new environment: the function's own and its extensions'; of SnapStart, the part after the restore. */
  init(): Micros {
    return this.inits.next() + this.extensionInits.next();
  }

  /** Time an init takes inside an invocation, for the time it took or would have taken ahead of it. */
  repeatedInit(init: Micros): Micros {
    return rerunInitTime(this.phase, init, this.vcpu);
  }

  /** Platform time of a cold start, before anything of the function runs. */
  placement(): Micros {
    return this.coldPlatform.next() + this.download + this.networkDelay.next();
  }
}

/** By which its memory makes its time longer than at what it was measured with. */
export function memoryFactor(fn: LambdaFunctionSettings, rules: Rulebook): number {
  const scaling = fn.memoryScaling;
  if (scaling === undefined) return 1;
  return scaling.kind === 'cpu'
    ? cpuFactor(rules.value(memoryAndCpu), scaling, fn.memory)
    : tableFactor(scaling.points, fn.memory);
}
