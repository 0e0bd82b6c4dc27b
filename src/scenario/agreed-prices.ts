/** In one line, what makes a bill differ from the list prices: it is a warning of the scenario, and a report shows it beside the bill. */
import { shareText } from './quantities/share.js';
import type { PricingSettings } from './types.js';

const BEGINNING = 'prices: ';

/** `prices: 50% off, Savings Plan no-upfront, 1 overridden`; undefined for plain list prices. */
export function agreedPrices({ discount, savingsPlan, overrides }: PricingSettings): string | undefined {
  const own = Object.keys(overrides).length;
  const parts = [
    discount > 0 ? `${shareText(discount)} off` : '',
    savingsPlan === 'none' ? '' : `Savings Plan ${savingsPlan}`,
    own > 0 ? `${own} overridden` : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? undefined : `${BEGINNING}${parts.join(', ')}`;
}

/** `50% off, Savings Plan no-upfront, 1 overridden`: that line among the warnings of a result, which keeps no settings. */
export function agreedPricesIn(warnings: readonly string[]): string | undefined {
  return warnings.find((warning) => warning.startsWith(BEGINNING))?.slice(BEGINNING.length);
}
