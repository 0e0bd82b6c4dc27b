/// <reference lib="dom" />
/** A real browser for tests of pages: an installed Chromium, of which nothing is downloaded. */
import { existsSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { chromium } from 'playwright-core';

/** Path of a Chromium: `CHROMIUM` of the environment, or where Debian has it. */
const PATH = process.env.CHROMIUM ?? '/usr/bin/chromium';

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
  // Two frames: the first draws, the second shows.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  return { page, complaints, openedMs: performance.now() - began };
}
