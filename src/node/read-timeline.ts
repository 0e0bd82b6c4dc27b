/** timeline.csv read back, row by row, as far as a report draws it: the file may be larger than memory. */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { MILLISECOND } from '../engine/units.js';
import { TIMELINE_COLUMNS } from '../report/timeline-csv.js';
import { type TimelineSeries, TimelineThinner } from '../report/timeline-series.js';
import type { Results } from '../results/run-result.js';
import { FileError, fileError } from './file-error.js';

/** `results` are those of the same folder. Throws FileError when it is not one of ours. */
export async function readTimeline(path: string, results: Results): Promise<TimelineSeries> {
  const thinner = new TimelineThinner(results);
  const start = Date.parse(results.scenario.start);
  let number = 0;
  let time = '';
  let at = 0;
  try {
    for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
      number += 1;
      if (number === 1) {
        if (line !== TIMELINE_COLUMNS.join(',')) throw notOurs(path, number);
        continue;
      }
      if (line === '') continue;
      const [instant = '', resource = '', metric = '', text = ''] = cellsOf(line);
      if (instant !== time) {
        time = instant;
        at = (Date.parse(instant) - start) * MILLISECOND;
      }
      const value = Number(text);
      if (Number.isNaN(at) || text === '' || Number.isNaN(value)) throw notOurs(path, number);
      thinner.add({ at, resource, metric, value });
    }
  } catch (error) {
    throw error instanceof FileError ? error : fileError('read', path, error);
  }
  return thinner.finish();
}

function notOurs(path: string, line: number): FileError {
  return new FileError(
    `cannot read ${path}: line ${line} is not ${TIMELINE_COLUMNS.join(',')}`,
    path,
    'run the scenario again to write it anew, or remove it to do without charts',
  );
}

/** Names hold no line ends. Quoted cells are rare: the usual line is cut at its commas. */
function cellsOf(line: string): string[] {
  if (!line.includes('"')) return line.split(',');
  const cells = line.match(/"(?:[^"]|"")*"|[^,]+|(?<=,)(?=,)/g) ?? [];
  return cells.map((cell) => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell));
}
