/** Why the run came out as it did: each cause with its time, its evidence and the setting that removes it. */
import { counted, duration } from '../../../engine/format.js';
import type { Finding } from '../../../results/run-result.js';
import { firstToBind, heldFrom } from '../../finding-text.js';
import { explainCommand } from '../../next-command.js';
import type { Report } from '../../report.js';
import { code, command, markup, name, prose } from '../markup.js';
import { type Section, section } from '../section.js';
import { spans } from '../svg.js';
import { leftOut } from '../table.js';
import { spaced, unexplained } from './verdict.js';

/** A glance has room for so many; the rest folds away, as far as a page has room for it. */
const OPEN = 10;
const MOST = 100;

export function findingsSection({ results, scenarioFile }: Report): Section {
  const { findings, scenario } = results;
  if (findings.length === 0) {
    const isMet = results.thresholds.every(({ verdict }) => verdict !== 'fail');
    const none = isMet ? 'No limit was in the way, and nothing on the bill stands out.' : unexplained(results);
    return section('findings', 'Why', markup`<p>${none}</p>`);
  }
  const first = firstToBind(results);
  const item = (finding: Finding) => {
    const { limit, resource, from, to, seconds, periods = [[from, to]], message, knob, turn } = finding;
    const held = heldFrom(finding, results);
    const lasted = seconds === undefined ? `${held}, ${duration((to - from) * 1000)}` : held;
    const share = (second: number) => second / scenario.durationSeconds;
    const strip = spans(
      periods.map(([begin, end]) => [share(begin), share(end)]),
      lasted,
    );
    const explain = explainCommand(knob, scenarioFile);
    return markup`<li><h3>${name(spaced(limit))} <small>${code(resource)}${finding === first && ', the first to bind'}</small></h3>
<p>${prose(message)}</p>
<div class="when">${strip}<p>${lasted}</p></div>
${knob !== '' && markup`<p class="knob">Setting: ${turn && `${turn} `}${code(knob)}${explain !== undefined && markup` <span class="hint">${command(explain)}</span>`}</p>`}</li>
`;
  };
  const rest = findings.slice(OPEN, MOST);
  return section(
    'findings',
    'Why',
    markup`<p class="lead">What was in the way, that of a failed threshold and the heaviest first; the strip is the time of the run, in steps of ${duration((scenario.timelineSeconds ?? 60) * 1000)}.</p><ol class="findings">
${findings.slice(0, OPEN).map(item)}</ol>`,
    rest.length > 0 &&
      markup`<details><summary>${counted(rest.length, 'more finding')}</summary><ol class="findings">${rest.map(item)}</ol></details>`,
    leftOut(findings.length - MOST, 'findings', 'results.json'),
  );
}
