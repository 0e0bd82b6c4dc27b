/** Names in `pricing`: services that can be billed, and prices that there are. What a region lacks is found by the bill. */
import { agreedPrices } from '../agreed-prices.js';
import { serviceFault } from '../billed-services.js';
import { suggestion } from '../nearest.js';
import { isPriceId, PRICE_IDS } from '../price-ids.js';
import { shown } from '../quantities/reading.js';
import type { Context } from '../resolve/context.js';
import type { Scenario } from '../types.js';

export function checkPricing({ pricing }: Scenario, context: Context): void {
  const agreed = agreedPrices(pricing);
  if (agreed !== undefined) context.warn(agreed);
  for (const [index, service] of (pricing.include ?? []).entries()) {
    const fault = serviceFault(service);
    if (fault !== undefined) context.report(['pricing', 'include', index], fault);
  }
  for (const id of Object.keys(pricing.overrides)) {
    if (isPriceId(id)) continue;
    context.reportKey(['pricing', 'overrides', id], {
      code: 'unknown-price',
      message: `there is no price ${shown(id)}`,
      hint: suggestion(id, PRICE_IDS) || 'see lambdasim prices',
    });
  }
}
