/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
/**
 * report.html of every golden folder, opened from disk in a real browser: nothing complains, nothing leaves the machine, every
 * chart is drawn, zoom works, no serious accessibility problem, and every figure is that of results.json. Screenshots go to
 * out/screenshots/.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as format from '../../src/engine/format.js';
import { readResults } from '../../src/node/read-results.js';
import { readTimeline } from '../../src/node/read-timeline.js';
import { renderReport } from '../../src/report/report.js';
import { usdText } from '../../src/report/usd.js';
import { measured } from '../../src/report/verdict.js';
import type { Results } from '../../src/results/run-result.js';
import { axe, blankCharts, haveBrowser, launch, type OpenPage, open, resize } from '../support/browser.js';
import { temporaryFolder } from '../support/command-line.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SCREENSHOTS = join(ROOT, 'out/screenshots');

const names = readdirSync(join(ROOT, 'reports'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

const isHere = haveBrowser('reports in a browser');

describe.skipIf(!isHere)('report.html', () => {
  let browser: Browser;
  const folder = temporaryFolder();

  beforeAll(async () => {
    mkdirSync(SCREENSHOTS, { recursive: true });
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    folder.remove();
  });

  describe.each(names)('of %s', (name) => {
    let results: Results;
    let opened: OpenPage;

    beforeAll(async () => {
      const read = await readResults(join(ROOT, 'reports', name));
      results = read.results;
      const timeline = await readTimeline(read.timelinePath!, results);
      const path = join(folder.path, `${name}.html`);
      writeFileSync(path, renderReport(results, 'html', { timeline, scenarioFile: `scenarios/${name}.yaml` }));
      opened = await open(browser, path);
    });
    afterAll(() => opened?.page.close());

    test('opens without a complaint or a request, with every chart drawn and every figure as in results.json', async () => {
      const { page, complaints } = opened;
      expect(complaints).toEqual([]);
      expect(await page.locator('[data-chart]').count()).toBeGreaterThan(2);
      expect(await blankCharts(page)).toEqual([]);
      const { figures, unmarked, thresholds, items, empty } = await textOf(page);
      expect(empty, 'headings with nothing below, tables without rows, charts of one name').toEqual([]);
      expect(figures.length).toBeGreaterThan(30);
      expect(figures.filter(({ path, as, text }) => text !== written(results, path, as))).toEqual([]);
      expect(unmarked, 'numbers in tables that do not say which figure they are').toEqual([]);
      expect(thresholds).toEqual(results.thresholds.map(measured));
      expect(items).toEqual(itemsOf(results));
      await page.screenshot({ path: join(SCREENSHOTS, `${name}-1280.png`), fullPage: true });
    });

    // Wide and light the same sections are looked at once, on the page of every source: it takes a second each time.
    test('has no serious accessibility problem narrow and dark, and nothing wider than the screen', async () => {
      const { page, complaints } = opened;
      await resize(page, 390);
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await axe(page)).toEqual([]);
      expect(await blankCharts(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
      await page.screenshot({ path: join(SCREENSHOTS, `${name}-390.png`), fullPage: true });
      expect(complaints).toEqual([]);
    });
  });

  describe('the charts', () => {
    let page: Page;

    beforeAll(async () => {
      page = (await open(browser, join(folder.path, 'checkout-api.html'))).page;
    });
    afterAll(() => page?.close());

    // The page answers in a frame of its own time, so what it shows is asked again until it is so.
    test('zoom together by a drag, and out again by a double click', async () => {
      const whole = await ranges(page);
      await page.locator('.u-over').first().scrollIntoViewIfNeeded();
      const box = (await page.locator('.u-over').first().boundingBox())!;
      await page.mouse.move(box.x + box.width * 0.25, box.y + 50);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width * 0.5, box.y + 60, { steps: 5 });
      await page.mouse.up();
      await expect.poll(() => ranges(page)).not.toEqual(whole);
      await expect.poll(async () => new Set(await ranges(page)).size).toBe(1);
      expect(await page.locator('#zoom-out').isVisible()).toBe(true);
      await page.mouse.dblclick(box.x + 30, box.y + 50);
      await expect.poll(() => ranges(page)).toEqual(whole);
      expect(await page.locator('#zoom-out').isVisible()).toBe(false);
    });

    test('zoom by a finger that goes sideways, and out again by the button', async () => {
      const context = await browser.newContext({
        viewport: { width: 390, height: 844 },
        hasTouch: true,
        isMobile: true,
      });
      const phone = await context.newPage();
      await phone.goto(`file://${join(folder.path, 'checkout-api.html')}`);
      const whole = await ranges(phone);
      await phone.locator('.u-over').first().scrollIntoViewIfNeeded();
      const box = (await phone.locator('.u-over').first().boundingBox())!;
      const device = await context.newCDPSession(phone);
      const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...shares: readonly number[]) =>
        device.send('Input.dispatchTouchEvent', {
          type,
          touchPoints: shares.map((share) => ({ x: box.x + box.width * share, y: box.y + 60 })),
        });
      await touch('touchStart', 0.3);
      for (const share of [0.4, 0.5, 0.6, 0.7]) await touch('touchMove', share);
      await touch('touchEnd');
      await expect.poll(() => ranges(phone)).not.toEqual(whole);
      await expect.poll(async () => new Set(await ranges(phone)).size).toBe(1);
      const [from, to] = (await ranges(phone))[0]!.split(' ').map(Number) as [number, number];
      const [first, last] = whole[0]!.split(' ').map(Number) as [number, number];
      expect((to - from) / (last - first)).toBeCloseTo(0.4, 1);
      await phone.locator('#zoom-out').click();
      await expect.poll(() => ranges(phone)).toEqual(whole);
      await context.close();
    });

    test('zoom by keyboard, and tell the values at the cursor', async () => {
      const whole = await ranges(page);
      const chart = page.locator('[data-chart]').first();
      await chart.focus();
      for (const key of ['ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
      await expect.poll(() => chart.locator('.u-value').last().innerText()).toMatch(/^[\d,.]+$/);
      await expect
        .poll(() => page.locator('#reading').textContent())
        .toMatch(/^2026-\d\d-\d\d \d\d:\d\d: cold starts \d+, concurrency \d+$/);
      await page.keyboard.press('+');
      await expect.poll(() => ranges(page)).not.toEqual(whole);
      await expect.poll(async () => new Set(await ranges(page)).size).toBe(1);
      await page.keyboard.press('Escape');
      await expect.poll(() => ranges(page)).toEqual(whole);
    });

    test('tell every bucket by the keyboard, the first and the last as the timeline has them', async () => {
      const chart = page.locator('[data-chart]').first();
      const rows = readFileSync(join(ROOT, 'reports/checkout-api/timeline.csv'), 'utf8')
        .split('\n')
        .filter((row) => row.includes(',account,ConcurrentExecutions,'))
        .map((row) => row.split(','));
      await chart.focus();
      const told = async (...keys: readonly string[]) => {
        for (const key of keys) await page.keyboard.press(key);
        return (await page.locator('#reading').textContent()) ?? '';
      };
      const times = (key: string) => Array.from({ length: 10 }, () => key);
      for (const [row, keys] of [
        [rows[0]!, times('PageUp')],
        [rows.at(-1)!, times('PageDown')],
      ] as const) {
        const [time, , , value] = row;
        const at = `${time!.slice(0, 10)} ${time!.slice(11, 16)}`;
        await expect.poll(() => told(...keys)).toMatch(new RegExp(`^${at}: .*concurrency ${value}$`));
      }
    });

    test('part their lines by dashes, not by colour alone', async () => {
      const patterns = await page.evaluate(() =>
        [...document.querySelectorAll('[data-chart]')].map((place) =>
          [...place.querySelectorAll<HTMLElement>('.u-series:not(:first-child) .u-marker')]
            .map(({ style }) => style.background.replace(/rgba?\([^)]*\)/g, ''))
            .filter((background) => background.includes('gradient')),
        ),
      );
      expect(Math.max(...patterns.map((lines) => lines.length))).toBeGreaterThan(2);
      for (const lines of patterns) expect(new Set(lines).size).toBe(lines.length);
    });

    test('move their cursors in step', async () => {
      const charts = page.locator('.u-over');
      await charts.first().scrollIntoViewIfNeeded();
      await charts.first().hover({ position: { x: 200, y: 60 } });
      const times = () => page.locator('.u-legend .u-series:first-child .u-value').allInnerTexts();
      await expect.poll(async () => new Set(await times()).size).toBe(1);
      expect((await times()).length).toBeGreaterThan(5);
      await expect.poll(async () => (await times())[0]).toMatch(/^2026-\d\d-\d\d \d\d:\d\d$/);
    });
  });

  test('prints: nothing is cut off, and the navigation stays away', async () => {
    const { page } = await open(browser, join(folder.path, 'noisy-neighbour.html'));
    // A sheet of A4 within its margins.
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    await page.setViewportSize({ width: 688, height: 900 });
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('nav').isVisible()).toBe(false);
    expect(await page.locator('details').count()).toBeGreaterThan(1);
    expect(await page.locator('details:not([open])').count()).toBe(0);
    expect(await page.locator('#bill-lines').isVisible()).toBe(true);
    const fits = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('.plot')].map((place) => {
        const room = place.getBoundingClientRect();
        const drawn = place.querySelector('canvas')!.getBoundingClientRect();
        return Math.abs(drawn.left - room.left) < 1 && Math.abs(drawn.right - room.right) < 1 && drawn.height > 100;
      }),
    );
    expect(fits.length).toBeGreaterThan(5);
    expect(fits).not.toContain(false);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(688);
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    expect(await page.locator('details[open]').count()).toBe(0);
    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(await blankCharts(page)).toEqual([]);
    await page.close();
  });
});

/** What each chart shows, as its time axis says. */
function ranges(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('[data-chart]')].map((place) => place.dataset.shown ?? ''),
  );
}

