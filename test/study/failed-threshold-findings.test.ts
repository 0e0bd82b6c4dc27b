/**
 * What is told first where a threshold failed: its cause, with a setting that mends it. Each case is run again with the setting
 * turned, after which the threshold is met and the cause gone.
 */
import { describe, expect, test } from 'vitest';
import type { Scenario } from '../../src/scenario/types.js';
import { parseBillable } from '../../src/study/parse-billable.js';
import { judgedRunOf } from '../support/finding-cases.js';

function aScenarioOf(text: string, sets: readonly { path: string; value: string }[] = []): Scenario {
  const { scenario, problems } = parseBillable(text, { sets });
  expect(problems).toEqual([]);
  return scenario!;
}

interface Case {
  readonly limit: string;
  readonly resource: string;
  readonly knob: string;
  /** That the knob is turned to. */
  readonly turned: string;
  readonly message: RegExp;
  readonly text: string;
}

const CASES: readonly Case[] = [
  {
    limit: 'FunctionError',
    resource: 'functions.api',
    knob: 'functions.api.errorRate',
    turned: '0%',
    message: /failed in its handler, as its errorRate of 20% says, and web tried again after a wait\.$/,
    text: `
functions: { api: { memory: 512MB, duration: 100ms, errorRate: 20% } }
traffic: { web: { to: api, rate: 20/s, retry: { interval: 1s, maximumAttempts: 6, on: [functionError] } } }
thresholds: [p99(traffic.web.latency) < 500ms]
`,
  },
  {
    limit: 'ColdStart',
    resource: 'functions.api',
    knob: 'functions.api.provisionedConcurrency',
    turned: '6',
    message: /^103 of 118 invocations of api \(87\.3%\) were cold starts, /,
    text: `
functions: { api: { memory: 512MB, duration: 20s, timeout: 60s, keepAlive: 5s } }
traffic: { web: { to: api, via: http-api, rate: 2/min } }
thresholds: [rate(functions.api.coldStarts) < 5%]
`,
  },
  {
    limit: 'ColdStart',
    resource: 'functions.api',
    knob: 'functions.api.provisionedConcurrency',
    turned: '20',
    message: /\(0\.\d+%\) were cold starts, with an init of 2 s at the median; they add \d+(\.\d+)? ms to the mean/,
    text: `
functions: { api: { memory: 512MB, duration: 100ms, init: 2s } }
traffic: { web: { to: api, rate: 10/s } }
thresholds: [max(traffic.web.latency) < 1s]
`,
  },
  {
    limit: 'InitDuration',
    resource: 'functions.api',
    knob: 'functions.api.init',
    turned: '50ms',
    message: /^The init of api takes 216 ms \(p99\), longer than the 100 ms that it is allowed\.$/,
    text: `
functions: { api: { memory: 512MB, duration: 45ms, init: 216ms } }
traffic: { web: { to: api, rate: 3/s } }
thresholds: [p99(functions.api.initDuration) < 100ms]
`,
  },
  {
    limit: 'ConcurrentExecutions',
    resource: 'functions.api',
    knob: 'functions.api.duration',
    turned: '100ms',
    message: /^api ran up to 92 at once: 110 invocations a second that take 500 ms each keep 55 busy on average\.$/,
    text: `
functions: { api: { memory: 512MB, duration: 500ms }, other: { memory: 512MB, duration: 50ms } }
traffic: { web: { to: api, via: http-api, rate: 110/s }, few: { to: other, rate: 1/s } }
thresholds: [max(account.concurrency) < 50]
`,
  },
  {
    // The account holds it at 60: to raise that would make it worse.
    limit: 'ConcurrentExecutions',
    resource: 'functions.api',
    knob: 'functions.api.duration',
    turned: '100ms',
    message: /^api ran up to 60 at once: /,
    text: `
account: { concurrencyLimit: 60 }
functions: { api: { memory: 512MB, duration: 500ms } }
traffic: { web: { to: api, rate: 110/s } }
thresholds: [max(account.concurrency) < 50]
`,
  },
  {
    // An HTTP API waits for no longer than that.
    limit: 'ClientTimeout',
    resource: 'traffic.web',
    knob: 'functions.api.duration',
    turned: '5s',
    message: /were given up by the client after 30 s, while api went on and was billed\.$/,
    text: `
functions: { api: { memory: 512MB, duration: { p50: 20s, p99: 50s }, timeout: 2m } }
traffic: { web: { to: api, via: http-api, rate: 1/s } }
thresholds: [rate(traffic.web.timedOut) < 1%]
`,
  },
  {
    // As long as Lambda lets a function run: what waits for longer has to wait for less.
    limit: 'Timeout',
    resource: 'functions.job',
    knob: 'dependencies.warehouse.latency',
    turned: '1m',
    message: /ended at its timeout of 15 min: /,
    text: `
functions: { job: { memory: 512MB, duration: 10s, timeout: 15m, calls: [{ to: warehouse }] } }
dependencies: { warehouse: { latency: 20m } }
traffic: { plan: { to: job, schedule: rate(10 minutes) } }
run: { duration: 5h }
thresholds: [rate(functions.job.errors) < 1%]
`,
  },
  {
    limit: 'Timeout',
    resource: 'functions.edge',
    knob: 'functions.edge.duration',
    turned: '1s',
    message: /ended at its timeout of 5 s: /,
    text: `
functions: { edge: { memory: 128MB, duration: { p50: 3s, p99: 9s }, timeout: 5s } }
traffic: { web: { to: edge, via: lambda-edge, rate: 1/s } }
thresholds: [rate(functions.edge.timeouts) < 1%]
`,
  },
  {
    // One thread has all of one vCPU already.
    limit: 'HandlerDuration',
    resource: 'functions.api',
    knob: 'functions.api.duration',
    turned: '1s',
    message: /^The handler of api alone runs for 721 ms \(p99\), longer than the 500 ms /,
    text: `
functions: { api: { memory: 3008MB, duration: 2s, memoryScaling: { measuredAt: 512MB, cpuBound: 90% } } }
traffic: { web: { to: api, rate: 2/s } }
thresholds: [p99(traffic.web.latency) < 500ms]
`,
  },
  {
    limit: 'BatchingWindow',
    resource: 'queues.q',
    knob: 'functions.w.eventSources[0].maximumBatchingWindow',
    turned: '1s',
    message:
      /^w waits for up to 5 min until it has a batch of 100 messages of q: the delay of 5 min \(p99\) is mostly that/,
    text: `
functions: { w: { memory: 512MB, duration: 100ms, eventSources: [{ queue: q, batchSize: 100, maximumBatchingWindow: 5m }] } }
queues: { q: { visibilityTimeout: 10m } }
traffic: { shop: { to: q, rate: 2/min } }
thresholds: [p99(queues.q.delay) < 1m, max(queues.q.age) < 1m]
`,
  },
  {
    limit: 'BatchingWindow',
    resource: 'streams.s',
    knob: 'functions.w.eventSources[0].maximumBatchingWindow',
    turned: '0s',
    message: /^w waits for up to 2 min until it has a batch of 100 records of s: the iterator age of /,
    text: `
functions: { w: { memory: 512MB, duration: 100ms, eventSources: [{ stream: s, batchSize: 100, maximumBatchingWindow: 2m }] } }
streams: { s: { shards: 1 } }
traffic: { shop: { to: s, rate: 1/min } }
thresholds: [p90(streams.s.iteratorAge) < 10s]
`,
  },
  {
    limit: 'InitTimeout',
    resource: 'functions.api',
    knob: 'functions.api.init',
    turned: '200ms',
    message: /^40 of 40 cold starts of api passed the limit of 10 s for an init: /,
    text: `
functions: { api: { memory: 512MB, duration: 45ms, init: 12s, timeout: 20s } }
traffic: { web: { to: api, via: http-api, rate: 2/s } }
thresholds: [max(traffic.web.latency) < 1s]
`,
  },
  {
    limit: 'Duration',
    resource: 'functions.api',
    knob: 'functions.api.response.rate',
    turned: '100MB/s',
    message:
      /^A run of api takes 6\.1 s \(p99\), longer than the 2 s that traffic\.web is allowed: on average 6 s until its response has left and 100 ms in its handler\.$/,
    text: `
functions: { api: { memory: 512MB, duration: 100ms, timeout: 60s, response: { size: 6MB, streamed: true, rate: 1MB/s } } }
traffic: { web: { to: api, via: function-url, rate: 1/s } }
thresholds: [p99(traffic.web.latency) < 2s]
`,
  },
  {
    // With any rate of its own Lambda alone would be too slow.
    limit: 'Duration',
    resource: 'functions.api',
    knob: 'functions.api.response.size',
    turned: '2MB',
    message: /: on average 8 s until its response has left and 100 ms in its handler\.$/,
    text: `
functions: { api: { memory: 512MB, duration: 100ms, timeout: 60s, response: { size: 16MB, streamed: true, rate: 2MB/s } } }
traffic: { web: { to: api, via: function-url, rate: 1/s } }
thresholds: [p99(traffic.web.latency) < 2s]
`,
  },
  {
    limit: 'Duration',
    resource: 'functions.w',
    knob: 'functions.w.durationPerRecord',
    turned: '10ms',
    message:
      /^A run of w takes 5\.1 s \(p99\), longer than the 2 s that functions\.w is allowed: on average [\d.]+ s on the records of its batches and 100 ms in its handler\.$/,
    text: `
functions: { w: { memory: 512MB, duration: 100ms, durationPerRecord: 500ms, timeout: 20s, eventSources: [{ queue: q, batchSize: 10, maximumBatchingWindow: 5s }] } }
queues: { q: { visibilityTimeout: 2m } }
traffic: { jobs: { to: q, rate: 4/s } }
thresholds: [p99(functions.w.duration) < 2s]
`,
  },
  {
    // What it does to queues is no matter for those who call it.
    limit: 'ColdStart',
    resource: 'functions.api',
    knob: 'functions.api.provisionedConcurrency',
    turned: '30',
    message: /they add 2\.\d+ s to the mean latency of web\./,
    text: `
functions: { api: { memory: 512MB, duration: 100ms, durationPerRecord: 500ms, init: 3s, timeout: 20s, keepAlive: 1s, eventSources: [{ queue: jobs, batchSize: 10, maximumBatchingWindow: 5s }] } }
queues: { jobs: { visibilityTimeout: 2m } }
traffic: { web: { to: api, via: http-api, rate: 3/min }, jobs2: { to: jobs, rate: 4/s } }
thresholds: [p99(traffic.web.latency) < 2s]
`,
  },
  {
    limit: 'Duration',
    resource: 'functions.api',
    knob: 'functions.api.duration',
    turned: '200ms',
    message:
      /^A run of api takes 550 ms \(p99\), longer than the 500 ms that traffic\.web is allowed: on average 300 ms in its handler and 250 ms waiting, most of it for db\.$/,
    text: `
functions: { api: { memory: 512MB, duration: 300ms, timeout: 20s, calls: [{ to: db }] } }
dependencies: { db: { latency: 250ms } }
traffic: { web: { to: api, via: http-api, rate: 10/s } }
thresholds: [p99(traffic.web.latency) < 500ms]
`,
  },
  {
    // On average the handler is the longest part, in the slowest runs the wait.
    limit: 'Duration',
    resource: 'functions.api',
    knob: 'dependencies.db.latency',
    turned: '20ms',
    message:
      /^A run of api takes 1\.\d+ s \(p99\), longer than the 500 ms that traffic\.web is allowed: 9\d\d ms \(p99\) waiting, most of it for db; its handler alone takes 100 ms\.$/,
    text: `
functions: { api: { duration: 100ms, calls: [{ to: steady }, { to: db }] } }
dependencies: { steady: { latency: 80ms }, db: { latency: { p50: 10ms, p99: 900ms } } }
traffic: { web: { to: api, via: rest-api, rate: 20/s } }
thresholds: [p99(traffic.web.latency) < 500ms]
`,
  },
  {
    limit: 'Duration',
    resource: 'functions.api',
    knob: 'dependencies.db.maxConcurrency',
    turned: '4',
    message: /: [12]\d\d ms \(p99\) waiting, most of it for db; its handler alone takes 100 ms\.$/,
    text: `
functions: { api: { duration: 100ms, calls: [{ to: db }] } }
dependencies: { db: { latency: 20ms, maxConcurrency: 1 } }
traffic: { web: { to: api, via: rest-api, rate: 40/s } }
thresholds: [p99(traffic.web.latency) < 200ms]
`,
  },
  {
    limit: 'Duration',
    resource: 'functions.api',
    knob: 'dependencies.db.outages',
    turned: '[{ at: 10m, for: 1ms, effect: slow }]',
    message: /: 495 ms \(p99\) waiting, most of it for db in its outages; its handler alone takes 100 ms\.$/,
    text: `
run: { duration: 30m }
functions: { api: { duration: 100ms, calls: [{ to: db }] } }
dependencies: { db: { latency: 5ms, outages: [{ at: 10m, for: 2m, effect: slow, factor: 100 }] } }
traffic: { web: { to: api, via: alb, rate: 20/s } }
thresholds: [p99(traffic.web.latency) < 300ms]
`,
  },
  {
    limit: 'ConcurrentExecutions',
    resource: 'functions.api',
    knob: 'dependencies.db.outages',
    turned: '[{ at: 5m, for: 1ms, effect: slow }]',
    message:
      /^api ran up to 2\d\d at once: around its peak \d+(\.\d)? invocations a second ran for [5-9](\.\d+)? s each; on average it keeps /,
    text: `
run: { duration: 30m }
functions: { api: { duration: 50ms, timeout: 10s, calls: [{ to: db }] } }
dependencies: { db: { latency: 5ms, outages: [{ at: 5m, for: 3m, effect: hang }] } }
traffic: { web: { to: api, via: http-api, rate: 20/s } }
thresholds: [max(account.concurrency) < 100]
`,
  },
  {
    limit: 'Duration',
    resource: 'functions.a',
    knob: 'functions.a.firstDuration',
    turned: '200ms',
    message:
      /^A run of a takes 2 s \(max\), longer than the 1 s that functions\.a is allowed: 2 s \(max\) in the first runs of its environments; its handler alone takes 100 ms\.$/,
    text: `
functions: { a: { duration: 100ms, runtime: java21, init: 3s, firstDuration: 2s, timeout: 10s } }
traffic: { t: { to: a, via: http-api, rate: 30/min } }
thresholds: [max(functions.a.duration) < 1s]
`,
  },
  {
    limit: 'ConcurrentExecutions',
    resource: 'functions.ch',
    knob: 'functions.ch.firstDuration',
    turned: '200ms',
    message:
      /^ch ran up to \d+ at once: \d+ cold starts around its peak, with an init of 300 ms and a first run of 2 s each on average\.$/,
    text: `
run: { duration: 20m }
functions: { ch: { duration: 200ms, firstDuration: 2s, init: 300ms } }
traffic: { t: { to: ch, via: alb, rate: 1/s, spikes: [{ at: 10m, for: 2m, rate: 200/s }] } }
thresholds: [max(functions.ch.concurrency) < 200]
`,
  },
  {
    limit: 'Duration',
    resource: 'functions.api',
    knob: 'functions.api.duration',
    turned: '400ms',
    message:
      /^A run of api takes 490 ms \(mean\) and \d+(\.\d+)? ms around it, longer than the 495 ms that traffic\.web /,
    text: `
functions: { api: { memory: 512MB, duration: 490ms, timeout: 20s } }
traffic: { web: { to: api, rate: 10/s } }
thresholds: [mean(traffic.web.latency) < 495ms]
`,
  },
  {
    // The handler alone is beyond the limit, whatever its calls take.
    limit: 'HandlerDuration',
    resource: 'functions.api',
    knob: 'functions.api.duration',
    turned: '30ms',
    message: /^The handler of api alone runs for 2\.\d+ s \(p99\), longer than the 1 s that traffic\.web is allowed\.$/,
    text: `
functions: { api: { memory: 512MB, duration: { p50: 300ms, p99: 2.5s }, timeout: 20s, calls: [{ to: db }] } }
dependencies: { db: { latency: 100ms } }
traffic: { web: { to: api, rate: 10/s } }
thresholds: [p99(traffic.web.latency) < 1s]
`,
  },
  {
    // Two calls away: whoever waits for it fails with it.
    limit: 'FunctionError',
    resource: 'functions.stock',
    knob: 'functions.stock.errorRate',
    turned: '0%',
    message: /^\d+ of [\d,]+ invocations of stock \([\d.]+%\) failed in its handler, as its errorRate of 3% says\.$/,
    text: `
functions:
  api: { memory: 512MB, duration: 100ms, timeout: 20s, calls: [{ to: cart }] }
  cart: { memory: 512MB, duration: 50ms, timeout: 20s, calls: [{ to: stock }] }
  stock: { memory: 512MB, duration: 30ms, errorRate: 3% }
traffic: { web: { to: api, via: rest-api, rate: 5/s } }
thresholds: [rate(traffic.web.failed) < 1%, rate(functions.api.errors) < 1%]
`,
  },
  {
    // Before the few that a timeout cut, and before what it costs to wait.
    limit: 'QueueTimeout',
    resource: 'dependencies.db',
    knob: 'dependencies.db.maxConcurrency',
    turned: '200',
    message:
      /^[\d,]+ calls of [\d,]+ to db \([23]\d(\.\d)?%\) were still in line after 500 ms: it works on 10 at once\.$/,
    text: `
functions: { api: { memory: 512MB, duration: 20ms, calls: [{ to: db }] } }
dependencies: { db: { latency: { p50: 60ms, p99: 900ms }, maxConcurrency: 10, queueTimeout: 500ms } }
traffic: { web: { to: api, rate: 120/s } }
run: { duration: 10m }
thresholds: [rate(functions.api.errors) < 0.1%]
`,
  },
  {
    limit: 'ReservedFunctionConcurrentInvocationLimitExceeded',
    resource: 'functions.auth',
    knob: 'functions.auth.reservedConcurrency',
    turned: '20',
    message:
      /^auth was throttled [\d,]+ times \([\d.]+% of its attempts\): all 3 of its reserved concurrency were in use\.$/,
    text: `
functions:
  api: { memory: 512MB, duration: 200ms, timeout: 10s, calls: [{ to: auth }] }
  auth: { memory: 512MB, duration: 100ms, reservedConcurrency: 3, timeout: 10s }
traffic: { web: { to: api, via: http-api, rate: 40/s } }
run: { duration: 10m }
thresholds: [p99(traffic.web.latency) < 500ms, rate(functions.api.errors) < 1%]
`,
  },
];

