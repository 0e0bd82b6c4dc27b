/** Why a threshold has no figure: what would have had to happen. Told from its expression; the results hold only null. */

const REASONS: readonly (readonly [RegExp, string])[] = [
  [/^traffic\..*\.(latency|parts)\b/, 'no request succeeded'],
  [/^traffic\./, 'no request was counted'],
  [/^functions\..*\.initDuration\b/, 'no cold start was counted'],
  [/^functions\.[^.]+\.throttles/, 'no attempt was counted'],
  [/^functions\./, 'no invocation was counted'],
];

/** `expression` as the scenario has it, such as `p99(traffic.web.latency) < 800ms`. */
export function whyNoData(expression: string): string {
  const path = /\(\s*([^)\s]+)/.exec(expression)?.[1] ?? '';
  return REASONS.find(([what]) => what.test(path))?.[1] ?? 'nothing was counted';
}
