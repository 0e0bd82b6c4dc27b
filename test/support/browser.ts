/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
/** A real browser for tests of pages: an installed Chromium, of which nothing is downloaded. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { chromium } from 'playwright-core';

/** Path of a Chromium: `CHROMIUM` of the environment, or where Debian has it. */
const PATH = process.env.CHROMIUM ?? '/usr/bin/chromium';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Whether tests in a browser can run; says why not. */
export function haveBrowser(what: string): boolean {
  if (existsSync(PATH)) return true;
  console.warn(`skipped: ${what}, because there is no ${PATH}; set CHROMIUM to the path of a Chromium`);
  return false;
}

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: PATH, args: FLAGS });
}

export interface OpenPage {
  readonly page: Page;
  /** What went wrong: errors and warnings of the console, exceptions, and addresses it asked for beside its own. */
  readonly complaints: string[];
  /** From the call to everything drawn. */
  readonly openedMs: number;
}

/** Opens a file from disk, as a double click does. */
export async function open(
  browser: Browser,
  path: string,
  options: { readonly width?: number; readonly dark?: boolean } = {},
): Promise<OpenPage> {
  const page = await browser.newPage({
    viewport: { width: options.width ?? 1280, height: 900 },
    colorScheme: options.dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
  });
  const complaints: string[] = [];
  const own = `file://${path}`;
  page.on('console', (message) => {
    if (message.type() !== 'log') complaints.push(`console ${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (request.url() !== own) complaints.push(`request: ${request.url().slice(0, 200)}`);
  });
  const began = performance.now();
  await page.goto(own, { waitUntil: 'load' });
  await shown(page);
  return { page, complaints, openedMs: performance.now() - began };
}

/** Gives the page another width, and the charts the time to follow. */
export async function resize(page: Page, width: number): Promise<void> {
  await page.setViewportSize({ width, height: 900 });
  await shown(page);
}

/** Two frames: the first draws, the second shows. */
function shown(page: Page): Promise<void> {
  return page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))));
}

/** Numbers of charts in whose canvas no pixel is painted. */
export function blankCharts(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('[data-chart]')]
      .filter((place) => {
        const canvas = place.querySelector('canvas');
        if (canvas === null || canvas.width < 100 || canvas.height < 100) return true;
        const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
        const colours = new Set<number>();
        for (let pixel = 0; pixel < data.length; pixel += 4) {
          if (data[pixel + 3]! > 0) colours.add(data[pixel]! * 65536 + data[pixel + 1]! * 256 + data[pixel + 2]!);
        }
        // Grid and labels are of one colour; a line adds others.
        return colours.size < 3;
      })
      .map((place) => place.dataset.chart!),
  );
}

/** Serious and critical accessibility problems of a page, by the rules of axe, and parts of it that share a name. */
export async function axe(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    interface Finding {
      readonly id: string;
      readonly impact: string;
      readonly nodes: readonly { readonly html: string }[];
    }
    const { axe: engine } = globalThis as unknown as {
      readonly axe: { run(): Promise<{ readonly violations: readonly Finding[] }> };
    };
    const { violations } = await engine.run();
    return violations
      .filter(({ id, impact }) => impact === 'serious' || impact === 'critical' || id === 'landmark-unique')
      .map(
        ({ id, nodes }) =>
          `${id}: ${nodes
            .map(({ html }) => html.slice(0, 120))
            .slice(0, 3)
            .join(' | ')}`,
      );
  });
}
