/** report.html as text: what may run on it, what it holds without a script, and the place for sections of others. */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { markup, name } from '../../../src/report/html/markup.js';
import { section } from '../../../src/report/html/section.js';
import { renderReport } from '../../../src/report/report.js';
import { allKindsOfResults } from '../../support/all-kinds-of-results.js';
import { someResults } from '../../support/some-results.js';

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

test('no figure is NaN, undefined or an object', () => {
  const text = page.replace(/<(script|style)[^>]*>.*?<\/\1>/gs, '').replace(/<[^>]*>/g, ' ');
  expect(text).not.toMatch(/NaN|undefined|\[object|Infinity|null/);
});

test('rules with assumed values come first, and each says what of it is assumed', () => {
  const first = page.slice(page.indexOf('Assumed and overridden rules'), page.indexOf('Documented and measured rules'));
  expect(first).toContain('<bdi>documented; day, window assumed</bdi>');
  expect(first).toContain('>made-up<');
  expect(first).not.toContain('>known<');
  expect(page).toContain('<bdi>measured; day assumed</bdi>');
  expect(page).toContain('2 rules on which AWS is silent, at least in part');
});
