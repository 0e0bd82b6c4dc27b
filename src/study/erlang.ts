/** Erlang's formulas (A. K. Erlang 1917) for calls that arrive by chance at so many servers. Load is in Erlang. */

/** Probability of having to wait when `offered` Erlang meet `servers`; `offered` is below `servers`. */
export function erlangC(offered: number, servers: number): number {
  const lost = erlangB(offered, servers);
  return lost / (1 - (offered / servers) * (1 - lost));
}

/** Share of calls lost when `offered` Erlang meet `servers`, by the usual recursion in the number of servers. */
export function erlangB(offered: number, servers: number): number {
  let lost = 1;
  for (let n = 1; n <= servers; n++) lost = (offered * lost) / (n + offered * lost);
  return lost;
}
