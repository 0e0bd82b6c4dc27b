/**
 * Script and style of the page, which the build makes from `browser/` (report-page.mjs). Both may stand in an element as they
 * are; the hashes name them in the page's content security policy.
 */
export const PAGE_SCRIPT: string;
export const PAGE_SCRIPT_HASH: string;
export const PAGE_STYLE: string;
export const PAGE_STYLE_HASH: string;
