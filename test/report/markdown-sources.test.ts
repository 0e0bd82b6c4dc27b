/** report.md and the terminal summary of results that hold every kind of resource. */
import { expect, test } from 'vitest';
import { renderReport } from '../../src/report/report.js';
import { allKindsOfResults } from '../support/all-kinds-of-results.js';
import { someResults } from '../support/some-results.js';

const text = renderReport(allKindsOfResults(), 'markdown');
const sectionOf = (title: string) => text.split(`## ${title}\n\n`)[1]?.split('\n\n')[0] ?? '';
const folded = (summary: RegExp) => text.split('<details>').find((part) => summary.test(part)) ?? '';

test('a table for each kind of source, the consumers of a stream among them', () => {
  expect(sectionOf('Queues')).toContain(
    '| `orders` | 10,000 | 10,400 | 9,600 | 50 | 100 | 20 | 7 | 321 | 200 | 30 | 1 min 33 s |',
  );
  expect(
    sectionOf('Streams')
      .split('\n')
      .slice(2)
      .map((row) => row.split(' | ')[0]),
  ).toEqual(['| `clicks`', '| read by `worker`']);
  expect(sectionOf('Topics')).toContain('| `orderPlaced` | 500 | 900 | 100 |');
  // Nobody waited: the columns of the wait are not there.
  expect(sectionOf('Dependencies')).not.toContain('wait p50');
  expect(sectionOf('Dependencies')).toContain('| `ordersDb` | 60,000 | 59,000 | 700 | 300 |');
  expect(sectionOf('Asynchronous events')).toContain('| `worker` | 700 | 650 | 40 | 90 | 12 | 3 | 2 | 8 | 2 | 1.2 s |');
});

test('what few will read is folded', () => {
  expect(folded(/Versions, 2/)).toContain('| `worker` | `1` | 27,000 |');
  expect(folded(/What made the money/)).toMatch(/\| neighbours of Lambda \| \$35\.04 \| 58\.1% \|/);
  expect(folded(/Limits: the nearest is used to 100%/)).toContain(
    '| `functions.worker.reservedConcurrency` | 100% | 12 | 12 |',
  );
  expect(folded(/Beside queueing theory/)).toContain('| 1.000 | 1.010 |');
});

test('nothing of it where the results hold none', () => {
  const plain = renderReport(someResults(), 'markdown');
  for (const title of [
    'Queues',
    'Streams',
    'Topics',
    'Dependencies',
    'Asynchronous events',
    'Versions',
    'Limits',
    'Beside',
  ])
    expect(plain).not.toContain(title);
});

test('tables keep their form, whatever the names', () => {
  const nasty = 'a|b`c\n## d</details>';
  const names = { fn: nasty, traffic: nasty, queue: nasty, stream: nasty, topic: nasty, dependency: nasty };
  const hostile = renderReport(allKindsOfResults(names, nasty), 'markdown');
  for (const block of hostile.split('\n\n').filter((part) => part.startsWith('| '))) {
    const cells = block.split('\n').map((row) => row.replace(/\\\|/g, '').split('|').length);
    expect(new Set(cells).size, block).toBe(1);
  }
  expect(hostile).not.toMatch(/^## d/m);
});

test('the terminal summary has a table for each kind, within 80 columns', () => {
  const lines = renderReport(allKindsOfResults(), 'terminal').split('\n');
  const after = (header: string) => lines[lines.findIndex((line) => line.startsWith(header)) + 1];
  expect(after('ASYNC')).toMatch(/^worker +700 +650 +40 +90 +12 +8 +7\.2 s$/);
  expect(after('QUEUE ')).toMatch(/^orders +10,000 +9,600 +50 +100 +200 +1 min 33 s +4\.8 s$/);
  expect(after('STREAM ')).toMatch(/^clicks +9,000 +8,800 +120 +30 +50 +7\.2 s$/);
  expect(after('TOPIC ')).toMatch(/^orderPlaced +500 +900 +100$/);
  expect(after('DEPENDENCY ')).toMatch(/^ordersDb +60,000 +59,000 +700 +300 +400 +[\d,]+ +36 ms$/);
  const long = 'x'.repeat(300);
  const names = { fn: long, traffic: long, queue: long, stream: long, topic: long, dependency: long };
  for (const line of renderReport(allKindsOfResults(names), 'terminal').split('\n'))
    expect([...line].length).toBeLessThanOrEqual(80);
});
