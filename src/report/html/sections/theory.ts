/** What formulas of queueing theory say beside what the run says, where their assumptions hold. */
import { theoryText } from '../../limit-use.js';
import { type Figures, figure } from '../figures.js';
import { code, markup, name, prose } from '../markup.js';
import { type Section, section } from '../section.js';
import { table } from '../table.js';

/** None where no formula applies. */
export function theorySection({ results }: Figures): Section[] {
  const { theory: checks = [] } = results;
  if (checks.length === 0) return [];
  const body = section(
    'theory',
    'Beside theory',
    markup`<p class="lead">Formulas whose assumptions this run meets${results.runs.length > 1 && ', of its first replication'}.</p>`,
    table({
      caption: 'Queueing formulas beside the simulated figures',
      columns: [
        { title: 'resource' },
        { title: 'law' },
        { title: 'formula', is: 'number' },
        { title: 'simulated', is: 'number' },
        { title: 'what it says' },
      ],
      rows: checks.map((check) => [
        code(check.resource),
        name(check.law),
        figure(theoryText(check), check.expected),
        figure(theoryText(check), check.simulated),
        markup`<span class="long">${prose(check.assumes)}</span>`,
      ]),
      what: 'formulas',
      open: 10,
    }),
  );
  return [body];
}
