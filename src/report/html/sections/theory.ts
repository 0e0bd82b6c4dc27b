/** What formulas of queueing theory say beside what the run says, where their assumptions hold. */
import { lawsInWords, theoryText } from '../../limit-use.js';
import { type Figures, figure } from '../figures.js';
import { code, markup, name, prose } from '../markup.js';
import { type Section, section } from '../section.js';
import { table } from '../table.js';

const MOST_LAWS = 20;
const MOST_CHECKS = 100;

/** None where no formula applies. */
export function theorySection({ results }: Figures): Section[] {
  const { theory: checks = [] } = results;
  if (checks.length === 0) return [];
  const laws = lawsInWords(checks);
  // A text that holds numbers of its own is that of one resource.
  const isOften = (law: string) => laws.filter((other) => other.law === law).length > 1;
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
      ],
      rows: checks
        .slice(0, MOST_CHECKS)
        .map((check) => [
          code(check.resource),
          name(check.law),
          figure(theoryText(check), check.expected),
          figure(theoryText(check), check.simulated),
        ]),
      left: Math.max(0, checks.length - MOST_CHECKS),
      file: 'results.json',
      what: 'formulas',
      open: 10,
    }),
    markup`<ul>${laws
      .slice(0, MOST_LAWS)
      .map(
        ({ law, assumes, resources }) =>
          markup`<li>${name(law)}${isOften(law) && markup` of ${code(resources[0]!)}`}: ${prose(assumes)}.</li>`,
      )}</ul>`,
  );
  return [body];
}
