/** The folded sections of report.md on how near the run came to its limits, and on what theory says of it. */
import { share } from '../engine/format.js';
import type { Results } from '../results/run-result.js';
import { FigureReader, FORMATS } from './figure-reader.js';
import { lawsInWords, limitUses, theoryText } from './limit-use.js';
import { folded, leftOut, table } from './markdown-blocks.js';
import { markdownCode as code, markdownText as prose } from './text.js';

export function limits(results: Results, most: number): string {
  const uses = limitUses(new FigureReader(results));
  if (uses.length === 0) return '';
  const rows = uses
    .slice(0, most)
    .map(({ limit, of, format, greatest, limitText, used }) => [
      code(limit.setting) + (of === '' ? '' : `, ${of}`),
      share(used),
      FORMATS[format](greatest),
      limitText(limit.value),
    ]);
  return folded(
    `Limits: the nearest is used to ${share(uses[0]?.used)}`,
    table(['limit', 'used', 'greatest', 'limit'], 'lrrr', rows) +
      leftOut(uses.length - rows.length, 'limits', 'results.json'),
  );
}

export function theory({ theory: checks = [] }: Results, most: number): string {
  if (checks.length === 0) return '';
  const rows = checks.slice(0, most).map((check) => {
    const text = theoryText(check);
    return [code(check.resource), prose(check.law), text(check.expected), text(check.simulated)];
  });
  const laws = lawsInWords(checks);
  const words = laws.slice(0, most).map(({ law, assumes, resources }) => {
    const one = laws.filter((other) => other.law === law).length > 1 ? ` of ${code(resources[0]!)}` : '';
    return `- ${prose(law)}${one}: ${prose(assumes)}.`;
  });
  return folded(
    'Beside queueing theory',
    `${table(['resource', 'law', 'formula', 'simulated'], 'llrr', rows)}${leftOut(checks.length - rows.length, 'formulas', 'results.json')}\n\n${words.join('\n')}`,
  );
}
