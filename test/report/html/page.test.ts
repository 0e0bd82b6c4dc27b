/** report.html as text: what may run on it, what it holds without a script, and the place for sections of others. */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { markup, name } from '../../../src/report/html/markup.js';
import { section } from '../../../src/report/html/section.js';
import { renderReport } from '../../../src/report/report.js';
import type { Finding } from '../../../src/results/run-result.js';
import { allKindsOfResults } from '../../support/all-kinds-of-results.js';
import { aRun, aThreshold, aTrafficResult, NO_SUMMARY, someResults } from '../../support/some-results.js';

const page = renderReport(allKindsOfResults(), 'html');

test('its policy allows its own script and style by their hashes, and nothing else', () => {
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)![1]!;
  const hashOf = (tag: string) => {
    const text = new RegExp(`<${tag}>(.*?)</${tag}>`, 's').exec(page)![1]!;
    return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  };
  expect(policy).toBe(
    `default-src 'none'; script-src ${hashOf('script')}; style-src ${hashOf('style')}; base-uri 'none'; form-action 'none'`,
  );
});

test('it refers to nothing outside, and has no style or handler in an attribute', () => {
  const body = page.replace(/<(script|style)[^>]*>.*?<\/\1>/gs, '');
  expect(body).not.toMatch(/\s(src|style|srcset|on\w+)=/);
  expect(
    [...body.matchAll(/href="([^"]*)"/g)].map(([, href]) => href!).filter((href) => !href.startsWith('#')),
  ).toEqual([]);
  expect(page).not.toMatch(/url\(|@import/);
});

test('it names the licence of what it holds', () => {
  expect(page).toMatch(/uPlot \d+\.\d+\.\d+, Copyright \(c\) 2022 Leon Sorokin, MIT licence/);
});

test('the same results give the same bytes', () => {
  expect(renderReport(allKindsOfResults(), 'html')).toBe(page);
});

test('every link of its contents leads to a section', () => {
  const ids = [...page.matchAll(/<section id="([^"]*)"/g)].map(([, id]) => id);
  const links = [...page.matchAll(/<li><a href="#([^"]*)"/g)].map(([, id]) => id);
  expect(links.length).toBeGreaterThan(8);
  expect(links.filter((id) => !ids.includes(id))).toEqual([]);
});

test('sections of others stand before what the figures rest on', () => {
  const comparison = section('comparison', 'Comparison', markup`<p>${name('<b>a</b>')} against b</p>`);
  const html = renderReport(someResults(), 'html', { sections: [comparison] });
  expect(html).toContain('<a href="#comparison">Comparison</a>');
  expect(html).toContain('<p><bdi>&lt;b&gt;a&lt;/b&gt;</bdi> against b</p>');
  expect(html.indexOf('id="comparison"')).toBeLessThan(html.indexOf('id="basis"'));
});

test('what only costs money limits nothing, and is worth changing all the same', () => {
  const answersTo = (limit: string) => {
    const finding = { resource: 'functions.api', limit, from: 0, to: 60, message: '', knob: 'functions.api.init' };
    const html = renderReport(someResults({ findings: [finding] }), 'html');
    return [...html.matchAll(/<div class="answer"><h2>([^<]*)<\/h2><p class="big">(.*?)<\/p>/g)]
      .slice(2)
      .map(([, , big]) => big!.replace(/<[^>]*>/g, ''));
  };
  expect(answersTo('BilledInit')).toEqual(['Nothing', 'functions.api.init']);
  expect(answersTo('ProvisionedConcurrencyIdle')).toEqual(['Nothing', 'functions.api.init']);
  expect(answersTo('ColdStart')).toEqual(['Cold Start', 'functions.api.init']);
});

test('where a threshold failed, what no finding explains is not known', () => {
  const rows = (verdict: 'pass' | 'fail', expression: string, findings: Finding[] = []) => {
    const html = renderReport(someResults({ thresholds: [aThreshold({ verdict, expression })], findings }), 'html');
    return answersOf(html)
      .slice(2)
      .map((answer) => answer.split('\n').slice(0, 2));
  };
  const late = 'p99(traffic.web.latency) < 1ms';
  expect(rows('fail', late)).toEqual([
    ['Not known', expect.anything()],
    ['Not known', 'No cause was found for the threshold that failed.'],
  ]);
  expect(rows('pass', late).map(([big]) => big)).toEqual(['Nothing', 'Nothing']);
  expect(rows('fail', 'sum(bill.monthly) < 1USD').map(([big]) => big)).toEqual(['Nothing', 'Not known']);
  const trifle = { resource: 'functions.api', limit: 'Timeout', from: 0, to: 9, message: '', knob: 'x' };
  expect(rows('fail', late, [{ ...trifle, minor: true }])[1]).toEqual([
    'Not known',
    'No setting was found for the threshold that failed: 1 finding.',
  ]);
  expect(rows('pass', late, [{ ...trifle, minor: true }])[1]![0]).toBe('Nothing');
});

function answersOf(html: string): string[] {
  return [...html.matchAll(/<div class="answer"><h2>[^<]*<\/h2>(.*?)<\/div>/g)].map(([, text]) =>
    text!
      .replace(/<\/p>/g, '\n')
      .replace(/<[^>]*>/g, '')
      .trim(),
  );
}

test('without a client that waits, the answers speak of the stream that is behind', () => {
  const { streams } = allKindsOfResults().runs[0]!;
  const results = someResults({
    runs: [aRun({ streams, traffic: { web: aTrafficResult({ latency: NO_SUMMARY }) } })],
    thresholds: [aThreshold({ expression: 'p99(streams.clicks.iteratorAge) < 5s', verdict: 'fail' })],
    findings: [{ resource: 'streams.clicks', limit: 'IteratorAge', from: 0, to: 60, message: '', knob: '' }],
  });
  const [speed, , limit] = answersOf(renderReport(results, 'html'));
  expect(speed).toBe(
    '7.2 s p99\niterator age of clicks, beyond its limit of 5 s\nhalf within 1.2 s, one in a thousand above 9.6 s',
  );
  expect(limit).toBe(
    'Iterator Age\nstreams.clicks from the start to 1 min\n50 records still waiting, shard 1 got 77.9% of its writes\npeak concurrency 12',
  );
});

test('the answers say how far from its limit the bill is, what most of it is, and whom the latency leaves out', () => {
  const traffic = { web: aTrafficResult({ offered: 1000, succeeded: 900, failed: 90, unfinished: 10 }) };
  const runs = [aRun({ traffic })];
  const costing = (usd: number) =>
    answersOf(
      renderReport(
        someResults({ runs, thresholds: [aThreshold({ expression: `sum(bill.monthly) < ${usd} USD` })] }),
        'html',
      ),
    );
  const [speed, price] = costing(20);
  expect(price).toMatch(/^\$28\.26 a month\nbeyond its limit of \$20\.00\n71\.7% of it Duration\n/);
  expect(costing(100)[1]).toContain('\n28.3% of its limit of $100.00\n');
  expect(speed).toContain('\n9% of its requests did not succeed and are not in it\n');
});

test('a time above a minute is written as its threshold writes it', () => {
  const traffic = { web: aTrafficResult({ latency: { ...NO_SUMMARY, count: 1, p99: 196_000 } }) };
  const thresholds = [aThreshold({ expression: 'p99(traffic.web.latency) < 10s', value: 196_000 })];
  const html = renderReport(someResults({ runs: [aRun({ traffic })], thresholds }), 'html');
  expect(answersOf(html)[0]).toMatch(/^3 min 16 s p99\n/);
});

test('trifles limit nothing and are not worth a change', () => {
  const trifle = {
    resource: 'functions.api',
    limit: 'Timeout',
    from: 0,
    to: 60,
    message: '',
    knob: 'functions.api.timeout',
  };
  const answersTo = (...findings: Finding[]) => answersOf(renderReport(someResults({ findings }), 'html')).slice(2);
  const [limit, change] = answersTo({ ...trifle, minor: true }, { ...trifle, minor: true });
  expect(limit).toMatch(/^Nothing\n/);
  expect(change).toBe('Nothing\nOnly 2 trifles in the way: below 0.1% of the requests.');
  expect(answersTo({ ...trifle, minor: true }, trifle)[0]).toMatch(/^Timeout\n/);
});

test('nothing limits what runs on beside the environments that are provisioned', () => {
  const limit = (setting: string, value: number) => ({
    resource: 'functions.api',
    metric: 'ConcurrentExecutions',
    figure: 'functions.api.concurrency.max',
    setting: `functions.api.${setting}`,
    value,
  });
  const limits = [limit('provisionedConcurrency', 3), limit('reservedConcurrency', 24)];
  expect(answersOf(renderReport(someResults({ limits }), 'html'))[2]).toMatch(
    /^Nothing\nnearest: 50% of functions\.api\.reservedConcurrency\n/,
  );
});

test('what a law says stands once, however many functions it holds for', () => {
  const check = { law: "Little's law", figure: '', expected: 1, simulated: 1, assumes: 'one for all' };
  const theory = ['functions.a', 'functions.b'].map((resource) => ({ ...check, resource }));
  for (const format of ['html', 'markdown'] as const)
    expect(renderReport(someResults({ theory }), format).split('one for all')).toHaveLength(2);
});

test('traffic that waits for no answer has no latency, and no empty table of it', () => {
  const traffic = { web: aTrafficResult({ latency: NO_SUMMARY }) };
  const html = renderReport(someResults({ runs: [aRun({ traffic })] }), 'html');
  expect(html).not.toMatch(/What the mean is made of|Latency by traffic|id="theory"/);
  expect(html).toContain('>Requests</h2>');
});

test('a stream has a bar for each shard, the hottest first and longest', () => {
  const shards = /Shards of .*?<tbody>(.*?)<\/tbody>/s.exec(page)![1]!;
  const rows = shards.split('<tr>').slice(1);
  expect(
    rows.map((row) =>
      row
        .replace(/<[^>]*>/g, ' ')
        .trim()
        .split(/\s{2,}/),
    ),
  ).toEqual([
    ['1', '7,000', '33', '77.9%', '2.5 s', '7.2 s'],
    ['0', '2,000', '0', '22.1%', '900 ms', '4.1 s'],
  ]);
  const widths = rows.map((row) =>
    [...row.matchAll(/width="([\d.]+)%" height="10"/g)].reduce((sum, [, width]) => sum + Number(width), 0),
  );
  expect(widths[0]).toBeCloseTo(100, 1);
  expect(widths[1]).toBeCloseTo((2000 / 7033) * 100, 1);
  expect(rows[0]).toContain('aria-label="records 7,000, rejected 33"');
});

test('no figure is NaN, undefined or an object', () => {
  const text = page.replace(/<(script|style)[^>]*>.*?<\/\1>/gs, '').replace(/<[^>]*>/g, ' ');
  expect(text).not.toMatch(/NaN|undefined|\[object|Infinity|null/);
});

test('rules with assumed values come first, and each says what of it is assumed', () => {
  const first = page.slice(page.indexOf('Assumed and overridden rules'), page.indexOf('Documented and measured rules'));
  expect(first).toContain('<bdi>documented; day, window assumed</bdi>');
  expect(first).toContain('<code><bdi>text</bdi></code>');
  expect(first).not.toContain('>known<');
  expect(page).toContain('<bdi>measured; day assumed</bdi>');
  expect(page).toContain('2 rules on which AWS is silent, at least in part');
});
