/** How the tests run. */
import { defineConfig } from 'vitest/config';
import { reportPage } from './report-page.mjs';

// Set for the whole process, before the worker threads start: neither zone nor locale may show in a result, and in this
// pair (a zone of +05:45, a comma for the decimal point) nothing looks right by accident. Child processes inherit it.
Object.assign(process.env, { TZ: 'Asia/Kathmandu', LC_ALL: 'de_DE.UTF-8', NO_COLOR: '1' });

export default defineConfig({
  plugins: [reportPage()],
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'threads',
    testTimeout: 120_000,
    hookTimeout: 120_000,
    coverage: { provider: 'v8', include: ['src/**/*.ts'], reporter: ['text-summary', 'html'] },
  },
});