describe.each(CASES)('$limit of $resource, knob $knob', ({ limit, resource, knob, turned, message, text }) => {
  test('leads where a threshold failed by it, and its knob meets the threshold', () => {
    const { verdicts, findings } = judgedRunOf(aScenarioOf(text));
    expect(verdicts.map(({ verdict }) => verdict)).toContain('fail');
    expect(findings[0]).toMatchObject({ limit, resource, knob, message: expect.stringMatching(message) });
    const again = judgedRunOf(aScenarioOf(text, [{ path: knob, value: turned }]));
    expect(again.verdicts.map(({ verdict }) => verdict)).not.toContain('fail');
    expect(again.findings.filter((finding) => finding.limit === limit && finding.resource === resource)).toEqual([]);
  });

  test('is not told where the threshold is met by far', () => {
    const far = text.replace(/ < [\d.]+(%?)/g, (_, percent) => (percent === '%' ? ' < 100%' : ' < 10000'));
    const { verdicts, findings } = judgedRunOf(aScenarioOf(far));
    expect(verdicts.map(({ verdict }) => verdict)).not.toContain('fail');
    // What is felt anyway is told without a threshold.
    const felt = [
      'InitTimeout',
      'Timeout',
      'ClientTimeout',
      'QueueTimeout',
      'ReservedFunctionConcurrentInvocationLimitExceeded',
      ...(/add 2/.test(message.source) ? ['ColdStart'] : []),
    ];
    expect(findings.map((finding) => finding.limit).filter((each) => each === limit && !felt.includes(each))).toEqual(
      [],
    );
  });
});
