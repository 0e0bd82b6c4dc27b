/**
 * Where prices of Step Functions outside us-east-1 were read. Its constants are older than the file, by how much is not
 * known.
 */
export const POWER_TUNING = {
  status: 'verified',
  source: 'AWS Lambda Power Tuning, template.yml (2026-04)',
  seenFrom: '2026-01-01',
} as const;
