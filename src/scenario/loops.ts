/** Who sends to whom, and where a chain comes back to a function that it has passed: for recursion detection, checks and findings. */
import type { LambdaFunctionSettings, Scenario } from './types.js';

/** What sends a record on, by kind. `counted`: AWS's trace header goes along, so that Lambda can count the rounds. */
export interface Link {
  readonly to: string;
  readonly counted: boolean;
}

/** Id → where what arrives there may go next, in the order of the scenario. */
export function linksOf(scenario: Scenario): ReadonlyMap<string, readonly Link[]> {
  const links = new Map<string, Link[]>();
  const dependencies = new Set(scenario.dependencies.map(({ id }) => id));
  for (const fn of scenario.functions) {
    links.set(
      fn.id,
      targetsOf(fn)
        .filter((to) => !dependencies.has(to))
        .map((to) => ({ to, counted: true })),
    );
  }
  for (const { id, deadLetterQueue, redrive } of scenario.queues) {
    const readers = scenario.functions.filter(({ eventSources }) =>
      eventSources.some((source) => source.kind === 'queue' && source.queue === id),
    );
    links.set(id, [
      ...[...readers.map((fn) => fn.id), deadLetterQueue]
        .filter((to) => to !== undefined)
        .map((to) => ({ to, counted: true })),
      ...redrive.map(({ to }) => ({ to, counted: true })),
    ]);
  }
  for (const { id } of scenario.streams) {
    const readers = scenario.functions.flatMap((fn) =>
      fn.eventSources.flatMap((source) => (source.kind === 'stream' && source.stream === id ? [{ fn, source }] : [])),
    );
    const told = readers.flatMap(({ source: { onFailure } }) => onFailure ?? []);
    links.set(
      id,
      [...readers.map(({ fn }) => fn.id), ...told].map((to) => ({ to, counted: false })),
    );
  }
  for (const { id, type, subscribers } of scenario.topics) {
    links.set(
      id,
      subscribers.map(({ to }) => ({ to, counted: type === 'sns' })),
    );
  }
  return links;
}

function targetsOf({ calls, async: { onSuccess, onFailure, deadLetterQueue } }: LambdaFunctionSettings): string[] {
  return [...calls.map(({ to }) => to), onSuccess, onFailure, deadLetterQueue].filter((id) => id !== undefined);
}

/** Whether what arrives at `from` may come to `to`, be it at once or through others. */
export function leadsTo(scenario: Scenario, from: string, to: string): boolean {
  const links = linksOf(scenario);
  const reached = new Set([from]);
  for (const id of reached) for (const link of links.get(id) ?? []) reached.add(link.to);
  return reached.has(to);
}

/**
 * Function → the fewest functions in a chain from it back to itself, itself counted once; functions in no such chain are
 * left out. A breadth-first search over functions.
 */
export function loopLengths(
  scenario: Scenario,
  which: (link: Link) => boolean = () => true,
): ReadonlyMap<string, number> {
  const links = linksOf(scenario);
  const functions = new Set(scenario.functions.map(({ id }) => id));
  const lengths = new Map<string, number>();
  for (const id of functions) {
    const length = wayBack(id, links, functions, which);
    if (length !== undefined) lengths.set(id, length);
  }
  return lengths;
}

function wayBack(
  start: string,
  links: ReadonlyMap<string, readonly Link[]>,
  functions: ReadonlySet<string>,
  which: (link: Link) => boolean,
): number | undefined {
  const seen = new Set<string>();
  let reached = [start];
  for (let length = 1; reached.length > 0; length++) {
    const next: string[] = [];
    // Topics and queues pass on without a function between.
    for (let at = 0; at < reached.length; at++) {
      for (const link of links.get(reached[at]!) ?? []) {
        if (!which(link)) continue;
        if (link.to === start) return length;
        if (seen.has(link.to)) continue;
        seen.add(link.to);
        (functions.has(link.to) ? next : reached).push(link.to);
      }
    }
    reached = next;
  }
  return undefined;
}
