/** Where things go: every id that is named exists, is of a kind that can receive there, and leads to no loop that never ends. */
import { messageLimits } from '../../rules/message-limits.js';
import { payloadLimits } from '../../rules/payload-limits.js';
import { listed, suggestion } from '../nearest.js';
import { shown } from '../quantities/reading.js';
import { sizeText } from '../quantities/size.js';
import { type Context, type IdKind, KIND_NAMES } from '../resolve/context.js';
import type { Path } from '../tree.js';
import type { Scenario } from '../types.js';

const RESOURCE_KINDS = ['functions', 'queues', 'streams', 'topics', 'dependencies'] as const;
type ResourceIdKind = (typeof RESOURCE_KINDS)[number];
const RECEIVING = ['functions', 'queues', 'streams', 'topics'] as const;

export function checkLinks(scenario: Scenario, context: Context): void {
  checkUnique(context);
  for (const { id, to } of scenario.traffic) checkTarget(to, ['traffic', id, 'to'], RECEIVING, context);
  for (const fn of scenario.functions) {
    for (const [index, { to }] of fn.calls.entries())
      checkTarget(to, ['functions', fn.id, 'calls', index, 'to'], RESOURCE_KINDS, context);
    checkHandOver(scenario, fn.id, context);
  }
  for (const topic of scenario.topics) {
    const kinds = topic.type === 'sns' ? (['functions', 'queues'] as const) : RECEIVING;
    for (const [index, { to }] of topic.subscribers.entries()) {
      const at: Path = ['topics', topic.id, 'subscribers', index];
      const path = context.has([...at, 'to']) ? [...at, 'to'] : at;
      checkTarget(to, path, kinds, context, topic.type === 'sns' ? 'an SNS topic' : 'an event bus');
    }
  }
  checkLoops(scenario, context);
  checkFollowers(scenario, context);
  checkSizes(scenario, context);
}

function kindOf(id: string, { ids }: Context): ResourceIdKind | undefined {
  return RESOURCE_KINDS.find((kind) => ids[kind].includes(id));
}

/** An id is one thing: traffic may share its name with what it goes to. */
function checkUnique(context: Context): void {
  const seen = new Map<string, ResourceIdKind>();
  for (const kind of RESOURCE_KINDS) {
    for (const id of context.ids[kind]) {
      const first = seen.get(id);
      if (first === undefined) {
        seen.set(id, kind);
        continue;
      }
      context.reportKey([kind, id], {
        code: 'duplicate-id',
        message: `${shown(id)} is the id of a ${KIND_NAMES[first]} already`,
        hint: 'give each function, queue, stream, topic and dependency an id of its own',
      });
    }
  }
}

export function checkTarget(
  id: string,
  path: Path,
  allowed: readonly ResourceIdKind[],
  context: Context,
  who?: string,
): void {
  const kind = kindOf(id, context);
  if (kind !== undefined && allowed.includes(kind)) return;
  const names = allowed.map((one) => KIND_NAMES[one]);
  if (kind !== undefined) {
    context.report(path, {
      code: 'wrong-kind',
      message: `${shown(id)} is a ${KIND_NAMES[kind]}, and ${who ?? 'this'} goes to a ${listed(names)}`,
      hint: `name a ${listed(names)}`,
    });
    return;
  }
  const ids = allowed.flatMap((one) => context.ids[one]);
  const onlyFunctions = allowed.includes('functions') && ids.length === context.ids.functions.length;
  const what = onlyFunctions ? 'function' : listed(names);
  const hint = suggestion(id, ids) || (ids.length === 0 ? '' : `such as ${listed(ids.slice(0, 3))}`);
  context.report(path, { code: 'unknown-id', message: `there is no ${what} ${shown(id)}`, hint });
}

/** AWS hands over to standard queues and SNS topics, and from a destination also to a bus or a function. */
function checkHandOver({ functions, queues, topics }: Scenario, fnId: string, context: Context): void {
  const { async } = functions.find(({ id }) => id === fnId)!;
  for (const key of ['onSuccess', 'onFailure', 'deadLetterQueue'] as const) {
    const id = async[key];
    if (id === undefined) continue;
    const path: Path = ['functions', fnId, 'async', key];
    const kinds =
      key === 'deadLetterQueue' ? (['queues', 'topics'] as const) : (['queues', 'topics', 'functions'] as const);
    checkTarget(id, path, kinds, context, key === 'deadLetterQueue' ? 'a dead letter' : 'a destination');
    const isFifo = queues.some((queue) => queue.id === id && queue.type === 'fifo');
    const isBus = key === 'deadLetterQueue' && topics.some((topic) => topic.id === id && topic.type === 'eventbridge');
    if (!isFifo && !isBus) continue;
    context.report(path, {
      code: 'wrong-kind',
      message: `Lambda hands nothing over to ${isFifo ? 'a FIFO queue' : 'an event bus as dead-letter queue'}`,
      hint: isFifo ? 'use a standard queue' : 'use a standard queue, an SNS topic, or onFailure',
    });
  }
}

/** Functions that wait for each other would wait for ever, and a topic that feeds itself would never be done. */
function checkLoops({ functions, topics }: Scenario, context: Context): void {
  const calls = functions.map(({ id, calls: own }) => ({
    id,
    to: own.map(({ to, invocation }) => (invocation === 'RequestResponse' ? to : undefined)),
  }));
  for (const { id, index, way } of loopsIn(calls)) {
    context.report(['functions', id, 'calls', index, 'to'], {
      code: 'loop',
      message: `functions wait for each other in a circle: ${way.join(' -> ')}`,
      hint: 'make one of the calls invocation: Event',
    });
  }
  // An SNS topic feeds no topic at all, which has been said.
  const feeds = topics.map(({ id, type, subscribers }) => ({
    id,
    to: type === 'sns' ? [] : subscribers.map(({ to }) => to),
  }));
  for (const { id, index, way } of loopsIn(feeds)) {
    const at: Path = ['topics', id, 'subscribers', index];
    context.report(context.has([...at, 'to']) ? [...at, 'to'] : at, {
      code: 'loop',
      message: `the topic feeds itself: ${way.join(' -> ')}`,
      hint: 'remove a subscriber',
    });
  }
}

