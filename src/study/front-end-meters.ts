/** What the service that brings the requests of a traffic to a function charges for each of them: by its `via`. */
import type { NeighbourUsage } from '../billing/neighbours.js';
import { type FrontEndCharge, frontEndCharge, lcuHours } from '../rules/front-end-charge.js';
import { messagingCharge, partsOf } from '../rules/messaging-charge.js';
import type { Rulebook } from '../rules/rulebook.js';
import type { Scenario, TrafficSettings, Via } from '../scenario/types.js';

export interface FrontEndMeter {
  readonly meter: NeighbourUsage['meter'];
  /** Units of the bill for each request that came through, or for each hour that the front end is there. */
  readonly of: 'requests' | 'hours';
  readonly units: number;
}

type Charge = (traffic: TrafficSettings, scenario: Scenario, rules: Rulebook) => readonly FrontEndMeter[];

const NOTHING: Charge = () => [];

/** Undefined where no price list was found. Calls by an SDK, function URLs and notifications of S3 cost nothing. */
const CHARGES: { readonly [V in Via]: Charge | undefined } = {
  sdk: NOTHING,
  event: NOTHING,
  'function-url': NOTHING,
  s3: NOTHING,
  sns: ({ payload }, _, rules) => [each('sns', partsOf(rules.value(messagingCharge).part, payload))],
  // A schedule is a rule of EventBridge, which costs nothing; other events somebody puts on a bus.
  eventbridge: ({ shape, payload }, _, rules) =>
    shape.kind === 'schedule' ? [] : [each('eventbridge', partsOf(rules.value(messagingCharge).part, payload))],
  'http-api': byRule((rule, { payload }) => [each('http-api', partsOf(rule.httpPart, payload))]),
  'rest-api': byRule(() => [each('rest-api', 1)]),
  'step-functions': byRule(() => [each('step-functions', 1)]),
  alb: byRule((rule, { to, payload }, { functions }) => {
    const response = functions.find(({ id }) => id === to)?.response.size ?? 0;
    return [{ meter: 'alb-hours', of: 'hours', units: 1 }, each('alb-lcu-hours', lcuHours(rule, payload + response))];
  }),
  'lambda-edge': undefined,
  cognito: undefined,
  's3-batch': undefined,
  firehose: undefined,
  lex: undefined,
  alexa: undefined,
  ses: undefined,
  iot: undefined,
  'iot-events': undefined,
  logs: undefined,
  config: undefined,
  codecommit: undefined,
  codepipeline: undefined,
  cloudformation: undefined,
};

function byRule(
  charge: (rule: FrontEndCharge, traffic: TrafficSettings, scenario: Scenario) => readonly FrontEndMeter[],
): Charge {
  return (traffic, scenario, rules) => charge(rules.value(frontEndCharge), traffic, scenario);
}

function each(meter: NeighbourUsage['meter'], units: number): FrontEndMeter {
  return { meter, of: 'requests', units };
}

/** Empty where it costs nothing, or nobody knows what it costs. */
export function frontEndMeters(
  traffic: TrafficSettings,
  scenario: Scenario,
  rules: Rulebook,
): readonly FrontEndMeter[] {
  return CHARGES[traffic.via]?.(traffic, scenario, rules) ?? [];
}

export function isChargeKnown(via: Via): boolean {
  return CHARGES[via] !== undefined;
}
