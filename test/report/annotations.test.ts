/** Annotations for GitHub: which thresholds, how bad, where, and that no text can end a command early. */
import { expect, test } from 'vitest';
import { annotations } from '../../src/report/annotations.js';
import { aThreshold, someResults } from '../support/some-results.js';

const FAILED = aThreshold({ expression: 'p99(traffic.web.latency) < 50%', value: 360, verdict: 'fail' });

test('an error for a failed threshold, a warning for one that warns or is open, nothing for one that is met', () => {
  const thresholds = [
    aThreshold(),
    FAILED,
    { ...FAILED, severity: 'warn' as const },
    aThreshold({ verdict: 'inconclusive' }),
    aThreshold({ verdict: 'inconclusive', value: null }),
  ];
  expect(annotations(someResults({ thresholds }))).toEqual([
    '::error title=checkout%3A threshold is not met::p99(traffic.web.latency) < 50%25: 360 ms',
    '::warning title=checkout%3A threshold is not met::p99(traffic.web.latency) < 50%25: 360 ms',
    '::warning title=checkout%3A threshold is too close to call::p99(traffic.web.latency) < 800ms: 360 ms',
    '::warning title=checkout%3A threshold has no data::p99(traffic.web.latency) < 800ms: no request succeeded',
  ]);
});

test('an error for what is open where the run is strict, unless it only warns', () => {
  const open = aThreshold({ verdict: 'inconclusive' });
  const lines = annotations(someResults({ thresholds: [open, { ...open, severity: 'warn' }] }), undefined, true);
  expect(lines.map((line) => line.split(' ')[0])).toEqual(['::error', '::warning']);
});

test('stand at the line of the threshold', () => {
  const place = (index: number) => ({ file: 'a,b:c.yaml', line: 10 + index, column: 5 });
  expect(annotations(someResults({ thresholds: [aThreshold(), FAILED] }), place)[0]).toMatch(
    /^::error file=a%2Cb%3Ac\.yaml,line=11,col=5,title=/,
  );
});

test('name the file as it is, whatever is in its name', () => {
  const place = () => ({ file: 'a\u202eb\r\n%0A::c.yaml', line: 1, column: 1 });
  const [line] = annotations(someResults({ thresholds: [FAILED] }), place);
  expect(line).toMatch(/^::error file=a\u202eb%0D%0A%250A%3A%3Ac\.yaml,line=1,/);
  expect(line).not.toMatch(/[\r\n]/);
});

test('a name with line ends and commands in it stays a name', () => {
  const name = 'x\n::error::y\r::set-output';
  const results = someResults({ thresholds: [FAILED], scenario: { ...someResults().scenario, name } });
  const [line] = annotations(results);
  expect(line).not.toMatch(/[\r\n]/);
  expect(line!.match(/::/g)).toHaveLength(2);
});