interface PageText {
  readonly figures: readonly { readonly path: string; readonly as: string; readonly text: string }[];
  readonly unmarked: readonly string[];
  readonly thresholds: readonly string[];
  readonly items: Readonly<Record<string, string>>;
  readonly empty: readonly string[];
}

function textOf(page: Page): Promise<PageText> {
  return page.evaluate(() => {
    const all = <E extends Element>(selector: string) => [...document.querySelectorAll<E>(selector)];
    return {
      figures: all<HTMLDataElement>('data[data-p]').map((figure) => ({
        path: figure.dataset.p!,
        as: figure.dataset.f!,
        text: figure.textContent!,
      })),
      unmarked: all('td.n')
        .filter((cell) => /\d/.test(cell.textContent!) && !cell.querySelector('data, .measured'))
        .map((cell) => cell.outerHTML),
      empty: [
        ...all('h2, h3')
          .filter(
            ({ nextElementSibling: next, tagName }) =>
              next === null || (/^H[23]$/.test(next.tagName) && next.tagName <= tagName),
          )
          .map((heading) => heading.textContent!),
        ...all('table')
          .filter((table) => !table.querySelector('tbody tr'))
          .map((table) => table.querySelector('caption')!.textContent!),
        ...all('.charts').flatMap((group) => {
          const titles = [...group.querySelectorAll('figcaption')].map((title) => title.textContent!);
          return titles.filter((title, index) => titles.indexOf(title) < index);
        }),
      ],
      thresholds: all('#threshold-table .measured').map((cell) => cell.textContent!),
      items: Object.fromEntries(
        all('#cost-items tbody tr').map((row) => [
          row.querySelector('th')!.textContent!,
          row.lastElementChild!.textContent!,
        ]),
      ),
    };
  });
}

