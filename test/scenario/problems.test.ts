/** Every problem a scenario file can have, once: what is written, and the line that the user reads. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { linesOf, scenarioWith } from './lines-of.js';

interface Row {
  readonly text: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly lines: readonly string[];
}

/** Settings below the function stand on line 4 from column 5, settings below the traffic on line 8. */
const fn = (setting: string) => scenarioWith({ fn: setting });
const traffic = (setting: string) => scenarioWith({ traffic: setting });
const shape = (setting: string) => scenarioWith({ shape: setting });
const top = (setting: string) => scenarioWith({ top: setting });

const ROWS: Readonly<Record<string, readonly Row[]>> = {
  'the file as a whole': [
    { text: '', lines: ['empty-file  scenario.yaml:1:1    the file is empty  (start from lambdasim init)'] },
    {
      text: '- a',
      lines: [
        'wrong-type  scenario.yaml:1:1    a map is wanted, not a list  (write key: value below it, or { key: value })',
      ],
    },
    {
      text: 'a: 1\n---\nb: 2',
      lines: [
        'several-documents  scenario.yaml:2:1    the file holds more than one document  (remove what follows the line ---)',
      ],
    },
    {
      text: '%YAML 1.1\n---\na: yes',
      lines: [
        'yaml-version  scenario.yaml:1:1    the file asks for YAML 1.1  (remove the %YAML line: scenarios are YAML 1.2)',
      ],
    },
    {
      text: 'a: "b',
      lines: ['yaml-syntax  scenario.yaml:1:6    missing closing "quote  (close every quote and bracket)'],
    },
    {
      text: 'a:\n\tb: 1',
      lines: ['yaml-syntax  scenario.yaml:2:1    tabs are not allowed as indentation  (indent with spaces)'],
    },
  ],
  YAML: [
    {
      text: top('x-a: !!js/function "x"'),
      lines: [
        'unknown-tag  scenario.yaml:1:20  x-a  the tag tag:yaml.org,2002:js/function is not supported  (write plain YAML values)',
      ],
    },
    {
      text: top('region: us-east-1\nregion: eu-west-1'),
      lines: ['duplicate-key  scenario.yaml:2:1  region  region is written twice, first on line 1  (keep one of them)'],
    },
    {
      text: top('__proto__: { a: 1 }'),
      lines: ['reserved-key  scenario.yaml:1:1    __proto__ cannot be a key  (choose another name)'],
    },
    {
      text: top('x-a: *b'),
      lines: [
        'unknown-alias  scenario.yaml:1:6  x-a  *b names no anchor above it  (write &b before the value it stands for)',
      ],
    },
    {
      text: top('x-a: { <<: 3 }'),
      lines: [
        'bad-merge  scenario.yaml:1:12  x-a.<<  only maps can be merged with <<  (name an anchor that holds a map)',
      ],
    },
    { text: top('? [a]\n: 1'), lines: ['bad-key  scenario.yaml:1:3    a key must be text  (write key: value)'] },
    {
      text: fn('errorRate: .nan'),
      lines: [
        'not-a-number  scenario.yaml:4:16  functions.api.errorRate  .nan is not a number  (write a finite number)',
      ],
    },
    {
      text: fn('duration: { p50: .inf, p99: 1s }').replace('    duration: 45ms\n', ''),
      lines: [
        'not-a-number  scenario.yaml:3:22  functions.api.duration.p50  .inf is not a finite number  (write a finite number)',
      ],
    },
    {
      text: top('run: { seed: 1e400 }'),
      lines: [
        'not-a-number  scenario.yaml:1:14  run.seed  1e400 is beyond the numbers that can be calculated with  (write a finite number)',
      ],
    },
    {
      text: top('rules: { api-gateway-rate: { perSecond: -.inf } }'),
      lines: [
        'not-a-number  scenario.yaml:1:41  rules.api-gateway-rate.perSecond  -.inf is not a finite number  (write a finite number)',
      ],
    },
  ],
  settings: [
    {
      text: fn('memry: 512MB'),
      lines: [
        'unknown-key  scenario.yaml:4:5  functions.api.memry  functions.api has no setting memry  (did you mean memory?)',
      ],
    },
    {
      text: fn('MemorySize: 512'),
      lines: [
        "aws-spelling  scenario.yaml:4:5  functions.api.MemorySize  MemorySize is AWS's spelling  (write memory)",
      ],
    },
    {
      text: fn('ReservedConcurrentExecutions: 5'),
      lines: [
        "aws-spelling  scenario.yaml:4:5  functions.api.ReservedConcurrentExecutions  ReservedConcurrentExecutions is AWS's spelling  (write reservedConcurrency)",
      ],
    },
    {
      text: fn('timeout:'),
      lines: [
        'empty-value  scenario.yaml:4:5  functions.api.timeout  has no value  (write a duration such as 3s, or remove the line)',
      ],
    },
    {
      text: fn('timeout: 3'),
      lines: ['missing-unit  scenario.yaml:4:14  functions.api.timeout  3 has no unit  (write 3ms, 3s or 3m)'],
    },
    {
      text: fn('timeout: 3 secs'),
      lines: ['bad-duration  scenario.yaml:4:14  functions.api.timeout  3 secs is not a duration  (write 3s)'],
    },
    {
      text: fn('packageSize: 3 megs'),
      lines: [
        'bad-size  scenario.yaml:4:18  functions.api.packageSize  3 megs is not a size  (such as 4KB, 128MB or 1GB)',
      ],
    },
    {
      text: fn('errorRate: lots'),
      lines: ['bad-share  scenario.yaml:4:16  functions.api.errorRate  lots is not a share  (such as 0.2% or 0.002)'],
    },
    {
      text: fn('errorRate: 150%'),
      lines: ['above-maximum  scenario.yaml:4:16  functions.api.errorRate  150% is above 100%  (use 0% to 100%)'],
    },
    {
      text: fn('architecture: arm'),
      lines: [
        'unknown-word  scenario.yaml:4:19  functions.api.architecture  arm is not one of its values  (did you mean arm64?)',
      ],
    },
    {
      text: traffic('arrivals: bumpy'),
      lines: [
        'unknown-word  scenario.yaml:8:15  traffic.web.arrivals  bumpy is not one of its values  (use poisson or regular; or a map of bursty, modulated)',
      ],
    },
    {
      text: fn('runtime: Node JS'),
      lines: [
        'bad-runtime  scenario.yaml:4:14  functions.api.runtime  Node JS is not a runtime identifier  (such as nodejs22.x, python3.13 or provided.al2023)',
      ],
    },
    {
      text: fn('init: { p50: 2s, p99: 1s }'),
      lines: [
        'not-rising  scenario.yaml:4:27  functions.api.init.p99  p99 is below p50  (quantiles rise with their percentage)',
      ],
    },
    {
      text: fn('init: { p50: 2s }'),
      lines: [
        'bad-distribution  scenario.yaml:4:5  functions.api.init  two quantiles are wanted, not 1  (such as { p50: 45ms, p99: 400ms })',
      ],
    },
    {
      text: fn('reservedConcurrency: 2.5'),
      lines: ['not-whole  scenario.yaml:4:26  functions.api.reservedConcurrency  2.5 is not a whole number  (write 3)'],
    },
    {
      text: top('asOf: 2026-13-01'),
      lines: ['bad-date  scenario.yaml:1:7  asOf  2026-13-01 is not a date  (write it as 2026-01-31)'],
    },
    {
      text: top('region: Virginia'),
      lines: ['bad-region  scenario.yaml:1:9  region  Virginia is not a region  (such as us-east-1 or eu-central-1)'],
    },
    {
      text: top('run: 3'),
      lines: [
        'wrong-type  scenario.yaml:1:6  run  a map is wanted, not 3  (write key: value below it, or { key: value })',
      ],
    },
    {
      text: top('thresholds: []'),
      lines: [
        'empty-list  scenario.yaml:1:1  thresholds  is an empty list  (write at least one entry, or remove the line)',
      ],
    },
    {
      text: 'functions:\n  a.b: { duration: 1s }\ntraffic: {}',
      lines: ['bad-id  scenario.yaml:2:3  functions.a.b  a.b is not an id: letters, digits, - and _ only  (write a-b)'],
    },
    {
      text: 'functions:\n  api: {}\ntraffic: {}',
      lines: [
        'missing-setting  scenario.yaml:2:3  functions.api.duration  is required  (write a time such as 45ms, or { p50: 45ms, p99: 400ms })',
      ],
    },
  ],
  traffic: [
    {
      text: shape('rate: 200 rps'),
      lines: ['bad-rate  scenario.yaml:7:11  traffic.web.rate  200 rps is not a rate  (write 200/s)'],
    },
    {
      text: shape('rate: 0/s'),
      lines: [
        'below-minimum  scenario.yaml:7:11  traffic.web.rate  0/s sends nothing  (use a rate above 0, or remove the traffic)',
      ],
    },
    {
      text: shape('rate: -1/s'),
      lines: [
        'below-minimum  scenario.yaml:7:11  traffic.web.rate  -1/s is negative  (such as 200/s, 12k/min, 40/h, 3M/day or 40M/month)',
      ],
    },
    {
      text: shape(''),
      lines: [
        'missing-setting  scenario.yaml:5:3  traffic.web  traffic needs a shape  (write rate, stages, daily, users, schedule, burst, trace, follows or spikes)',
      ],
    },
    {
      text: traffic('burst: { count: 3 }'),
      lines: [
        'one-of  scenario.yaml:5:3  traffic.web  traffic has one shape, and this has rate and burst  (keep one, and make a second traffic of the other)',
      ],
    },
    {
      text: shape('daily: { mean: 1/s, hours: [1, 2] }'),
      lines: [
        'wrong-length  scenario.yaml:7:25  traffic.web.daily.hours  hours has 2 weights and needs 24  (one for each hour from midnight)',
      ],
    },
    {
      text: shape('daily: { mean: 1/s, weekdays: [1] }'),
      lines: [
        'wrong-length  scenario.yaml:7:25  traffic.web.daily.weekdays  weekdays has 1 weight and needs 7  (one for each day from Monday)',
      ],
    },
    {
      text: shape('daily: { mean: 1/s, weekdays: [0, 0, 0, 0, 0, 0, 0] }'),
      lines: [
        'weights-all-zero  scenario.yaml:7:25  traffic.web.daily.weekdays  the weights are all zero  (give at least one a weight above 0)',
      ],
    },
    {
      text: shape('daily: { mean: 1/s, timezone: Mars }'),
      lines: [
        'unknown-time-zone  scenario.yaml:7:35  traffic.web.daily.timezone  Mars is not a time zone  (such as UTC, Europe/Berlin or America/New_York)',
      ],
    },
    {
      text: shape('schedule: rate(5 minute)\nvia: sdk'),
      lines: [
        'bad-schedule  scenario.yaml:7:15  traffic.web.schedule  AWS wants "minutes" with a value of 5  (write rate(5 minutes))',
      ],
    },
    {
      text: 'functions: { api: { duration: 1s } }\ntraffic:\n  web: { to: api, via: sdk, schedule: cron(0 20 ? * MON,FRI *) }',
      lines: [
        "cron-needs-quotes  scenario.yaml:3:39  traffic.web.schedule  cron(0 20 ? * MON ends in the middle: a comma inside { } ends the value  (put the whole expression in quotes: 'cron(...)')",
      ],
    },
    {
      text: traffic('edgeEvent: viewer-request'),
      lines: [
        'no-effect  scenario.yaml:8:16  traffic.web.edgeEvent  edgeEvent has no meaning with via: sdk  (write via: lambda-edge, or remove edgeEvent)',
      ],
    },
    {
      text: scenarioWith({ shape: 'rate: 1/s' }).replace('to: api', 'to: apo'),
      lines: ['unknown-id  scenario.yaml:6:9  traffic.web.to  there is no function apo  (did you mean api?)'],
    },
    {
      text: shape('trace: { file: t.csv, column: count }'),
      lines: [
        'missing-file  scenario.yaml:7:20  traffic.web.trace.file  t.csv was not found  (name a file beside the scenario)',
      ],
    },
    {
      text: shape('trace: { file: t.csv, column: cuont }'),
      files: { 't.csv': 'count\n3\n' },
      lines: ['unknown-column  t.csv:1:1  traffic.web.trace  the file has no column cuont  (did you mean count?)'],
    },
    {
      text: shape('trace: { file: t.csv, column: count }'),
      files: { 't.csv': 'time,count\n1,3\n2,x\n' },
      lines: ['bad-cell  t.csv:3:3  traffic.web.trace  x is not a count  (write a whole number from 0)'],
    },
    {
      text: shape('trace: { file: t.csv, row: f3 }'),
      files: { 't.csv': 'fn,1,2\nf1,3,4\n' },
      lines: ['unknown-row  t.csv:1:1  traffic.web.trace  no row of the file holds f3  (name a cell of the row)'],
    },
  ],
  'cross-checks': [
    {
      text: fn('memory: 100MB'),
      lines: [
        'below-minimum  scenario.yaml:4:13  functions.api.memory  100MB is below the 128 MB minimum  (use 128MB to 10240MB)',
      ],
    },
    {
      text: scenarioWith({ top: 'asOf: 2020-07-01', fn: 'memory: 500MB' }),
      lines: [
        'not-a-step  scenario.yaml:5:13  functions.api.memory  500MB is not a step of 64 MB from 128 MB on 2020-07-01  (write 512MB)',
      ],
    },
    {
      text: scenarioWith({ top: 'asOf: 2020-07-01', fn: 'architecture: arm64' }),
      lines: [
        'not-yet-available  scenario.yaml:5:19  functions.api.architecture  the arm64 architecture came on 2021-09-29 (rule feature-dates), and asOf is 2020-07-01  (set asOf to 2021-09-29 or later, or do without it)',
      ],
    },
    {
      text: scenarioWith({ top: 'asOf: 2019-09-02', fn: 'vpc: { mode: hyperplane }' }),
      lines: [
        'not-yet-available  scenario.yaml:5:18  functions.api.vpc.mode  the shared network interfaces of Hyperplane came on 2019-09-03 (rule feature-dates), and asOf is 2019-09-02  (set asOf to 2019-09-03 or later, or do without it)',
      ],
    },
    {
      text: scenarioWith({ top: 'asOf: 2020-07-01', fn: 'vpc: { addresses: 16 }' }),
      lines: [
        'no-effect  scenario.yaml:5:23  functions.api.vpc.addresses  addresses are those of classic interfaces, and hyperplane takes none for an environment  (write mode: classic, or remove addresses)',
      ],
    },
    {
      text: top('asOf: 2016-01-01'),
      lines: [
        'too-early  scenario.yaml:1:7  asOf  2016-01-01 is before the first day of the rulebook  (use 2018-01-01 or later)',
      ],
    },
    {
      text: fn('reservedConcurrency: 950'),
      lines: [
        'above-account-limit  scenario.yaml:4:26  functions.api.reservedConcurrency  this brings reserved and provisioned concurrency to 950, and the account can give 900 of its 1000: 100 stay unreserved  (use at most 900, or raise account.concurrencyLimit to 1050)',
      ],
    },
    {
      text: top('account: { concurrencyLimit: 100 }').replace(
        'duration: 45ms',
        'duration: 45ms\n    reservedConcurrency: 5',
      ),
      lines: [
        'above-account-limit  scenario.yaml:5:26  functions.api.reservedConcurrency  this brings reserved and provisioned concurrency to 5, and the account can give 0 of its 100: 100 stay unreserved  (remove it, or raise account.concurrencyLimit to 105)',
      ],
    },
    {
      text: fn('reservedConcurrency: 5\nprovisionedConcurrency: 6'),
      lines: [
        'above-maximum  scenario.yaml:5:29  functions.api.provisionedConcurrency  6 provisioned is above the 5 reserved for the function  (raise reservedConcurrency to 6, or provision at most 5)',
      ],
    },
    {
      text: fn('snapStart: true\nprovisionedConcurrency: 6'),
      lines: [
        'cannot-combine  scenario.yaml:4:16  functions.api.snapStart  a version has SnapStart or provisioned concurrency, not both  (remove one of them)',
      ],
    },
    {
      text: fn('timeout: 20m'),
      lines: [
        'above-maximum  scenario.yaml:4:14  functions.api.timeout  20m is above the maximum of 15m  (use 1s to 15m)',
      ],
    },
    {
      text: traffic('payload: 7MB'),
      lines: [
        'above-maximum  scenario.yaml:8:14  traffic.web.payload  7MB is above the 6MB limit of sdk  (use at most 6MB)',
      ],
    },
    {
      text: top('run: { warmUp: 1h }'),
      lines: [
        'warm-up-too-long  scenario.yaml:1:16  run.warmUp  a warm-up of 1h leaves nothing of a run of 1h  (shorten the warm-up or lengthen run.duration)',
      ],
    },
    {
      text: top('rules: { sqs: {} }'),
      lines: ['unknown-rule  scenario.yaml:1:10  rules.sqs  there is no rule sqs  (did you mean sqs-batching?)'],
    },
    {
      text: top('rules: { vpc-network: { updateDelay: 2m } }'),
      lines: [
        'not-supported-yet  scenario.yaml:1:38  rules.vpc-network.updateDelay  nothing depends on updateDelay of the rule vpc-network yet  (remove it)',
      ],
    },
    {
      text: top('rules: { platform-overhead: { clod: 0ms } }'),
      lines: [
        'unknown-key  scenario.yaml:1:37  rules.platform-overhead.clod  the rule platform-overhead has no value clod  (did you mean cold?)',
      ],
    },
  ],
  thresholds: [
    {
      text: top('thresholds: ["p99(traffic.web.latency) =< 800ms", "p99(traffic.web.latency) = 800ms"]'),
      lines: [
        'bad-threshold  scenario.yaml:1:14  thresholds[0]  =< is not a comparison  (write <=)',
        'bad-threshold  scenario.yaml:1:51  thresholds[1]  = is not a comparison  (write ==)',
      ],
    },
    {
      text: top('thresholds: [p99 < 3]'),
      lines: [
        'bad-threshold  scenario.yaml:1:14  thresholds[0]  p99 < 3 is not a threshold  (such as p99(traffic.web.latency) < 800ms)',
      ],
    },
    {
      text: top('thresholds: [p98(traffic.web.latency) < 3s]'),
      lines: ['unknown-statistic  scenario.yaml:1:14  thresholds[0]  p98 is not a statistic  (did you mean p90?)'],
    },
    {
      text: top('thresholds: [p98(traffic.web.latency) => 3]'),
      lines: [
        'unknown-statistic  scenario.yaml:1:14  thresholds[0]  p98 is not a statistic  (did you mean p90?)',
        'bad-threshold  scenario.yaml:1:14  thresholds[0]  => is not a comparison  (write >=)',
        expect.stringContaining('thresholds[0]  3 has no unit'),
      ],
    },
    {
      text: top('thresholds: [quantile(traffic.web.latancy) = 3s]'),
      lines: [
        expect.stringContaining('thresholds[0]  quantile is not a statistic'),
        expect.stringContaining('thresholds[0]  latancy is no figure of traffic'),
        expect.stringContaining('thresholds[0]  = is not a comparison'),
      ],
    },
    {
      text: top('thresholds: [p99(traffic.web.latancy) < 3s]'),
      lines: [
        'unknown-metric  scenario.yaml:1:14  thresholds[0]  latancy is no figure of traffic  (did you mean latency?)',
      ],
    },
    {
      text: top('thresholds: [p99(traffic.wob.latency) < 3s]'),
      lines: ['unknown-id  scenario.yaml:1:14  thresholds[0]  there is no traffic wob  (did you mean web?)'],
    },
    {
      text: top(`thresholds:
  - rate(functions.a.throttels) < 1%
  - p99(traffic.zzz.latency) < 3s
  - { check: p99(traffic.web.latency) < 3 }
  - { check: max(functions.nobody.concurrency) < 3, severity: warn }`),
      lines: [
        'unknown-metric  scenario.yaml:2:5  thresholds[0]  throttels is no figure of functions  (did you mean throttles?)',
        'unknown-id  scenario.yaml:2:5  thresholds[0]  there is no function a  (use api)',
        'unknown-id  scenario.yaml:3:5  thresholds[1]  there is no traffic zzz  (use web)',
        'missing-unit  scenario.yaml:4:14  thresholds[2].check  3 has no unit  (write 3ms, 3s or 3m)',
        'unknown-id  scenario.yaml:5:14  thresholds[3].check  there is no function nobody  (use api)',
      ],
    },
    {
      text: top('thresholds: [{ check: p99(traffic.web.latency) < 3 }]'),
      lines: ['missing-unit  scenario.yaml:1:23  thresholds[0].check  3 has no unit  (write 3ms, 3s or 3m)'],
    },
  ],
};

