/** The tables as text: whole files, formulas made safe, a timeline of any length in pieces. */
import { describe, expect, test } from 'vitest';
import { csvTable } from '../../src/report/csv.js';
import { renderReport } from '../../src/report/report.js';
import { timelineCsv } from '../../src/report/timeline-csv.js';
import type { TimelineRow } from '../../src/results/timeline.js';
import { aRun, BILL_LINES, someResults } from '../support/some-results.js';

const START = Date.parse('2026-01-05T00:00:00Z');

test('bill.csv holds the lines of the bill in full precision', () => {
  expect(renderReport(someResults(), 'bill-csv')).toBe(
    `service,resource,item,quantity,unit,usd
AWS Lambda,api,Requests,54794,requests,0.0109588
AWS Lambda,api,Duration,1665.5,GB-s,0.0277584
`,
  );
});

test('with replications a bill line is the mean, and 0 where a replication lacks it', () => {
  const [requests, time] = BILL_LINES;
  const bills = [[requests!, { ...time!, usd: 4, quantity: 8 }], [requests!]];
  const runs = bills.map((lines) => aRun({ bill: { lines, total: 0, monthly: 0, simulatedHours: 1 } }));
  expect(renderReport(someResults({ runs }), 'bill-csv')).toBe(
    `service,resource,item,quantity,unit,usd
AWS Lambda,api,Requests,54794,requests,0.0109588
AWS Lambda,api,Duration,4,GB-s,2
`,
  );
});

describe('summary.csv', () => {
  const [header = '', ...rows] = renderReport(someResults(), 'summary-csv').trimEnd().split('\n');
  const cells = (row = '') => Object.fromEntries(header.split(',').map((name, i) => [name, row.split(',')[i]]));

  test('has one row a resource', () => {
    expect(rows.map((row) => row.split(',').slice(0, 2))).toEqual([
      ['account', 'account'],
      ['function', 'api'],
      ['traffic', 'web'],
    ]);
  });

  test('gives every row as many cells as there are columns', () => {
    expect(new Set([header, ...rows].map((row) => row.split(',').length)).size).toBe(1);
  });

  test('leaves a figure empty that a resource does not have', () => {
    expect(cells(rows[1])).toMatchObject({
      invocations: '54794',
      durationP99Ms: '271.5',
      usd: '0.0387172',
      offered: '',
    });
    expect(cells(rows[2])).toMatchObject({ offered: '54794', latencyP999Ms: '480', invocations: '' });
  });
});

test.each([
  ['=1+1', "'=1+1"],
  ['+x', "'+x"],
  ['-x', "'-x"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\tx', "'\tx"],
  ['a,"b"', '"a,""b"""'],
  ['two\nlines', '"two\nlines"'],
])('the cell %j is written as %j, so that no spreadsheet runs it', (cell, written) => {
  expect(csvTable(['cell'], [[cell]])).toBe(`cell\n${written}\n`);
});

test('a number below 0 stays a number', () => expect(csvTable(['cell'], [[-5]])).toBe('cell\n-5\n'));

test('a figure that is none is a fault of the program', () => {
  expect(() => csvTable(['resource', 'usd'], [['api', Number.NaN]])).toThrow('usd');
});

test('a timeline row has the instant its bucket begins, to the millisecond where buckets are that short', () => {
  const rows: TimelineRow[] = [
    { at: 0, resource: 'functions.api', metric: 'Invocations', value: 12 },
    { at: 500_000, resource: 'functions.api', metric: 'Duration', value: 45.25 },
    { at: 60_000_000, resource: '=evil', metric: 'Invocations', value: 1e-7 },
  ];
  expect([...timelineCsv(rows, START)].join('')).toBe(
    `time,resource,metric,value
2026-01-05T00:00:00Z,functions.api,Invocations,12
2026-01-05T00:00:00.500Z,functions.api,Duration,45.25
2026-01-05T00:01:00Z,'=evil,Invocations,1e-7
`,
  );
});

test('a timeline of a million rows is asked for row by row and handed out in small pieces', () => {
  let asked = 0;
  function* rows(): Generator<TimelineRow> {
    for (; asked < 1_000_000; asked++) yield { at: asked, resource: 'functions.api', metric: 'Invocations', value: 1 };
  }
  let lines = 0;
  let longest = 0;
  let aheadMost = 0;
  for (const piece of timelineCsv(rows(), START)) {
    lines += piece.split('\n').length - 1;
    longest = Math.max(longest, piece.length);
    aheadMost = Math.max(aheadMost, asked - lines);
  }
  expect(lines).toBe(1_000_001);
  expect(longest).toBeLessThan(200_000);
  expect(aheadMost).toBeLessThanOrEqual(1);
});
