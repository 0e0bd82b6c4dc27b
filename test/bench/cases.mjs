// The scenarios of the bench, as users would write them. Nothing in them but what the C program knows too: no init time of its
// own, no platform overhead, no client retries.

const HEAD = `
account: { concurrencyLimit: 1000 }
rules: { platform-overhead: { cold: 0ms, warm: 0ms } }
`;

const FUNCTION = 'memory: 512MB, timeout: 15m, init: 0ms, keepAlive: 600s, maximumAge: none';

/** Cases A, B and C of the C program; rates in invocations a second. */
export const LIMIT_CASES = {
  A: {
    rate: 0.9,
    says: '0.9/s, warm 1.991 s, first 2.244 s, exponential',
    duration: '{ exponential: { mean: 1991ms } }',
    firstDuration: '{ exponential: { mean: 2244ms } }',
  },
  B: {
    rate: 500,
    says: '500/s, warm 0.2 s, first 1 s, exponential',
    duration: '{ exponential: { mean: 200ms } }',
    firstDuration: '{ exponential: { mean: 1s } }',
  },
  C: {
    rate: 5000,
    says: '5,000/s, warm 0.2 s, first 1 s, log-normal, at the limit',
    duration: '{ lognormal: { mean: 200ms, cv: 1 } }',
    firstDuration: '{ lognormal: { mean: 1s, cv: 1 } }',
  },
};

/** Case `name` for about `invocations` invocations. */
export function limitCase(name, invocations) {
  const { rate, duration, firstDuration } = LIMIT_CASES[name];
  return `${HEAD}
functions:
  api: { ${FUNCTION}, duration: ${duration}, firstDuration: ${firstDuration} }
traffic:
  web: { to: api, rate: ${rate}/s, retry: none }
run: { duration: ${seconds(invocations / rate)} }
`;
}

/** One function that keeps about `environments` environments alive, `busy` of them at work. */
export function environmentsCase({ environments, busy }, invocations) {
  return `${HEAD.replace('1000', '10000')}
functions:
  api: { ${FUNCTION}, duration: { exponential: { mean: 200ms } }, initialEnvironments: ${environments} }
traffic:
  web: { to: api, rate: ${busy * 5}/s, retry: none }
run: { duration: ${seconds(invocations / (busy * 5))} }
`;
}

/** `count` functions that share 1,000 invocations a second evenly. */
export function functionsCase(count, invocations) {
  const each = (line) => Array.from({ length: count }, (_, index) => line(`f${index + 1}`)).join('\n');
  return `${HEAD}
functions:
${each((id) => `  ${id}: { ${FUNCTION}, duration: { exponential: { mean: 200ms } } }`)}
traffic:
${each((id) => `  to-${id}: { to: ${id}, rate: ${1000 / count}/s, retry: none }`)}
run: { duration: ${seconds(invocations / 1000)} }
`;
}

/** `count` clients refused at once, all of them waiting when the run ends. */
export function waitingClients(count) {
  return `${HEAD}
functions:
  api: { ${FUNCTION}, duration: 200ms, reservedConcurrency: 0 }
traffic:
  web:
    to: api
    burst: { at: 0s, count: ${count} }
    retry: { interval: 15m, backoffRate: 1, maximumDelay: 15m, jitter: full, maximumAttempts: 2, on: [throttle] }
run: { duration: 1s }
`;
}

/** `count` records that wait in a stream, whose reader is throttled. */
export function waitingRecords(count) {
  return `${HEAD}
functions:
  api: { ${FUNCTION}, duration: 200ms, reservedConcurrency: 0, eventSources: [{ stream: clicks }] }
streams:
  clicks: { backlog: ${count}, backlogAge: 1h }
run: { duration: 10s }
`;
}

/** 10,000 records a second over 10 shards; `mapping` are settings of the reader. */
export function streamCase(records, mapping, stream = '') {
  return `${HEAD}
functions:
  api: { ${FUNCTION}, duration: 20ms, eventSources: [{ stream: clicks, ${mapping} }] }
streams:
  clicks: { shards: 10 ${stream} }
traffic:
  web: { to: clicks, rate: 10000/s, key: { count: 100000 } }
run: { duration: ${seconds(records / 10_000)} }
`;
}

/** The scenario of an ordinary afternoon: about 100,000 invocations, with everything a report shows. */
export const HUNDRED_THOUSAND = `
functions:
  api: { memory: 512MB, duration: { p50: 45ms, p99: 400ms }, init: 200ms }
traffic:
  web: { to: api, rate: 28/s }
run: { duration: 1h }
`;

function seconds(count) {
  return `${Math.ceil(count)}s`;
}