describe.each(Object.entries(ROWS))('a problem of %s', (_subject, rows) => {
  it.each(rows)('$lines', ({ text, files = {}, lines }) => {
    expect(linesOf(text, { files })).toEqual(lines);
  });
});

describe('the problems of a file', () => {
  it('are all reported at once, in the order of the file, and one does not hide another', () => {
    const text = `asOf: 2020-01-01
functions:
  api: { memory: 100MB, duration: 45 }
  big: { duration: { p50: 4s, p99: 3s }, reservedConcurrency: 950, timeout: 20m }
traffic:
  web: { to: apo, rate: 0/s, payload: 7MB }
run: { warmUp: 2h, seed: 1.5 }
`;
    expect(linesOf(text).map((line) => line.split('  ').slice(0, 3).join(' '))).toEqual([
      'below-minimum scenario.yaml:3:18 functions.api.memory',
      'missing-unit scenario.yaml:3:35 functions.api.duration',
      'not-rising scenario.yaml:4:36 functions.big.duration.p99',
      'above-account-limit scenario.yaml:4:63 functions.big.reservedConcurrency',
      'above-maximum scenario.yaml:4:77 functions.big.timeout',
      'unknown-id scenario.yaml:6:14 traffic.web.to',
      'below-minimum scenario.yaml:6:25 traffic.web.rate',
      'above-maximum scenario.yaml:6:39 traffic.web.payload',
      'warm-up-too-long scenario.yaml:7:16 run.warmUp',
      'not-whole scenario.yaml:7:26 run.seed',
    ]);
  });

  it('have codes of which each is shown above or in the tests of its own subject', () => {
    const root = new URL('../../src/scenario/', import.meta.url);
    const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
    const written = new Set<string>();
    for (const name of sources) {
      const source = readFileSync(new URL(name, root), 'utf8');
      for (const [, code] of source.matchAll(/(?:code: |fault\(|report\()'([a-z]+(?:-[a-z0-9]+)+)'/g))
        written.add(code!);
    }
    const tests = [
      'problems',
      'named-files',
      'hostile',
      'distributions',
      'patch',
      'explain',
      'pricing',
      'lambda-edge',
      'links',
    ]
      .map((name) => readFileSync(new URL(`${name}.test.ts`, import.meta.url), 'utf8'))
      .join('\n');
    expect(written.size).toBeGreaterThan(50);
    expect([...written].filter((code) => !tests.includes(code)).sort()).toEqual([]);
  });
});
