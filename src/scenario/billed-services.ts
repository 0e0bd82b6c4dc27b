/** The values of `pricing.include`: services on the bill, and those that a bill of Lambda often has beside it and this one not yet. */
import { listed, suggestion } from './nearest.js';
import { type Fault, shown } from './quantities/reading.js';

/** `lambda`, or the name its lines have. */
export const BILLED_SERVICES: readonly string[] = ['lambda', 'AWS Lambda'];

const NOT_YET: readonly string[] = [
  'alb',
  'api-gateway',
  'cloudfront',
  'cloudwatch',
  'cognito',
  'dynamodb',
  'ec2',
  'eventbridge',
  'firehose',
  'kinesis',
  'kms',
  's3',
  'secrets-manager',
  'ses',
  'sns',
  'sqs',
  'step-functions',
  'vpc',
  'xray',
];

/** What is wrong with a service in `pricing.include`, or undefined. */
export function serviceFault(name: string): Fault | undefined {
  if (BILLED_SERVICES.includes(name)) return undefined;
  if (NOT_YET.includes(name)) {
    return {
      code: 'not-supported-yet',
      message: `the charges of ${name} are not supported yet`,
      hint: 'remove it: the bill is of lambda',
    };
  }
  return {
    code: 'unknown-service',
    message: `there is no service ${shown(name)}`,
    hint: suggestion(name, [...BILLED_SERVICES, ...NOT_YET].sort()) || `use ${listed(BILLED_SERVICES.slice(0, 1))}`,
  };
}
