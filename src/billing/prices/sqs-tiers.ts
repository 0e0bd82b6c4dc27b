/**
 * Requests of a month at which the next lower price begins, of standard and of FIFO queues each by themselves: 100 and 200
 * billion. Source: Amazon SQS pricing page, as printed by CloudBurn (2026), for standard queues; from memory for FIFO queues;
 * read 2026-11-21.
 */
export const SQS_TIERS: readonly number[] = [100e9, 200e9];
