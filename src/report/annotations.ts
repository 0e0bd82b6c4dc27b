/**
 * Thresholds that were not met as workflow commands of GitHub Actions, which shows them beside the lines of the scenario: an
 * error for what fails the run, under `--strict` what is open too, and a warning for the rest.
 */
import type { Results } from '../results/run-result.js';
import { oneLine } from './text.js';
import { failsRun, measured, verdictWord } from './verdict.js';

/** Where a threshold stands; undefined where that is not known. */
export type ThresholdPlace = (
  index: number,
) => { readonly file: string; readonly line: number; readonly column: number } | undefined;

/** A line each, in the order of the scenario. */
export function annotations(
  { thresholds, scenario }: Results,
  placeOf: ThresholdPlace = () => undefined,
  isStrict = false,
): string[] {
  return thresholds.flatMap((threshold, index) => {
    const word = verdictWord(threshold);
    if (word === 'pass') return [];
    const place = placeOf(index);
    const where =
      place === undefined ? [] : [`file=${escaped(place.file)}`, `line=${place.line}`, `col=${place.column}`];
    const what = word === 'open' ? (threshold.value === null ? 'has no data' : 'is too close to call') : 'is not met';
    const title = `title=${property(`${scenario.name}: threshold ${what}`)}`;
    const level = failsRun(threshold, isStrict) ? 'error' : 'warning';
    return [`::${level} ${[...where, title].join(',')}::${data(`${threshold.expression}: ${measured(threshold)}`)}`];
  });
}

/** The characters that end a command or a property are written as GitHub's toolkit does. */
function data(text: string): string {
  return oneLine(text).replaceAll('%', '%25');
}

function property(text: string): string {
  return escaped(oneLine(text));
}

/** As it is, since a path of which a character is left out is another path. */
function escaped(text: string): string {
  const codes: Readonly<Record<string, string>> = { '%': '%25', '\r': '%0D', '\n': '%0A', ':': '%3A', ',': '%2C' };
  return text.replace(/[%\r\n:,]/g, (character) => codes[character]!);
}
