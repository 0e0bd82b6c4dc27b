// `npm run bench`: how fast the built program is, as ratios to a C program run beside it, and what growth costs. `--write` keeps
// the ratios in reports/speed.md. N sets the invocations of a run (20 million; far fewer
// measure the compiler's warm-up), REPS how often each is repeated (3).
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { againstLimit } from './against-limit.mjs';
import { environments, functions, memory } from './growth.mjs';
import { pending } from './pending.mjs';
import { streams } from './streams.mjs';
import { asSection, asText } from './tables.mjs';
import { wholeCommand } from './whole-command.mjs';

const PAGE = fileURLToPath(new URL('../../reports/speed.md', import.meta.url));

const { values } = parseArgs({ options: { write: { type: 'boolean', default: false } } });
const size = { invocations: count('N', 20_000_000, 1000), repetitions: count('REPS', 3, 1) };

console.log(
  `${size.invocations} invocations a run, best of ${size.repetitions}, a process a run, Node ${process.version}\n`,
);
const tables = [];
for (const measure of [againstLimit, environments, functions, streams, memory, pending, wholeCommand]) {
  const table = measure(size);
  tables.push(table);
  console.log(asText(table));
}
if (values.write) {
  mkdirSync(dirname(PAGE), { recursive: true });
  writeFileSync(PAGE, page());
  console.log('written: reports/speed.md');
}

function page() {
  const day = new Date().toISOString().slice(0, 10);
  const head = [
    '# Speed',
    '',
    `Written by \`npm run bench -- --write\` on ${day} with Node ${process.version}: ${size.invocations.toLocaleString('en-US')} invocations a run,`,
    `the best of ${size.repetitions}, each in a process of its own. CPU time, user and system, unless a table says otherwise. Only what carries over from one machine`,
    'to another is kept here; the command prints the rest.',
    '',
  ].join('\n');
  return [head, ...tables.map(asSection).filter((section) => section !== undefined)].join('\n');
}

function count(name, otherwise, least) {
  const value = Number(process.env[name] ?? otherwise);
  if (Number.isInteger(value) && value >= least) return value;
  console.error(`${name} is a whole number of at least ${least}, not ${process.env[name]}`);
  process.exit(2);
}
