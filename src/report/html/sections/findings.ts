/** Why the run came out as it did: each cause with its time, its evidence and the setting that removes it. */
import { counted, duration } from '../../../engine/format.js';
import type { Finding } from '../../../results/run-result.js';
import { firstToBind, heldFrom } from '../../finding-text.js';
import { explainCommand } from '../../next-command.js';
import type { Report } from '../../report.js';
import { code, command, markup, name, prose } from '../markup.js';
import { type Section, section } from '../section.js';
import { span } from '../svg.js';
import { spaced, unexplained } from './verdict.js';

const MOST = 40;

export function findingsSection({ results, scenarioFile }: Report): Section {
  const { findings, scenario } = results;
  if (findings.length === 0) {
    const isMet = results.thresholds.every(({ verdict }) => verdict !== 'fail');
    const none = isMet ? 'No limit was in the way, and nothing on the bill stands out.' : unexplained(results);
    return section('findings', 'Why', markup`<p>${none}</p>`);
  }
  const first = firstToBind(results);
  const item = (finding: Finding) => {
    const { limit, resource, from, to, message, knob } = finding;
    const lasted = `${heldFrom(finding, results)}, ${duration((to - from) * 1000)}`;
    const strip = span(from / scenario.durationSeconds, to / scenario.durationSeconds, lasted);
    const explain = explainCommand(knob, scenarioFile);
    return markup`<li><h3>${name(spaced(limit))} <small>${code(resource)}${finding === first && ', the first to bind'}</small></h3>
<p>${prose(message)}</p>
<div class="when">${strip}<p>${lasted}</p></div>
${knob !== '' && markup`<p class="knob">Setting: ${code(knob)}${explain !== undefined && markup` <span class="hint">${command(explain)}</span>`}</p>`}</li>
`;
  };
  const rest = findings.slice(MOST);
  return section(
    'findings',
    'Why',
    markup`<p class="lead">What was in the way, that of a failed threshold and the heaviest first; the strip is the time of the run.</p><ol class="findings">
${findings.slice(0, MOST).map(item)}</ol>`,
    rest.length > 0 &&
      markup`<details><summary>${counted(rest.length, 'more finding')}</summary><ol class="findings">${rest.map(item)}</ol></details>`,
  );
}
