/** One function as it runs: its settings and the parts that own its state. */

import { makeDistribution } from '../engine/distributions/registry.js';
import type { EventLoop } from '../engine/event-loop.js';
import type { Stream, Streams } from '../engine/random-streams.js';
import type { Micros } from '../engine/units.js';
import { Variates } from '../engine/variates.js';
import { environmentChoice } from '../rules/environment-choice.js';
import { environmentKeepAlive } from '../rules/environment-keep-alive.js';
import { environmentMaxAge } from '../rules/environment-max-age.js';
import { initPhase, provisionedInitLimit } from '../rules/init-phase.js';
import { proactiveInit } from '../rules/proactive-init.js';
import type { Rulebook } from '../rules/rulebook.js';
import { snapStart } from '../rules/snap-start.js';
import { environmentsOn, vpcNetwork } from '../rules/vpc-network.js';
import type { LambdaFunctionSettings } from '../scenario/types.js';
import { ExecutionEnvironments } from './execution-environments.js';
import type { HandlerCalls } from './handler-calls.js';
import type { FunctionId } from './ids.js';
import type { Recorder } from './recorder.js';
import { requestLimiter } from './request-limiter.js';
import type { ScalingLimiter } from './scaling-limiter.js';
import type { TokenBucket } from './token-bucket.js';
import { Turns } from './turns.js';
import { Work } from './work.js';

export class LambdaFunction {
  readonly work: Work;
  readonly environments: ExecutionEnvironments;
  /** Those that wait after a throttle and are looked after when an invocation ends. */
  readonly turns = new Turns();
  readonly timeout: Micros;
  /** An init longer than this is given up and repeated inside the invocation; a restore longer than this fails it. */
  readonly initLimit: Micros;
  /** Requests per second of its reservation; undefined without one. */
  readonly reservedRequests: TokenBucket | undefined;
  /** Requests per second of its provisioned concurrency; undefined without it. */
  readonly provisionedRequests: TokenBucket | undefined;
  /** Reserved, provisioned or both: it has quotas of its own. */
  readonly hasOwnConcurrency: boolean;
  /** Reserved to 0: every request is throttled. */
  readonly stopped: boolean;
  /** What its handler does with others; undefined when it calls nobody. Made when everything else is. */
  handler: HandlerCalls | undefined = undefined;
  /** Most environments the addresses of a classic VPC allow. */
  private readonly environmentLimit: number;

  constructor(
    readonly id: FunctionId,
    readonly settings: LambdaFunctionSettings,
    readonly scaling: ScalingLimiter,
    loop: EventLoop,
    rules: Rulebook,
    streams: Streams,
    recorder: Recorder,
  ) {
    const stream = (purpose: string) => streams.named(`functions.${settings.id}/${purpose}`);
    this.work = new Work(settings, rules, streams);
    const phase = rules.value(initPhase);
    this.initLimit = settings.snapStart === undefined ? phase.limit : rules.value(snapStart).limit;
    const age = settings.maximumAge ?? rules.value(environmentMaxAge).age;
    this.environments = new ExecutionEnvironments(
      loop,
      id,
      {
        keepAlive: new Variates(
          makeDistribution(settings.keepAlive ?? rules.value(environmentKeepAlive).idle),
          stream('keep-alive'),
        ),
        maximumAge: age === 'none' ? undefined : new Variates(makeDistribution(age), stream('maximum-age')),
        init: () => this.work.init(),
        initLimit: this.initLimit,
        provisionedInitLimit: provisionedInitLimit(phase, settings.timeout),
        isReplaced: age === 'none' ? undefined : replacement(rules, () => stream('proactive-init')),
        order: rules.value(environmentChoice).order,
        choice: stream('environment-choice'),
      },
      recorder,
    );
    this.timeout = settings.timeout;
    const { reservedConcurrency: reserved, provisionedConcurrency: provisioned } = settings;
    this.stopped = reserved === 0;
    this.reservedRequests = reserved === undefined ? undefined : requestLimiter(loop, rules, reserved);
    this.provisionedRequests = provisioned === 0 ? undefined : requestLimiter(loop, rules, provisioned);
    this.hasOwnConcurrency = reserved !== undefined || provisioned > 0;
    this.environmentLimit = environmentLimit(settings, rules);
  }

  /** Whether its reservation takes no request more at this instant. */
  get isOverReservedRate(): boolean {
    return this.reservedRequests !== undefined && !this.reservedRequests.has();
  }

  /** Whether the network has room for one more environment. */
  get hasAddress(): boolean {
    return this.environments.existing < this.environmentLimit;
  }
}

/** Says of each environment whether another is made in its place when it reaches its age. */
function replacement(rules: Rulebook, stream: () => Stream): (() => boolean) | undefined {
  const { share } = rules.value(proactiveInit);
  if (share === 0) return undefined;
  const draws = stream();
  return () => draws.uniform() < share;
}

function environmentLimit(settings: LambdaFunctionSettings, rules: Rulebook): number {
  if (settings.vpc?.mode !== 'classic') return Number.POSITIVE_INFINITY;
  const rule = rules.value(vpcNetwork);
  return environmentsOn(settings.vpc.addresses ?? rule.addresses, settings.memory, rule);
}
