/** The values of `pricing.include`: services on the bill, and those that a bill of Lambda often has beside it and this one not yet. */
import { listed, suggestion } from './nearest.js';
import { type Fault, shown } from './quantities/reading.js';

/** Short name → the name its lines have; either may be written. */
export const SERVICES = {
  lambda: 'AWS Lambda',
  sqs: 'Amazon SQS',
  sns: 'Amazon SNS',
  eventbridge: 'Amazon EventBridge',
  'api-gateway': 'Amazon API Gateway',
  'step-functions': 'AWS Step Functions',
  alb: 'Elastic Load Balancing',
  dynamodb: 'Amazon DynamoDB',
  kinesis: 'Amazon Kinesis Data Streams',
  s3: 'Amazon S3',
} as const;
export type Service = keyof typeof SERVICES;

const BILLED_SERVICES: readonly string[] = [...Object.keys(SERVICES), ...Object.values(SERVICES)];

/** Whether the lines of a service are on the bill. */
export function isIncluded(service: Service, include: readonly string[] | undefined): boolean {
  return include === undefined || include.includes(service) || include.includes(SERVICES[service]);
}

const NOT_YET: readonly string[] = [
  'cloudfront',
  'cloudwatch',
  'cognito',
  'ec2',
  'firehose',
  'kms',
  'secrets-manager',
  'ses',
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
      hint: `remove it: the bill is of ${listed(Object.keys(SERVICES)).replace(' or ', ' and ')}`,
    };
  }
  return {
    code: 'unknown-service',
    message: `there is no service ${shown(name)}`,
    hint: suggestion(name, [...BILLED_SERVICES, ...NOT_YET].sort()) || `use ${listed(Object.keys(SERVICES))}`,
  };
}
