/**
 * timeline.csv: one row per bucket, resource and metric. A month of minutes for a thousand functions is hundreds of
 * millions of rows, so the text comes in pieces and nothing grows with their number.
 */
import { InvariantError } from '../engine/errors.js';
import { MILLISECOND, type Micros } from '../engine/units.js';
import type { TimelineRow } from '../results/timeline.js';
import { csvTable, safeCells } from './csv.js';

export const TIMELINE_COLUMNS = ['time', 'resource', 'metric', 'value'] as const;
const ROWS_A_PIECE = 2_000;

/**
 * Pieces of text, together the file. `time` is the start of the bucket in UTC; `startEpochMs` is simulated time 0.
 * Rows are written in the order given. Throws InvariantError for NaN and Infinity.
 */
export function* timelineCsv(rows: Iterable<TimelineRow>, startEpochMs: number): Generator<string> {
  const safe = safeCells();
  let piece = csvTable(TIMELINE_COLUMNS, []);
  let held = 0;
  let at: Micros = -1;
  let time = '';
  for (const row of rows) {
    if (!Number.isFinite(row.value)) throw new InvariantError(`${row.metric} of ${row.resource} is ${row.value}`);
    if (row.at !== at) {
      at = row.at;
      time = instant(startEpochMs + at / MILLISECOND);
    }
    piece += `${time},${safe(row.resource)},${safe(row.metric)},${row.value}\n`;
    held += 1;
    if (held === ROWS_A_PIECE) {
      yield piece;
      piece = '';
      held = 0;
    }
  }
  if (piece !== '') yield piece;
}

/** ISO 8601 in UTC, without a fraction when the instant is a whole second. */
function instant(epochMs: number): string {
  return new Date(epochMs).toISOString().replace('.000Z', 'Z');
}
