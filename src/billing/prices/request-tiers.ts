/**
 * Requests of a month at which the next lower price begins, of services that have volume tiers. Sources: Amazon SQS pricing
 * page, as printed by CloudBurn (2026), for standard queues, from memory for FIFO queues; golden files of Infracost's tests
 * (2026) for API Gateway; read 2026-11-21.
 */
import type { PriceId } from '../../scenario/price-ids.js';

export const REQUEST_TIERS: { readonly [K in PriceId]?: readonly number[] } = {
  'sqs.request.standard': [100e9, 200e9],
  'sqs.request.fifo': [100e9, 200e9],
  'api-gateway.rest': [333e6, 1e9, 20e9],
  'api-gateway.http': [300e6],
};
