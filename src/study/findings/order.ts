/** Which finding a reader should see first: what failed a threshold, then what weighs most, trifles at the end. */
import type { Finding } from '../../results/run-result.js';
import type { Scenario, ThresholdSettings } from '../../scenario/types.js';
import { type Awaited, awaitedBy, passedOn } from './awaited.js';
import type { Figure, Found } from './found.js';
import { requestShare } from './request-share.js';
import { shareBeyond } from './statistic.js';
import type { Subject } from './subject.js';
import { turnOf } from './turn.js';
import { withinReach } from './within-reach.js';

interface Links {
  /** What calls a function or is read by it, as `<resource> <function>`. */
  readonly beside: ReadonlySet<string>;
  /** By the path of who waits. */
  readonly awaited: ReadonlyMap<string, Awaited>;
}

/** Below both a finding is a trifle: a thousandth of the requests, a hundredth of the bill. */
const FEW_REQUESTS = 0.001;
const LITTLE_MONEY = 0.01;

/** Places in the order. */
const DECISIVE = 0;
const WEIGHTY = 1;
const TRIFLE = 2;

/** What is equal in weight stays in the given order. */
export function inOrder(found: readonly Found[], subject: Subject): Finding[] {
  const { failed } = subject;
  const links: Links = { beside: besideOf(subject.scenario), awaited: awaitedBy(subject) };
  const rank = (one: Found) => {
    if (failed.some((threshold) => explains(one, threshold, links))) return DECISIVE;
    return isTrifle(one) ? TRIFLE : WEIGHTY;
  };
  return found
    .map((one) => withinReach(subject, one))
    .map((one) => ({ one, rank: rank(one), weight: weight(subject, one) }))
    .filter(({ one, rank }) => rank === DECISIVE || one.onlyWhereFailed !== true)
    .sort((a, b) => a.rank - b.rank || b.weight - a.weight)
    .map(({ one, rank }) => findingOf(one, rank, turnOf(subject.scenario, one)));
}

function besideOf({ traffic, functions }: Scenario): Links['beside'] {
  return new Set([
    ...traffic.map(({ id, to }) => `traffic.${id} functions.${to}`),
    ...functions.flatMap(({ id, eventSources }) =>
      eventSources.map((one) =>
        one.kind === 'queue' ? `queues.${one.queue} functions.${id}` : `streams.${one.stream} functions.${id}`,
      ),
    ),
  ]);
}

function explains(found: Found, { path, statistic }: ThresholdSettings, links: Links): boolean {
  const { resource, touches, requests } = found;
  const figure = figureAt(path);
  const [owner = '', id = ''] = path;
  // One invocation in thousands is not why a whole account or a bill is beyond its limit.
  if (owner === 'bill' || owner === 'account') return touches.includes(figure) && !isTrifle(found);
  const judged = `${owner}.${id}`;
  // A percentile of times does not move for fewer than lie beyond it.
  const isFelt = (share: number) => !isTime(figure) || requests === 0 || share >= shareBeyond(statistic);
  const { beside, awaited } = links;
  // What befalls a function befalls what calls it and what it reads, and the other way round.
  const isBeside = judged === resource || beside.has(`${judged} ${resource}`) || beside.has(`${resource} ${judged}`);
  if (isBeside && touches.includes(figure) && isFelt(requests)) return true;
  const times = awaited.get(judged)?.get(resource);
  return times !== undefined && passedOn(found).includes(figure) && isFelt(requests * times);
}

function isTime(figure: Figure): boolean {
  return figure === 'latency' || figure === 'duration';
}

/** The figure a threshold is about; of a breakdown that which it breaks down. */
function figureAt([owner = '', id = '', metric = '']: readonly string[]): Figure {
  if (owner === 'bill') return 'bill';
  const name = owner === 'account' ? id : metric;
  return WHOLES[name] ?? (name as Figure);
}

const WHOLES: Readonly<Record<string, Figure>> = {
  parts: 'latency',
  throttlesByReason: 'throttles',
  gbSecondsBy: 'bill',
  billed: 'bill',
};

function isTrifle({ requests, bill }: Found): boolean {
  return requests < FEW_REQUESTS && bill < LITTLE_MONEY;
}

/** The larger of its shares of all requests and of the bill. */
function weight(subject: Subject, { resource, requests, bill }: Found): number {
  return Math.max(requests * requestShare(subject, resource), bill);
}

function findingOf(found: Found, rank: number, turn: Finding['turn']): Finding {
  const { resource, limit, from, to, message, knob, seconds, periods } = found;
  return {
    ...{ resource, limit, from, to, message, knob },
    ...(turn !== undefined && { turn }),
    ...(rank === TRIFLE && { minor: true }),
    ...(seconds !== undefined && { seconds }),
    ...(periods !== undefined && { periods }),
  };
}
