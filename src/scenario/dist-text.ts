/** A distribution printed in the form of the file, for `explain`. Samples are counted, not listed. */
import type { DistributionForm } from './dist.js';
import { distributionWritten, type Written } from './dist-written.js';
import { numberText } from './quantities/reading.js';

export function distributionText(spec: DistributionForm): string {
  if (spec.kind === 'samples') return `${spec.values.length} samples`;
  if (spec.kind !== 'mixture') return flowText(distributionWritten(spec));
  const parts = spec.parts.map(({ weight, of }) => `{ weight: ${numberText(weight)}, of: ${distributionText(of)} }`);
  return `{ mixture: [${parts.join(', ')}] }`;
}

/** YAML's flow style. */
function flowText(written: Written): string {
  if (typeof written === 'number') return numberText(written);
  if (typeof written !== 'object' || written === null) return String(written);
  if (Array.isArray(written)) return `[${written.map(flowText).join(', ')}]`;
  return `{ ${Object.entries(written)
    .map(([key, value]) => `${key}: ${flowText(value)}`)
    .join(', ')} }`;
}
