/**
 * How many invocations an invocation brings back to its own function, on average, by what the scenario says of calls and
 * filters: chains of them are a branching process, which dies out where the greatest eigenvalue of its means is below 1.
 * T. E. Harris, "The Theory of Branching Processes" (1963), chapter II. Each record is an invocation of its own here; in
 * batches there are fewer, but one that sends a record always brings another.
 */
import type { LambdaFunctionSettings, Scenario, StreamMappingSettings } from '../scenario/types.js';

export interface StreamLoop {
  /** Ids of its functions. */
  readonly functions: ReadonlySet<string>;
  /** Ids of its streams, which pass on no count of rounds. */
  readonly streams: ReadonlySet<string>;
  readonly gain: number;
}

/** A function by how it is invoked: only asynchronous invocations have destinations. */
type Node = `${'async' | 'other'}/${string}`;

interface Arrival {
  readonly node: Node;
  readonly mean: number;
  readonly stream: string | undefined;
}

const STEPS = 200;

/** The loops that pass through a stream, each once. */
export function streamLoops(scenario: Scenario): StreamLoop[] {
  if (scenario.streams.length === 0) return [];
  const arrivals = arrivalsIn(scenario);
  const reached = new Map([...arrivals.keys()].map((node) => [node, reachableFrom(node, arrivals)]));
  const done = new Set<Node>();
  const loops: StreamLoop[] = [];
  for (const [node, others] of reached) {
    if (done.has(node) || !others.has(node)) continue;
    const members = [...others].filter((other) => reached.get(other)!.has(node));
    for (const member of members) done.add(member);
    const inside = new Set(members);
    const streams = members.flatMap((member) =>
      arrivals.get(member)!.flatMap((one) => (inside.has(one.node) && one.stream !== undefined ? [one.stream] : [])),
    );
    if (streams.length === 0) continue;
    const functions = new Set(members.map((member) => member.slice(member.indexOf('/') + 1)));
    loops.push({ functions, streams: new Set(streams), gain: greatestEigenvalue(members, arrivals) });
  }
  return loops;
}

function arrivalsIn(scenario: Scenario): ReadonlyMap<Node, readonly Arrival[]> {
  const byNode = new Map<Node, readonly Arrival[]>();
  for (const fn of scenario.functions) {
    const { id, calls, errorRate, async } = fn;
    const called = calls.flatMap(({ to, probability, count, invocation, each }) => {
      if (each === 'environment') return [];
      const isAnswered = invocation === 'RequestResponse' && scenario.functions.some((fn) => fn.id === to);
      return isAnswered
        ? [{ node: `other/${to}` as Node, mean: probability * count, stream: undefined }]
        : scaled(arrivalsAt(scenario, to), probability * count);
    });
    const { onSuccess, onFailure, deadLetterQueue } = async;
    const told = [
      ...scaled(arrivalsAt(scenario, onSuccess), 1 - errorRate),
      ...[onFailure, deadLetterQueue].flatMap((to) => scaled(arrivalsAt(scenario, to), errorRate)),
    ];
    const givenUp = fn.eventSources.flatMap((source) =>
      source.kind === 'stream' ? scaled(arrivalsAt(scenario, source.onFailure), givenUpOf(fn, source)) : [],
    );
    byNode.set(`other/${id}`, [...called, ...givenUp]);
    byNode.set(`async/${id}`, [...called, ...told]);
  }
  return byNode;
}

/** The part of the records that a reader of a stream hands over as failed in the end: those that fail on every try. */
function givenUpOf(
  { errorRate, poisonRate }: LambdaFunctionSettings,
  { maximumRetryAttempts, maximumRecordAge }: StreamMappingSettings,
): number {
  const isEndless = !Number.isFinite(maximumRetryAttempts) && !Number.isFinite(maximumRecordAge);
  return isEndless ? 0 : Math.max(poisonRate, errorRate ** (maximumRetryAttempts + 1));
}

/** What one record that is sent to `id` invokes. */
function arrivalsAt(scenario: Scenario, id: string | undefined): readonly Arrival[] {
  const { functions, topics, streams } = scenario;
  const topic = topics.find((one) => one.id === id);
  if (topic !== undefined)
    return topic.subscribers.flatMap(({ to, filter }) => scaled(arrivalsAt(scenario, to), filter));
  const own = functions.find((fn) => fn.id === id);
  if (own !== undefined) return [{ node: `async/${own.id}`, mean: 1, stream: undefined }];
  const stream = streams.find((one) => one.id === id)?.id;
  return functions.flatMap((fn) =>
    fn.eventSources
      .filter((source) => (source.kind === 'stream' ? source.stream : source.queue) === id)
      .map(({ filter }): Arrival => ({ node: `other/${fn.id}`, mean: filter, stream })),
  );
}

function scaled(arrivals: readonly Arrival[], by: number): Arrival[] {
  return by === 0 ? [] : arrivals.map((one) => ({ ...one, mean: one.mean * by }));
}

/** Itself only where a chain comes back to it. */
function reachableFrom(start: Node, arrivals: ReadonlyMap<Node, readonly Arrival[]>): ReadonlySet<Node> {
  const reached = new Set(arrivals.get(start)!.map(({ node }) => node));
  for (const node of reached) for (const one of arrivals.get(node)!) reached.add(one.node);
  return reached;
}

/** By powers of the means plus 1 in the diagonal, which converge whatever the length of the loop. */
function greatestEigenvalue(members: readonly Node[], arrivals: ReadonlyMap<Node, readonly Arrival[]>): number {
  let weights = new Map(members.map((member) => [member, 1]));
  let growth = 1;
  for (let step = 0; step < STEPS; step++) {
    const next = new Map(weights);
    for (const member of members)
      for (const { node, mean } of arrivals.get(member)!)
        next.set(member, next.get(member)! + mean * (weights.get(node) ?? 0));
    growth = Math.max(...next.values());
    weights = new Map([...next].map(([member, weight]) => [member, weight / growth]));
  }
  return growth - 1;
}
