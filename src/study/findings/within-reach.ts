/**
 * The setting behind one that is as high as it may be: of a time limit what takes so long, of memory that makes nothing faster
 * the handler's own duration.
 */
import { memoryFactor } from '../../lambda/work.js';
import { functionTimeout } from '../../rules/function-timeout.js';
import { lambdaEdge, limitsAtEdge } from '../../rules/lambda-edge.js';
import { memoryAndCpu } from '../../rules/memory-and-cpu.js';
import { callerOf, longestTimeLimit, synchronousCallers } from '../../rules/synchronous-callers.js';
import type { LambdaFunctionSettings, SynchronousVia, TrafficSettings } from '../../scenario/types.js';
import type { Found } from './found.js';
import { handlerKnob, partsOfRun } from './run-time.js';
import type { Subject } from './subject.js';
import { turnOf } from './turn.js';

/** The same finding with a knob that can be turned. */
export function withinReach(subject: Subject, found: Found): Found {
  if (turnOf(subject.scenario, found) !== 'raise') return found;
  const behind = settingBehind(subject, found.knob);
  return behind === undefined ? found : withinReach(subject, { ...found, knob: behind });
}

/** Undefined where the setting itself can be raised, or has no known end. */
function settingBehind(subject: Subject, knob: string): string | undefined {
  const { functions, traffic } = subject.scenario;
  const [kind, id, setting, ...more] = knob.split('.');
  if (more.length > 0) return undefined;
  const fn = kind === 'functions' ? functions.find((one) => one.id === id) : undefined;
  const client = kind === 'traffic' ? traffic.find((one) => one.id === id) : undefined;
  if (fn !== undefined && setting === 'timeout' && fn.timeout >= highest(subject, fn).timeout)
    return longestPart(subject, fn, true);
  if (fn !== undefined && setting === 'memory' && !isFasterWithMore(subject, fn)) return `functions.${id}.duration`;
  const called = functions.find((one) => one.id === client?.to);
  if (client === undefined || called === undefined || setting !== 'timeout' || !waitsLongest(subject, client))
    return undefined;
  return longestPart(subject, called, false);
}

function longestPart(subject: Subject, fn: LambdaFunctionSettings, withRecords: boolean): string {
  return partsOfRun(subject, fn, withRecords)[0]?.knob ?? handlerKnob(fn);
}

/** What AWS allows a function on the day of the scenario; at the edge by the events that call it. */
function highest({ scenario, rules }: Subject, { id }: LambdaFunctionSettings): { memory: number; timeout: number } {
  const edges = scenario.traffic.filter(({ to, via }) => to === id && via === 'lambda-edge');
  const limits = edges.map(({ edgeEvent }) => limitsAtEdge(rules.value(lambdaEdge), edgeEvent));
  return {
    memory: Math.min(rules.value(memoryAndCpu).maximum, ...limits.map(({ memory }) => memory)),
    timeout: Math.min(rules.value(functionTimeout).maximum, ...limits.map(({ timeout }) => timeout)),
  };
}

function isFasterWithMore(subject: Subject, fn: LambdaFunctionSettings): boolean {
  const most = highest(subject, fn).memory;
  const measured = fn.memoryScaling?.kind === 'table' ? fn.memoryScaling.points.map(([memory]) => memory) : [];
  const more = [most, ...measured].filter((memory) => memory > fn.memory && memory <= most);
  const now = memoryFactor(fn, subject.rules);
  return more.some((memory) => memoryFactor({ ...fn, memory }, subject.rules) < now);
}

function waitsLongest({ rules }: Subject, { via, invocation, edgeEvent, timeout }: TrafficSettings): boolean {
  if (invocation === 'Event' || timeout === undefined) return false;
  const caller = callerOf(rules.value(synchronousCallers), via as SynchronousVia, edgeEvent);
  return timeout >= (longestTimeLimit(caller) ?? Number.POSITIVE_INFINITY);
}
