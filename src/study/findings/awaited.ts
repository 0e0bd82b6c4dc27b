/**
 * What a function or a traffic waits for, through all the functions between: a call that fails or is late makes whoever waits
 * for it fail or be late too.
 */
import type { CallSettings } from '../../scenario/types.js';
import type { Figure, Found } from './found.js';
import type { Subject } from './subject.js';

/** Path of a resource → how often it is called for one invocation or request of whoever waits. */
export type Awaited = ReadonlyMap<string, number>;

/** By the path of each function and traffic. Functions that wait for each other form no circle, so the search ends. */
export function awaitedBy(subject: Subject): ReadonlyMap<string, Awaited> {
  const { functions, traffic } = subject.scenario;
  const known = new Map<string, Awaited>();
  for (const { id } of functions) callsOf(subject, id, known);
  for (const { id, to } of traffic) {
    const path = pathOf(subject, to);
    known.set(`traffic.${id}`, new Map([...(known.get(path) ?? []), [path, 1]]));
  }
  return known;
}

/** Remembers each function that it passes. */
function callsOf(subject: Subject, id: string, known: Map<string, Awaited>): Awaited {
  const already = known.get(`functions.${id}`);
  if (already !== undefined) return already;
  const awaited = new Map<string, number>();
  const add = (path: string, times: number) => awaited.set(path, (awaited.get(path) ?? 0) + times);
  const { calls } = subject.scenario.functions.find((fn) => fn.id === id)!;
  for (const call of calls) {
    const path = pathOf(subject, call.to);
    const isFunction = path.startsWith('functions.');
    // An event is handed over: what becomes of it, its sender never hears.
    if (isFunction && call.invocation === 'Event') continue;
    const often = timesOf(subject, id, call);
    add(path, often);
    if (!isFunction) continue;
    for (const [behind, times] of callsOf(subject, call.to, known)) add(behind, often * times);
  }
  known.set(`functions.${id}`, awaited);
  return awaited;
}

/** Of one invocation of the function that makes the call. */
function timesOf({ run }: Subject, caller: string, { each, probability, count }: CallSettings): number {
  const { coldStarts, invocations } = run.functions[caller]!;
  const inits = invocations === 0 ? 0 : coldStarts / invocations;
  return probability * count * (each === 'environment' ? inits : 1);
}

/** An id names one resource, of whatever kind. */
function pathOf({ scenario }: Subject, id: string): string {
  const kinds = ['functions', 'dependencies', 'streams', 'queues', 'topics'] as const;
  const kind = kinds.find((each) => scenario[each].some((one) => one.id === id));
  return `${kind}.${id}`;
}

const FAILURES: readonly Figure[] = ['errors', 'failed', 'rejected', 'serviceErrors', 'throttles', 'timedOut'];
const DELAYS: readonly Figure[] = ['duration', 'latency'];

/** Figures of whoever waits that a finding about what is called touches. */
export function passedOn({ limit, touches }: Found): readonly Figure[] {
  // Who waits for somebody who waits has a finding of its own, which names the end of the chain.
  if (limit === 'Downstream') return [];
  return [
    ...(FAILURES.some((figure) => touches.includes(figure)) ? (['errors', 'failed', 'succeeded'] as const) : []),
    ...(DELAYS.some((figure) => touches.includes(figure)) ? DELAYS : []),
  ];
}
