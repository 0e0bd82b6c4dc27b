/**
 * The script and the style of report.html, made from src/report/html/browser with uPlot inside: a plug-in for the bundler and
 * for the tests, which both ask for `page-assets.js` and get two strings. Nothing of it is loaded at run time.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';

const BROWSER = fileURLToPath(new URL('src/report/html/browser', import.meta.url));
const ASSETS = /[\\/]html[\\/]page-assets\.js$/;
const uplot = dirname(createRequire(import.meta.url).resolve('uplot/package.json'));
const { version } = JSON.parse(readFileSync(join(uplot, 'package.json'), 'utf8'));
const LICENCE = `/*! Holds uPlot ${version}, Copyright (c) 2022 Leon Sorokin, MIT licence: github.com/leeoniya/uPlot */`;

/** @returns {{ name: string, resolveId: (id: string, importer?: string) => string | undefined, load: (id: string) => Promise<string | undefined> }} */
export function reportPage() {
  let assets;
  return {
    name: 'report-page',
    resolveId(id) {
      return id.endsWith('/page-assets.js') ? join(BROWSER, '..', 'page-assets.js') : undefined;
    },
    async load(id) {
      if (!ASSETS.test(id)) return undefined;
      assets ??= Promise.all([script(), style()]);
      const [code, css] = await assets;
      return [
        `export const PAGE_SCRIPT = ${JSON.stringify(code)};`,
        `export const PAGE_SCRIPT_HASH = '${hashOf(code)}';`,
        `export const PAGE_STYLE = ${JSON.stringify(css)};`,
        `export const PAGE_STYLE_HASH = '${hashOf(css)}';`,
        '',
      ].join('\n');
    },
  };
}

/** As a content security policy names what may run. */
function hashOf(text) {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

async function script() {
  const { output } = await build({
    input: join(BROWSER, 'page.ts'),
    platform: 'browser',
    tsconfig: false,
    write: false,
    logLevel: 'warn',
    output: { format: 'iife', minify: true },
  });
  // A script element ends at the first `</script`, whatever stands around it.
  return `${LICENCE}\n${output[0].code.trim().replaceAll('</', '<\\/')}`;
}

function style() {
  const own = readFileSync(join(BROWSER, 'page.css'), 'utf8');
  const theirs = readFileSync(join(uplot, 'dist/uPlot.min.css'), 'utf8');
  return `${theirs}\n${own}`
    .replace(/\/\*.*?\*\//gs, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,>]) ?/g, '$1')
    .trim();
}
