/**
 * What functions call and wait for: a service that works on some calls at once, lets others wait in line, accepts so many
 * connections, and has outages. Who calls is a number here; whoever made it hears by `answered` what became of it.
 */
import { widened } from '../engine/columns.js';
import { makeDistribution } from '../engine/distributions/registry.js';
import type { EventKind } from '../engine/event-loop.js';
import { IntegerQueue } from '../engine/integer-queue.js';
import type { Bytes, Micros } from '../engine/units.js';
import { Variates } from '../engine/variates.js';
import { messagingCharge, partsOf } from '../rules/messaging-charge.js';
import { FIGURES, type Figure } from '../scenario/resource-figures.js';
import type { DependencyOutage, DependencySettings } from '../scenario/types.js';
import type { ResourceId } from './ids.js';
import type { World } from './world.js';

/** Answers of `call` beside the instant of the answer. */
export const REJECTED = -1;
export const IN_LINE = -2;

/** Whoever calls. */
export interface Callers {
  /** The call came to its end; false where it failed. */
  answered(call: number, ok: boolean): void;
  /** Whether anybody still waits for the call. */
  isAwaited(call: number): boolean;
}

const figures = FIGURES.dependencies;

export class Dependency {
  /** Undefined when calls need none. */
  readonly connection: DependencySettings['connection'];
  /** Time to open a connection. */
  readonly connectTime: Variates | undefined;
  private readonly resource: ResourceId;
  private readonly latency: Variates;
  private readonly most: number;
  private readonly mostConnections: number;
  private readonly patience: Micros;
  private readonly done: EventKind;
  private readonly expire: EventKind;
  private readonly line = new IntegerQueue();
  private timerArmed = false;
  private working = 0;
  private connected = 0;
  /** By call. */
  private calledAt = new Float64Array(16);
  private units = new Int32Array(16);

  constructor(
    private readonly settings: DependencySettings,
    private readonly world: World,
    private readonly callers: Callers,
    /** Notices connections whose environments have ended. */
    private readonly lookForEnded: () => void,
  ) {
    const { id } = settings;
    const { loop, streams } = world;
    this.resource = world.resource('dependencies', id);
    this.latency = new Variates(makeDistribution(settings.latency), streams.named(`dependencies.${id}/latency`));
    this.connection = settings.connection;
    this.connectTime =
      settings.connection &&
      new Variates(makeDistribution(settings.connection.time), streams.named(`dependencies.${id}/connect`));
    this.most = settings.maxConcurrency ?? Number.POSITIVE_INFINITY;
    this.mostConnections = settings.maxConnections ?? Number.POSITIVE_INFINITY;
    this.patience = settings.queueTimeout ?? Number.POSITIVE_INFINITY;
    this.done = loop.define(`dependencies.${id}/done`, (call) => this.finished(call));
    this.expire = loop.define(`dependencies.${id}/queue-timeout`, () => this.expireWaiting());
  }

  /** Makes call `call` now: the instant of its answer, or IN_LINE where that is not known, or REJECTED. */
  call(call: number, payload: Bytes): Micros {
    this.count(figures.calls);
    if (this.outage()?.effect === 'errors') {
      this.count(figures.rejected);
      return REJECTED;
    }
    if (call >= this.calledAt.length) this.grow(call);
    this.calledAt[call] = this.world.loop.now;
    this.units[call] = this.unitsOf(payload);
    if (this.working < this.most) return this.begin(call);
    this.line.add(call);
    this.armTimer(this.world.loop.now + this.patience);
    return IN_LINE;
  }

  /** Opens a connection, or says that there are too many. */
  connect(): boolean {
    if (this.mostConnections < Number.POSITIVE_INFINITY) this.lookForEnded();
    if (this.connected >= this.mostConnections) {
      this.count(figures.calls);
      this.count(figures.rejected);
      this.count(figures.refusedConnections);
      return false;
    }
    this.world.recorder.stands(this.resource, figures.connections, ++this.connected);
    return true;
  }

  disconnect(): void {
    this.world.recorder.stands(this.resource, figures.connections, --this.connected);
  }

  private begin(call: number): Micros {
    const { loop, recorder } = this.world;
    const { now } = loop;
    recorder.stands(this.resource, figures.concurrency, ++this.working);
    recorder.took(this.resource, figures.wait, now - this.calledAt[call], this.calledAt[call]);
    const outage = this.outage();
    let doneAt = now + this.latency.next();
    if (outage?.effect === 'hang') doneAt += outage.at + outage.for - now;
    if (outage?.effect === 'slow') doneAt = now + Math.round((doneAt - now) * outage.factor);
    if (outage?.effect === 'hang' || (outage?.effect === 'slow' && outage.factor > 1)) this.count(figures.slowed);
    loop.at(doneAt, this.done, call);
    return doneAt;
  }

  private finished(call: number): void {
    const { loop, recorder } = this.world;
    recorder.stands(this.resource, figures.concurrency, --this.working);
    this.count(figures.succeeded);
    if (this.units[call] > 0) recorder.counted(this.resource, figures.units, this.units[call]);
    recorder.took(this.resource, figures.latency, loop.now - this.calledAt[call], this.calledAt[call]);
    this.serveNext();
    this.callers.answered(call, true);
  }

  private serveNext(): void {
    while (this.line.length > 0 && this.working < this.most) {
      const call = this.line.take();
      if (this.callers.isAwaited(call)) this.begin(call);
      else this.failed(call);
    }
  }

  /** Of those in line the first has waited longest. */
  private expireWaiting(): void {
    this.timerArmed = false;
    while (this.line.length > 0) {
      const expiresAt = this.calledAt[this.line.first] + this.patience;
      if (expiresAt > this.world.loop.now) {
        this.armTimer(expiresAt);
        return;
      }
      this.failed(this.line.take());
    }
  }

  private failed(call: number): void {
    this.count(figures.timedOut);
    this.callers.answered(call, false);
  }

  private armTimer(at: Micros): void {
    if (this.timerArmed || at === Number.POSITIVE_INFINITY) return;
    this.timerArmed = true;
    this.world.loop.at(at, this.expire);
  }

  /** Of outages that overlap the one that began last. */
  private outage(): DependencyOutage | undefined {
    const { now } = this.world.loop;
    const { outages } = this.settings;
    for (let i = outages.length - 1; i >= 0; i--) {
      const outage = outages[i]!;
      if (outage.at <= now && now < outage.at + outage.for) return outage;
    }
    return undefined;
  }

  private unitsOf(payload: Bytes): number {
    const { readUnit, writeUnit } = this.world.rules.value(messagingCharge);
    switch (this.settings.charge) {
      case 'none':
        return 0;
      case 'dynamodb-read':
        return partsOf(readUnit, payload);
      case 'dynamodb-write':
        return partsOf(writeUnit, payload);
      default:
        return 1;
    }
  }

  private count(figure: Figure): void {
    this.world.recorder.counted(this.resource, figure, 1);
  }

  private grow(call: number): void {
    const capacity = Math.max(call + 1, this.calledAt.length * 2);
    this.calledAt = widened(this.calledAt, capacity);
    this.units = widened(this.units, capacity);
  }
}
