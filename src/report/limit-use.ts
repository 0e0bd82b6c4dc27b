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
  /** Of what the limit counts, where its setting alone does not tell. */
  readonly of: string;
  /** Share of the limit; null where there is no figure, or no room at all. */
  readonly used: number | null;
}

const COUNTED: Readonly<Record<string, string>> = {
  'account.inUse.max': 'with functions that are not modelled',
  'account.unreserved.max': 'less what is reserved or provisioned',
};

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
      of: COUNTED[limit.figure] ?? '',
      used: limit.value > 0 && greatest !== null ? usedOf(figures, limit, greatest) : null,
    };
  });
  return uses.filter(({ greatest }) => greatest !== null).sort((a, b) => (b.used ?? -1) - (a.used ?? -1));
}

function usedOf(figures: FigureReader, { setting, value }: LimitInForce, greatest: number): number {
  const [kind = '', id = '', key] = setting.split('.');
  // Latency is of requests that were answered in time.
  if (kind === 'traffic' && key === 'timeout' && figures.has(kind, id, 'timedOut')) return 1;
  return Math.min(1, greatest / value);
}

/** A figure of a law: a share of requests, a wait in milliseconds, or a number of executions. */
export function theoryText({ law }: TheoryCheck): (value: number | null | undefined) => string {
  if (law === 'Erlang C') return shortDuration;
  return law === 'Erlang B' ? share : (value) => plainNumber(+(value ?? 0).toPrecision(4));
}

/** What each law says, once however many resources it holds for; `resources` are those it was said of. */
export function lawsInWords(checks: readonly TheoryCheck[]): { law: string; assumes: string; resources: string[] }[] {
  const laws = new Map<string, { law: string; assumes: string; resources: string[] }>();
  for (const { law, assumes, resource } of checks) {
    const key = `${law} ${assumes}`;
    const known = laws.get(key) ?? { law, assumes, resources: [] };
    known.resources.push(resource);
    laws.set(key, known);
  }
  return [...laws.values()];
}
