/**
 * Rule     A region can be used from the day it opened.
 * Numbers  The days in the table below; `undefined` for a region that was open on the first day covered.
 * Era      One first day a region.
 * Source   AWS News Blog, "Now open" posts, from memory; read 2026-11-21.
 * Assumes  The days, all from memory; that Lambda came with the region. Osaka opened to invited customers first.
 */
import type { IsoDate } from '../engine/units.js';

/** Region → its first day. */
const OPENED = {
  'af-south-1': '2020-04-22',
  'ap-east-1': '2019-04-24',
  'ap-northeast-1': undefined,
  'ap-northeast-2': undefined,
  'ap-northeast-3': '2018-02-12',
  'ap-south-1': undefined,
  'ap-south-2': '2022-11-22',
  'ap-southeast-1': undefined,
  'ap-southeast-2': undefined,
  'ap-southeast-3': '2021-12-13',
  'ap-southeast-4': '2023-01-24',
  'ap-southeast-5': '2024-08-22',
  'ca-central-1': undefined,
  'ca-west-1': '2023-12-20',
  'cn-north-1': undefined,
  'eu-central-1': undefined,
  'eu-central-2': '2022-11-09',
  'eu-north-1': '2018-12-12',
  'eu-south-1': '2020-04-28',
  'eu-south-2': '2022-11-16',
  'eu-west-1': undefined,
  'eu-west-2': undefined,
  'eu-west-3': undefined,
  'il-central-1': '2023-08-01',
  'me-central-1': '2022-08-30',
  'me-south-1': '2019-07-30',
  'sa-east-1': undefined,
  'us-east-1': undefined,
  'us-east-2': undefined,
  'us-gov-east-1': '2018-11-12',
  'us-gov-west-1': undefined,
  'us-west-1': undefined,
  'us-west-2': undefined,
} as const satisfies Record<string, IsoDate | undefined>;

export type Region = keyof typeof OPENED;

/** By name. */
export const REGIONS = Object.keys(OPENED) as readonly Region[];

export function isRegion(name: string): name is Region {
  return Object.hasOwn(OPENED, name);
}

/** The day a region opened; undefined where it was open on the first day covered, and for an unknown one. */
export function openedOn(region: string): IsoDate | undefined {
  return isRegion(region) ? OPENED[region] : undefined;
}
