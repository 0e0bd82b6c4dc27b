/** Findings in words. */
import { expect, test } from 'vitest';
import { firstToBind, heldFrom, isLimiting } from '../../src/report/finding-text.js';
import type { Finding } from '../../src/results/run-result.js';
import { someResults } from '../support/some-results.js';

const at = (from: number, to: number, limit = 'Timeout'): Finding => ({
  resource: 'functions.api',
  limit,
  from,
  to,
  message: '',
  knob: '',
});
const results = someResults({ scenario: { ...someResults().scenario, durationSeconds: 3600, warmUpSeconds: 60 } });

test.each([
  [at(60, 3600), 'all the time'],
  [at(0, 600), 'from the start to 10 min'],
  [at(125, 3600), 'from 2 min 5 s to the end'],
  [at(125, 600), 'from 2 min 5 s to 10 min'],
  [at(125, 125.01), 'at 2 min 5 s'],
  [{ ...at(125, 600), seconds: 90 }, 'from 2 min 5 s to 10 min, 1 min 30 s in all'],
  [{ ...at(60, 3600), seconds: 1800 }, 'from 1 min to the end, 30 min in all'],
])('%j held %s', (finding, text) => expect(heldFrom(finding, results)).toBe(text));

test('what only costs money does not limit', () => {
  const limits = ['BilledInit', 'BilledDuration', 'ProvisionedConcurrencyIdle', 'ReservedConcurrencyIdle', 'ColdStart'];
  expect(limits.filter((limit) => isLimiting(at(0, 1, limit)))).toEqual(['ColdStart']);
});

test('the first to bind is the one that began before the others, if one did', () => {
  const early = at(10, 20);
  expect(firstToBind({ ...results, findings: [at(30, 40), early, at(5, 6, 'BilledInit')] })).toBe(early);
  expect(firstToBind({ ...results, findings: [early, at(10, 90)] })).toBeUndefined();
  expect(firstToBind({ ...results, findings: [early] })).toBeUndefined();
});
