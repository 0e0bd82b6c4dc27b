/** How near the run came to each limit of the scenario, and what theory says in words: the same in Markdown and HTML. */
import { duration, plainNumber, share } from '../engine/format.js';
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
      format: isTime ? 'duration' : 'count',
      limitText: isTime ? duration : plainNumber,
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
export function theoryText({ law, expected, simulated }: TheoryCheck): (value: number | null | undefined) => string {
  if (law === 'Erlang C') return duration;
  if (law === 'Erlang B') return share;
  // Both with the same decimals, four digits of the larger.
  const greatest = Math.max(Math.abs(expected), Math.abs(simulated));
  const decimals = greatest > 0 ? Math.max(0, 3 - Math.floor(Math.log10(greatest))) : 0;
  return (value = 0) => (decimals === 0 ? plainNumber(Math.round(value ?? 0)) : (value ?? 0).toFixed(decimals));
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
