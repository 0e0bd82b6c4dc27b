/** Files that a scenario names: every bad cell at once, together with what else is wrong, and true reasons for what cannot be read. */
import { describe, expect, it } from 'vitest';
import { parseScenario } from '../../src/scenario/parse-scenario.js';
import { linesOf, scenarioWith } from './lines-of.js';

const TRACE = scenarioWith({ shape: 'trace: { file: t.csv, column: count }' });

function ofTrace(content: string, text = TRACE): string[] {
  return linesOf(text, { files: { 't.csv': content } });
}

describe('a CSV file', () => {
  it('has all its bad cells reported', () => {
    expect(ofTrace('time,count\n1,3\n2,x\n3\n4,5\n5,-1\n')).toEqual([
      'bad-cell  t.csv:3:3  traffic.web.trace  x is not a count  (write a whole number from 0)',
      'bad-cell  t.csv:4:1  traffic.web.trace  the row has no cell for column count  (complete the row or remove it)',
      'bad-cell  t.csv:6:3  traffic.web.trace  -1 is not a count  (write a whole number from 0)',
    ]);
  });

  it('has all bad cells of a row reported', () => {
    const text = scenarioWith({ shape: 'trace: { file: t.csv, row: f1 }' });
    expect(ofTrace('fn,1,2,3\nf1,a,4,b\n', text)).toEqual([
      'bad-cell  t.csv:2:4  traffic.web.trace  a is not a count  (write a whole number from 0)',
      'bad-cell  t.csv:2:8  traffic.web.trace  b is not a count  (write a whole number from 0)',
    ]);
  });

  it('of a hundred bad cells and more shows a hundred and says that there are more', () => {
    const problems = parseScenario(TRACE, { files: { 't.csv': `count\n${'x\n'.repeat(100_000)}` } }).problems;
    expect(problems).toHaveLength(101);
    expect(problems[99]).toMatchObject({ code: 'bad-cell', line: 101 });
    expect(problems[100]).toMatchObject({ code: 'more-problems' });
  });

  it.each([
    ['time,counts\n1,2\n', 'did you mean counts?'],
    ['a,b\n1,2\n', 'use a or b'],
    ['1,2\n3,4\n', 'the first line of the file must name its columns'],
    [`${'long '.repeat(20)},b\n1,2\n`, 'the first line of the file must name its columns'],
  ])('shows the names of %j only where they are names', (content, hint) => {
    expect(ofTrace(content)).toEqual([
      `unknown-column  t.csv:1:1  traffic.web.trace  the file has no column count  (${hint})`,
    ]);
  });
});

describe('a trace that is longer than the run', () => {
  const warned = (shape: string, content: string, duration: string): readonly string[] | undefined =>
    parseScenario(scenarioWith({ top: `run: { duration: ${duration} }`, shape }), { files: { 't.csv': content } })
      .scenario?.warnings;
  const counts = 'trace: { file: t.csv, column: count, every: 5m }';
  const fortnight = `count\n${'7\n'.repeat(4032)}`;
  const instants = 'trace: { file: t.csv, timestamps: at }';
  const times = 'at\n2026-01-05T02:00:30Z\n2026-01-05T00:00:00Z\n2026-01-05T00:30:00Z\n2026-01-05T01:00:00Z\n';

  it.each([
    [
      counts,
      fortnight,
      '1h',
      'traffic.web.trace (line 8): the run ends after 1h and leaves out 4020 of 4032 buckets of 5m; run.duration 14d replays all',
    ],
    [
      counts,
      fortnight,
      '62m',
      'traffic.web.trace (line 8): the run ends after 1h2m and leaves out 4020 of 4032 buckets of 5m, the first of them in part; run.duration 14d replays all',
    ],
    [
      instants,
      times,
      '1h',
      'traffic.web.trace (line 8): the run ends after 1h and leaves out 2 of 4 instants; run.duration 2h1m replays all',
    ],
    [
      instants,
      'at\n0.5\n3\n',
      '2s',
      'traffic.web.trace (line 8): the run ends after 2s and leaves out 1 of 2 instants; run.duration 4s replays all',
    ],
  ])('%s of %j says what %s leaves out, and the duration that replays all', (shape, content, duration, warning) => {
    expect(warned(shape, content, duration)).toEqual([warning]);
    const whole = /run\.duration (\S+)/.exec(warning)![1]!;
    expect(warned(shape, content, whole)).toEqual([]);
  });

  it('says nothing where only empty buckets are left out', () => {
    expect(warned(counts, 'count\n7\n0\n0\n', '5m')).toEqual([]);
  });
});

describe('problems of files', () => {
  it('come together with those of settings', () => {
    const text = scenarioWith({
      fn: 'memory: 5XB\ninit: { samples: gone.csv, column: ms }',
      shape: 'trace: { file: t.csv, column: count }',
      traffic: 'payload: 9GB',
    });
    expect(ofTrace('count\nx\n', text).map((line) => line.split('  ').slice(0, 3).join('  '))).toEqual([
      'bad-size  scenario.yaml:4:13  functions.api.memory',
      'missing-file  scenario.yaml:5:22  functions.api.init.samples',
      'above-maximum  scenario.yaml:10:14  traffic.web.payload',
      'bad-cell  t.csv:2:1  traffic.web.trace',
    ]);
  });

  it('say why a file cannot be read, where it is named', () => {
    const unreadable = { 't.csv': { message: 'is a directory', hint: 'name a file' } };
    expect(linesOf(TRACE, { unreadable })).toEqual([
      'unreadable-file  scenario.yaml:7:20  traffic.web.trace.file  t.csv is a directory  (name a file)',
    ]);
  });

  it('point into a file that is not text', () => {
    const unreadable = {
      't.csv': { message: 'the file is not valid UTF-8', hint: 'save it as UTF-8 text', line: 3, column: 2 },
    };
    expect(linesOf(TRACE, { unreadable })).toEqual([
      'invalid-utf8  t.csv:3:2  traffic.web.trace.file  the file is not valid UTF-8  (save it as UTF-8 text)',
    ]);
  });
});
