/** What `lambdasim run` writes to a folder, the one to look at first. */

export const REPORT_FILES: readonly string[] = [
  'report.html',
  'report.md',
  'results.json',
  'summary.csv',
  'bill.csv',
  'timeline.csv',
];
