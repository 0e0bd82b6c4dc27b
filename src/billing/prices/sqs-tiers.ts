/**
 * Requests of a month to standard queues at which the next lower price begins: 100 and 200 billion. Source: Amazon SQS
 * pricing page, as printed by CloudBurn (2026); read 2026-11-21. The tiers of FIFO queues are not known.
 */
export const SQS_TIERS: readonly number[] = [100e9, 200e9];
