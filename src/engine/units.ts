/** Units of time and size. Time inside the simulator is whole microseconds held in a double: exact for 285 years. */

/** Whole microseconds; an instant counts from the start of the run. */
export type Micros = number;
/** Bytes; 1 KB is 1,024 of them, as Lambda counts. */
export type Bytes = number;
/** A share between 0 and 1. */
export type Share = number;
/** A calendar day, `2026-01-31`; compares as text. */
export type IsoDate = string;

export const MILLISECOND: Micros = 1_000;
export const SECOND: Micros = 1_000_000;
export const MINUTE: Micros = 60 * SECOND;
export const HOUR: Micros = 60 * MINUTE;
export const DAY: Micros = 24 * HOUR;

export const KB: Bytes = 1024;
export const MB: Bytes = 1024 * KB;
export const GB: Bytes = 1024 * MB;

/** The month of a rate such as `40M/month` and of a monthly bill: 730 hours. */
export const HOURS_PER_MONTH = 730;