/** A month by item, as results.json has it, at the precision of its total. */
function itemsOf(results: Results): Record<string, string> {
  const monthly = meanAt(results, 'bill.monthly')!;
  const decimals = format.decimalsFor(monthly);
  const items: Record<string, number> = {};
  const requests = results.runs.map((run) =>
    Object.values(run.functions).reduce((sum, fn) => sum + fn.billed.requests, 0),
  );
  for (const { bill } of results.runs) {
    for (const { item, usd } of bill.lines) {
      items[item] = (items[item] ?? 0) + (usd * 730) / bill.simulatedHours / results.runs.length;
    }
  }
  const sum = Object.values(items).reduce((all, usd) => all + usd, 0);
  const hours = results.runs[0]!.bill.simulatedHours;
  const meanRequests = requests.reduce((all, each) => all + each, 0) / requests.length;
  const perMillion = (monthly / (meanRequests * (730 / hours))) * 1e6;
  return {
    ...Object.fromEntries(Object.entries(items).map(([item, usd]) => [item, usdText(usd, decimals)])),
    ...(Math.abs(sum - monthly) > 1e-9 * Math.max(1, monthly) && {
      'Tiers, free tier, month to date': usdText(monthly - sum, decimals),
    }),
    Total: usdText(monthly, decimals),
    'Per million requests': usdText(perMillion, format.decimalsFor(perMillion)),
  };
}

const WRITERS: Readonly<Record<string, (value: number | null) => string>> = {
  count: format.count,
  duration: format.duration,
  shortDuration: format.shortDuration,
  level: format.level,
  usd: (value) => format.money(value, 2),
};

/** A figure as results.json has it: `a.b` a mean over the runs, `a/b+c` a share. */
function written(results: Results, path: string, as: string): string {
  if (as !== 'share') return WRITERS[as]!(meanAt(results, path));
  const [part = '', wholes = ''] = path.split('/');
  const whole = wholes.split('+').reduce((sum, of) => sum + (meanAt(results, of) ?? 0), 0);
  return format.share((meanAt(results, part) ?? Number.NaN) / whole);
}

function meanAt(results: Results, path: string): number | null {
  const values = results.runs
    .map((run) => path.split('.').reduce<unknown>((found, key) => (found as Record<string, unknown>)?.[key], run))
    .filter((value) => typeof value === 'number');
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
