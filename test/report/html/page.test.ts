/** report.html as text: what may run on it, what it holds without a script, and the place for sections of others. */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { markup, name } from '../../../src/report/html/markup.js';
import { section } from '../../../src/report/html/section.js';
import { renderReport } from '../../../src/report/report.js';
import type { Finding, LimitInForce } from '../../../src/results/run-result.js';
import { allKindsOfResults } from '../../support/all-kinds-of-results.js';
import {
  aFunctionResult,
  aRun,
  aSummary,
  aThreshold,
  aTrafficResult,
  NO_SUMMARY,
  someResults,
} from '../../support/some-results.js';

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
  expect(speed).toBe('7.2 s p99\niterator age of clicks, beyond its limit of 5 s\nhalf within 1.2 s, none above 12 s');
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

test('what the slowest took is told of a thousand requests and more, and of fewer that none took longer', () => {
  const speedOf = (count: number, slower: object = {}) => {
    const traffic = { web: aTrafficResult({ latency: { ...aSummary(100, count), ...slower } }) };
    return answersOf(renderReport(someResults({ runs: [aRun({ traffic })] }), 'html'))[0];
  };
  expect(speedOf(1000)).toContain('half within 100 ms, one in a thousand above 800 ms');
  expect(speedOf(999)).toContain('half within 100 ms, none above 1 s');
  expect(speedOf(5000, { p999: 1000 })).toContain('none above 1 s');
});

test('a timeline without a row is told apart from one that was not there', () => {
  const timeline = {
    firstMs: 0,
    stepMs: 60_000,
    points: 60,
    bucketMs: 60_000,
    lastBucketMs: 60_000,
    isThinned: false,
    series: new Map(),
  };
  expect(renderReport(someResults(), 'html', { timeline })).toContain('<code>timeline.csv</code> has no rows');
  expect(renderReport(someResults(), 'html')).toContain('There is no timeline');
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
  const nearestWith = (spilloverInvocations: number) => {
    const runs = [aRun({ functions: { api: aFunctionResult({ spilloverInvocations }) } })];
    return answersOf(renderReport(someResults({ runs, limits }), 'html'))[2];
  };
  expect(nearestWith(1)).toMatch(/^Nothing\nnearest: 50% of functions\.api\.reservedConcurrency\n/);
  expect(nearestWith(0)).toMatch(/^Nothing\nnearest: 100% of functions\.api\.provisionedConcurrency\n/);
});

test('the peak is held against the account with all who use it, and against what reservations leave', () => {
  const account = { concurrency: { mean: 1, max: 61 }, throttles: 0, inUse: { max: 1000 }, unreserved: { max: 55 } };
  const limit = (figure: string, metric: string, value: number) => ({
    ...{ resource: 'account', metric, value },
    ...{ figure: `account.${figure}.max`, setting: 'account.concurrencyLimit' },
  });
  const answer = (...limits: LimitInForce[]) =>
    answersOf(renderReport(someResults({ runs: [aRun({ account })], limits }), 'html'))[2]!
      .split('\n')
      .at(-1);
  const pool = limit('unreserved', 'UnreservedConcurrentExecutions', 110);
  expect(answer(limit('concurrency', 'ConcurrentExecutions', 1000))).toBe('peak concurrency 61 of 1,000, 6.1%');
  expect(answer(limit('inUse', 'ConcurrentExecutions', 1000))).toBe(
    'peak concurrency 61, with functions that are not modelled 1,000 of 1,000, 100%',
  );
  expect(answer(limit('concurrency', 'ConcurrentExecutions', 1000), pool)).toBe(
    'peak concurrency 61 of 1,000, 6.1%; without a reservation 55 of 110, 50%',
  );
  expect(renderReport(someResults({ runs: [aRun({ account })], limits: [pool] }), 'markdown')).toContain(
    '| `account.concurrencyLimit`, less what is reserved or provisioned | 50% | 55 | 110 |',
  );
});

test('the change says which way to turn its knob, and what for where that is not what limits', () => {
  const finding = (limit: string, knob: string, turn?: Finding['turn']): Finding => ({
    ...{ resource: 'functions.api', limit, from: 0, to: 60, message: '', knob },
    ...(turn && { turn }),
  });
  const [inits, throttles] = [
    finding('BilledInit', 'functions.api.init', 'lower'),
    finding('ConcurrentInvocationLimitExceeded', 'account.concurrencyLimit', 'raise'),
  ];
  const change = (...findings: Finding[]) => answersOf(renderReport(someResults({ findings }), 'html'))[3];
  expect(change(throttles, inits)).toBe('raise account.concurrencyLimit\nwhy, and 1 more');
  expect(change(inits, throttles)).toBe(
    'lower functions.api.init\nnot for what limits it, but for Billed Init of functions.api: why, and 1 more',
  );
  expect(change(inits)).toBe('lower functions.api.init\nfor Billed Init of functions.api: why');
  expect(change(finding('Recursion', 'functions.api.calls[0].to'))).toBe('functions.api.calls[0].to\nwhy');
});

test('the strip and the shade of a finding are those of its stretches', () => {
  const finding = { resource: 'functions.api', limit: 'Timeout', from: 0, to: 3600, message: 'm', knob: '' };
  const stretches: [number, number][] = [
    [0, 360],
    [1800, 2160],
    [3240, 3600],
  ];
  const held = { ...finding, seconds: 1080, periods: stretches };
  const scenario = { ...someResults().scenario, durationSeconds: 3600 };
  const timeline = {
    firstMs: 0,
    stepMs: 60_000,
    points: 60,
    bucketMs: 60_000,
    lastBucketMs: 60_000,
    isThinned: false,
    series: new Map(),
  };
  const drawn = (one: Finding) => {
    const html = renderReport(someResults({ scenario, findings: [one] }), 'html', { timeline });
    const strip = /<div class="when"><svg.*?<\/svg><p>([^<]*)/.exec(html)!;
    const start = Date.parse(scenario.start) / 1000;
    const { spans } = JSON.parse(/id="drawing">(.*?)<\/script>/.exec(html)![1]!) as { spans: [number, number][] };
    return {
      text: strip[1],
      bars: [...strip[0].matchAll(/class="fbad" x="([^"]*)" y="\d+" width="([^"]*)"/g)].map(([, x, width]) => [
        x,
        width,
      ]),
      shaded: spans.map(([from, to]) => [from - start, to - start]),
    };
  };
  expect(drawn(held)).toEqual({
    text: 'from the start to the end, 18 min in all',
    bars: [
      ['0%', '10%'],
      ['50%', '10%'],
      ['90%', '10%'],
    ],
    shaded: stretches,
  });
  expect(drawn(finding)).toEqual({ text: 'all the time, 1 h', bars: [['0%', '100%']], shaded: [] });
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
