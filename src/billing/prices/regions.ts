/** The regions with a price file: a new region is one file and one line here. */
import type { RegionPrices } from '../price-list.js';
import { afSouth1 } from './af-south-1.js';
import { apEast1 } from './ap-east-1.js';
import { apNortheast1 } from './ap-northeast-1.js';
import { apNortheast2 } from './ap-northeast-2.js';
import { apNortheast3 } from './ap-northeast-3.js';
import { apSouth1 } from './ap-south-1.js';
import { apSouth2 } from './ap-south-2.js';
import { apSoutheast1 } from './ap-southeast-1.js';
import { apSoutheast2 } from './ap-southeast-2.js';
import { apSoutheast3 } from './ap-southeast-3.js';
import { apSoutheast4 } from './ap-southeast-4.js';
import { apSoutheast5 } from './ap-southeast-5.js';
import { caCentral1 } from './ca-central-1.js';
import { caWest1 } from './ca-west-1.js';
import { cnNorth1 } from './cn-north-1.js';
import { euCentral1 } from './eu-central-1.js';
import { euCentral2 } from './eu-central-2.js';
import { euNorth1 } from './eu-north-1.js';
import { euSouth1 } from './eu-south-1.js';
import { euSouth2 } from './eu-south-2.js';
import { euWest1 } from './eu-west-1.js';
import { euWest2 } from './eu-west-2.js';
import { euWest3 } from './eu-west-3.js';
import { ilCentral1 } from './il-central-1.js';
import { meCentral1 } from './me-central-1.js';
import { meSouth1 } from './me-south-1.js';
import { saEast1 } from './sa-east-1.js';
import { usEast1 } from './us-east-1.js';
import { usEast2 } from './us-east-2.js';
import { usGovEast1 } from './us-gov-east-1.js';
import { usGovWest1 } from './us-gov-west-1.js';
import { usWest1 } from './us-west-1.js';
import { usWest2 } from './us-west-2.js';

export const PRICED_REGIONS: readonly RegionPrices[] = [
  afSouth1,
  apEast1,
  apNortheast1,
  apNortheast2,
  apNortheast3,
  apSouth1,
  apSouth2,
  apSoutheast1,
  apSoutheast2,
  apSoutheast3,
  apSoutheast4,
  apSoutheast5,
  caCentral1,
  caWest1,
  cnNorth1,
  euCentral1,
  euCentral2,
  euNorth1,
  euSouth1,
  euSouth2,
  euWest1,
  euWest2,
  euWest3,
  ilCentral1,
  meCentral1,
  meSouth1,
  saEast1,
  usEast1,
  usEast2,
  usGovEast1,
  usGovWest1,
  usWest1,
  usWest2,
];
