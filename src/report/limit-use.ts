/** How near the run came to each limit of the scenario, and what theory says in words: the same in Markdown and HTML. */
import { plainNumber, share, shortDuration } from '../engine/format.js';
import type { LimitInForce, TheoryCheck } from '../results/run-result.js';
import type { FigureReader, FormatName } from './figure-reader.js';

export interface LimitUse {
  readonly limit: LimitInForce;
  /** Path of the bounded figure. */
  readonly path: readonly string[];
  readonly format: FormatName;
  readonly limitText: (value: number | null | undefined) => string;
  readonly greatest: number | null;
  /** Share of the limit; null where there is no figure, or no room at all. */
  readonly used: number | null;
}

/** The nearest first, without those that nothing was measured against. */
export function limitUses(figures: FigureReader): LimitUse[] {
  const uses = (figures.results.limits ?? []).map((limit): LimitUse => {
    const path = limit.figure.split('.');
    const greatest = figures.at(...path);
    const isTime = /^(Duration|Latency)|Age/.test(limit.metric);
    return {
      limit,
      path,
      format: isTime ? 'shortDuration' : 'count',
      limitText: isTime ? shortDuration : plainNumber,
      greatest,
      // Provisioned environments that are all in use let the rest run on demand: the limit is reached, not passed.
      used: limit.value > 0 && greatest !== null ? Math.min(1, greatest / limit.value) : null,
    };
  });
  return uses.filter(({ greatest }) => greatest !== null).sort((a, b) => (b.used ?? -1) - (a.used ?? -1));
}

/** A figure of a law: a share of requests, a wait in milliseconds, or a number of executions. */
export function theoryText({ law }: TheoryCheck): (value: number | null | undefined) => string {
  if (law === 'Erlang C') return shortDuration;
  return law === 'Erlang B' ? share : (value) => plainNumber(+(value ?? 0).toPrecision(4));
}
