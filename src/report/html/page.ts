/**
 * report.html: one file that opens from disk, with no network and nothing but its own script and style. The text is complete
 * without the script, which draws the charts over time.
 */
import type { Report } from '../report.js';
import { oneLine, shortened } from '../text.js';
import { chartsOf } from './charts.js';
import { Figures } from './figures.js';
import { Markup, markup } from './markup.js';
import { PAGE_SCRIPT, PAGE_SCRIPT_HASH, PAGE_STYLE, PAGE_STYLE_HASH } from './page-assets.js';
import { type Section, sectionMarkup } from './section.js';
import { basisSection } from './sections/basis.js';
import { costSection } from './sections/cost.js';
import { findingsSection } from './sections/findings.js';
import { functionsSection } from './sections/functions.js';
import { latencySection } from './sections/latency.js';
import { limitsSection } from './sections/limits.js';
import { ChartPlaces, overTimeSection } from './sections/over-time.js';
import { sourceSections } from './sections/sources.js';
import { theorySection } from './sections/theory.js';
import { answers, heading, thresholds } from './sections/verdict.js';
import { shadedPeriods } from './shade.js';

export function html(report: Report): string {
  const { results, timeline } = report;
  const figures = new Figures(results);
  const places = new ChartPlaces();
  const groups = timeline === undefined ? [] : chartsOf(results, timeline);
  const sections: Section[] = [
    findingsSection(report),
    overTimeSection(groups, report, places),
    ...latencySection(figures),
    costSection(figures),
    functionsSection(figures),
    ...sourceSections(figures),
    ...limitsSection(figures),
    ...theorySection(figures),
    ...(report.sections ?? []),
    basisSection(report),
  ];
  const page = markup`${heading(report)}<main id="top"><section id="verdict" aria-label="Verdict">${answers(figures)}${thresholds(results)}</section>
${contents(sections)}
${sections.map(sectionMarkup)}</main>
<footer><p>${results.program.name} ${results.program.version} · ${shortened(oneLine(results.scenario.name), 80)} · rules and prices of ${results.scenario.asOf}</p></footer>`;
  return document(results.scenario.name, page, drawing(report, places));
}

function contents(sections: readonly Section[]): Markup {
  return markup`<nav aria-label="Contents"><ul>${sections.map(({ id, title }) => markup`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>`;
}

/** What the script draws. Inside a script element nothing is escaped, so no `<` may stand there. */
function drawing({ results, timeline }: Report, { placed }: ChartPlaces): string {
  const start = Date.parse(results.scenario.start) / 1000;
  const data =
    timeline === undefined
      ? { charts: [] }
      : {
          first: start + timeline.firstMs / 1000,
          step: timeline.stepMs / 1000,
          points: timeline.points,
          spans: shadedPeriods(results).map(([from, to]) => [start + from, start + to]),
          charts: placed,
        };
  return JSON.stringify(data).replaceAll('<', '\\u003c');
}

function document(name: string, body: Markup, data: string): string {
  const policy = `default-src 'none'; script-src '${PAGE_SCRIPT_HASH}'; style-src '${PAGE_STYLE_HASH}'; base-uri 'none'; form-action 'none'`;
  return markup`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${shortened(oneLine(name), 80)} · lambdasim</title>
${element('style', '', PAGE_STYLE)}
</head>
<body>
<a class="skip" href="#verdict">Skip to the verdict</a>
${body}
${element('script', ' type="application/json" id="drawing"', data)}
${element('script', '', PAGE_SCRIPT)}
</body>
</html>
`.text;
}

/** An element in which nothing is escaped: its text must not hold its end. */
function element(tag: 'script' | 'style', attributes: string, text: string): Markup {
  return new Markup(`<${tag}${attributes}>${text}</${tag}>`);
}
