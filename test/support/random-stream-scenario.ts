/** Random scenarios of streams: hot keys, errors, poison, throttles, outages, expiry, resharding, every setting of a mapping. */
import { HOUR, KB, MILLISECOND, MINUTE, SECOND } from '../../src/engine/units.js';
import type { Scenario, StreamMappingSettings } from '../../src/scenario/types.js';
import { aScenario, streamMapping } from './a-scenario.js';
import { Dice, time } from './random-scenario.js';

export function randomStreamScenario(seed: number): Scenario {
  const dice = new Dice(seed);
  const duration = dice.log(MINUTE, 20 * MINUTE);
  const streams = dice.between(1, 2);
  // Short retention makes records expire within a run; no user could write it.
  const retention = dice.of([24 * HOUR, 24 * HOUR, MINUTE, 3 * MINUTE]);
  const scenario = aScenario()
    .run({ duration, seed, warmUp: dice.chance(0.3) ? dice.between(1, Math.floor(duration * 0.8)) : 0 })
    .account({
      concurrencyLimit: dice.of([110, 150, 1_000]),
      outages: dice.chance(0.3) ? [{ at: dice.between(0, duration), for: 40 * SECOND, share: dice.of([0.3, 1]) }] : [],
    })
    .rules(dice.chance(0.5) ? {} : { 'stream-polling': { spread: false } })
    .withQueue('failures');
  for (let i = 0; i < streams; i++) {
    const type = dice.of(['kinesis', 'kinesis', 'dynamodb'] as const);
    const backlog = dice.of([0, 0, dice.log(1, 5_000)]);
    scenario.withStream(`s${i}`, {
      type,
      mode: type === 'kinesis' && dice.chance(0.2) ? 'on-demand' : 'provisioned',
      shards: dice.between(1, 4),
      retention,
      consumer: type === 'kinesis' && dice.chance(0.3) ? 'enhanced-fan-out' : 'standard',
      backlog,
      backlogAge: dice.between(0, 2 * MINUTE),
      reshard: Array.from({ length: dice.of([0, 0, 1, 2]) }, () => ({
        at: dice.between(0, duration),
        shards: dice.between(1, 6),
      })).sort((a, b) => a.at - b.at),
    });
  }
  const functions = dice.between(1, 3);
  for (let i = 0; i < functions; i++) {
    scenario.withFunction(`f${i}`, {
      duration: time(dice, dice.log(MILLISECOND, 2 * SECOND)),
      durationPerRecord: dice.maybe(0.3, () => time(dice, MILLISECOND)),
      timeout: dice.log(SECOND, 30 * SECOND),
      reservedConcurrency: dice.maybe(0.3, () => dice.between(0, 3)),
      errorRate: dice.of([0, 0, 0.1, 1]),
      recordErrorRate: dice.of([0, 0, 0.001, 0.05]),
      poisonRate: dice.of([0, 0, 0.0005]),
      eventSources: Array.from({ length: streams }, (_, stream) => stream)
        .filter(() => dice.chance(0.8))
        .map((stream) => randomMapping(dice, `s${stream}`)),
    });
  }
  for (let i = 0; i < streams; i++) {
    const rate = dice.log(300, 20_000) / (duration / SECOND);
    const key = dice.maybe(0.7, () => ({ count: dice.log(1, 1_000), skew: dice.of([0, 1, 2]) }));
    const settings = { key, payload: dice.of([KB, 30 * KB]) };
    scenario.withTraffic(`t${i}`, `s${i}`, rate, settings);
    if (dice.chance(0.3))
      scenario.withTraffic(`b${i}`, `s${i}`, { kind: 'burst', at: dice.between(0, duration), count: 2_000 }, settings);
  }
  return scenario.build();
}

function randomMapping(dice: Dice, stream: string): StreamMappingSettings {
  const unlimited = Number.POSITIVE_INFINITY;
  return streamMapping(stream, {
    batchSize: dice.log(1, 1_000),
    maximumBatchingWindow: dice.of([0, 0, dice.log(SECOND, 30 * SECOND)]),
    filter: dice.of([1, 1, 0.3]),
    reportBatchItemFailures: dice.chance(0.4),
    parallelizationFactor: dice.between(1, 10),
    startingPosition: dice.of(['TRIM_HORIZON', 'LATEST', 'AT_TIMESTAMP'] as const),
    startingTimestamp: MINUTE,
    maximumRetryAttempts: dice.of([unlimited, 0, 2, 5]),
    maximumRecordAge: dice.of([unlimited, unlimited, MINUTE, 2 * MINUTE]),
    bisectBatchOnFunctionError: dice.chance(0.5),
    tumblingWindow: dice.of([0, 0, 0, 20 * SECOND]),
    onFailure: dice.of([undefined, 'failures']),
  });
}
