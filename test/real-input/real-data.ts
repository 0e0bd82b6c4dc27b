/** Where recorded traces, logs and samples lie: LAMBDASIM_DATA, or a `shared/data` beside the repository. Without them the tests say so and skip. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

const BESIDE = fileURLToPath(new URL('../../../shared/data', import.meta.url));
const FOLDER = process.env.LAMBDASIM_DATA ?? BESIDE;

/** Whether these files are all there; prints what is skipped for want of one. */
export function haveData(what: string, ...files: readonly string[]): boolean {
  const missing = files.filter((file) => !existsSync(join(FOLDER, file)));
  if (missing.length === 0) return true;
  console.info(
    `skipped: ${what}: no ${missing.join(', ')} under ${FOLDER}; set LAMBDASIM_DATA to the folder of the data`,
  );
  return false;
}

export function dataText(file: string): string {
  const bytes = readFileSync(join(FOLDER, file));
  return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
}

/** Rows of a CSV file without quotes, by the names of its columns. */
export function dataRows(file: string): Record<string, string>[] {
  const [header = '', ...lines] = dataText(file).trimEnd().split(/\r?\n/);
  const columns = header.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    return Object.fromEntries(columns.map((column, i) => [column, cells[i] ?? '']));
  });
}