interface Loop {
  readonly id: string;
  /** Of the link that closes it. */
  readonly index: number;
  /** From the first in the file back to itself. */
  readonly way: readonly string[];
}

/** Each circle once, found by a depth-first search in the order of the file. */
function loopsIn(nodes: readonly { readonly id: string; readonly to: readonly (string | undefined)[] }[]): Loop[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const done = new Set<string>();
  const loops: Loop[] = [];
  for (const { id: start } of nodes) {
    const way: string[] = [];
    const next: number[] = [];
    const enter = (id: string): void => {
      way.push(id);
      next.push(0);
    };
    if (!done.has(start)) enter(start);
    while (way.length > 0) {
      const id = way[way.length - 1]!;
      const index = next[next.length - 1]!++;
      const { to } = byId.get(id)!;
      if (index >= to.length) {
        done.add(id);
        way.pop();
        next.pop();
        continue;
      }
      const target = to[index];
      if (target === undefined || done.has(target) || !byId.has(target)) continue;
      const at = way.indexOf(target);
      if (at < 0) enter(target);
      else if (!to.slice(0, index).includes(target)) loops.push({ id, index, way: [...way.slice(at), target] });
    }
  }
  return loops;
}

function checkFollowers({ traffic }: Scenario, context: Context): void {
  const links = traffic.map(({ id, shape }) => ({ id, to: shape.kind === 'follows' ? [shape.traffic] : [] }));
  for (const { id, shape } of traffic) {
    if (shape.kind !== 'follows' || context.ids.traffic.includes(shape.traffic)) continue;
    context.report(['traffic', id, 'follows', 'traffic'], {
      code: 'unknown-id',
      message: `there is no traffic ${shown(shape.traffic)}`,
      hint: suggestion(
        shape.traffic,
        context.ids.traffic.filter((other) => other !== id),
      ),
    });
  }
  for (const { id, way } of loopsIn(links)) {
    context.report(['traffic', id, 'follows', 'traffic'], {
      code: 'loop',
      message: `traffic follows itself: ${way.join(' -> ')}`,
      hint: 'give one of them a rate of its own',
    });
  }
}

/** Records have the greatest size of what they are sent to; calls that wait have that of a synchronous request. */
function checkSizes(scenario: Scenario, context: Context): void {
  for (const { id, to, invocation, payload } of scenario.traffic) {
    if (invocation === 'Event') checkSize(payload, to, false, ['traffic', id], scenario, context);
  }
  for (const { id, calls } of scenario.functions) {
    for (const [index, { to, payload, invocation, key }] of calls.entries()) {
      const path: Path = ['functions', id, 'calls', index];
      const kind = kindOf(to, context);
      checkSize(payload, to, invocation === 'RequestResponse', path, scenario, context);
      if (kind !== undefined && kind !== 'functions' && context.has([...path, 'invocation'])) {
        context.report([...path, 'invocation'], {
          code: 'no-effect',
          message: `invocation belongs to calls of a function, and ${shown(to)} is a ${KIND_NAMES[kind]}`,
          hint: 'remove invocation',
        });
      }
      if (key !== undefined && (kind === 'functions' || kind === 'dependencies'))
        reportKey([...path, 'key'], kind, context);
    }
  }
  for (const { id, to, key } of scenario.traffic) {
    if (key !== undefined && kindOf(to, context) === 'functions')
      reportKey(['traffic', id, 'key'], 'functions', context);
  }
}

function reportKey(path: Path, kind: IdKind, context: Context): void {
  context.report(path, {
    code: 'no-effect',
    message: `a key has no meaning for a ${KIND_NAMES[kind]}`,
    hint: 'remove key',
  });
}

function checkSize(
  payload: number,
  to: string,
  waits: boolean,
  path: Path,
  { topics }: Scenario,
  context: Context,
): void {
  const kind = kindOf(to, context);
  const limit = sizeLimit(to, kind, waits, topics, context);
  if (limit === undefined || payload <= limit) return;
  const what =
    kind === 'functions' ? (waits ? 'a synchronous request' : 'an asynchronous event') : `a ${KIND_NAMES[kind!]}`;
  context.report(
    [...path, 'payload'],
    {
      code: 'above-maximum',
      message: `${sizeText(payload)} is above the ${sizeText(limit)} limit of ${what}`,
      hint: `use at most ${sizeText(limit)}`,
    },
    [[...path, 'to'], [...path, 'via'], ['asOf']],
  );
}

function sizeLimit(
  to: string,
  kind: ResourceIdKind | undefined,
  waits: boolean,
  topics: Scenario['topics'],
  { rules }: Context,
): number | undefined {
  switch (kind) {
    case 'functions': {
      const limits = rules.value(payloadLimits);
      return waits ? limits.request : limits.asynchronous;
    }
    case 'queues':
      return rules.value(messageLimits).queue;
    case 'streams':
      return rules.value(messageLimits).stream;
    case 'topics':
      return rules.value(messageLimits)[topics.find(({ id }) => id === to)?.type ?? 'sns'];
    default:
      return undefined;
  }
}
