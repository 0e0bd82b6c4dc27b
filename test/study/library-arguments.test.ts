/** What a library's user may get wrong is answered with a sentence and a UsageError, not with a fault inside. */
import { expect, test } from 'vitest';
import { UsageError } from '../../src/engine/errors.js';
import { renderReport } from '../../src/report/report.js';
import { parseScenario } from '../../src/scenario/parse-scenario.js';
import { simulate } from '../../src/study/simulate.js';
import { aScenario } from '../support/a-scenario.js';
import { someResults } from '../support/some-results.js';

const scenario = aScenario().withFunction('api').withTraffic('web', 'api', 1).run({ duration: 1_000_000 }).build();

test.each([
  [
    'a seed that is no number',
    () => simulate(scenario, { seed: Number.NaN }),
    'seed must be a whole number or text, not NaN',
  ],
  [
    'a seed that is an object',
    () => simulate(scenario, { seed: {} as never }),
    'seed must be a whole number or text, not a map',
  ],
  [
    'a recorder that hears nothing',
    () => simulate(scenario, { recorders: [{} as never] }),
    'recorders must be a list of Recorders',
  ],
  ['half a seed', () => simulate(scenario, { seed: 0.5 }), 'seed must be a whole number or text, not 0.5'],
  ['no scenario', () => parseScenario(undefined as never), 'a scenario is text, not nothing'],
  [
    'a file that is no text',
    () => parseScenario('', { files: { 'x.csv': 5 as never } }),
    'files["x.csv"] is text, not 5',
  ],
  ['a scenario with problems', () => simulate(undefined as never), 'there is no scenario to run, but nothing'],
  ['no results', () => renderReport({} as never, 'markdown'), 'these are not results of a run'],
  ['results of nothing', () => renderReport(undefined as never, 'json'), 'these are not results of a run'],
  ['no format', () => renderReport(someResults(), 'xx' as never), 'there is no report format xx'],
  ['a format of every object', () => renderReport(someResults(), 'toString' as never), 'there is no report format'],
])('%s', (_, attempt, message) => {
  expect(attempt).toThrow(UsageError);
  expect(attempt).toThrow(message);
});
