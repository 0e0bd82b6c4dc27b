/** The file that `lambdasim init` writes: a small application, each setting with a word on why one would turn it. */

/** `schema` is the address or path of the JSON Schema for the editor's first line. */
export function starterScenario(schema = './lambdasim.schema.json'): string {
  return `# yaml-language-server: $schema=${schema}
#
# How does one function behind an HTTP API cope with a morning peak, and what does it cost?
# Run it with: lambdasim run <this file>

name: starter
# asOf: 2026-01-01          # AWS rules and prices of another day
region: us-east-1

run:
  duration: 1h              # simulated time
  warmUp: 5m                # cut from statistics and bill
  seed: 1                   # same seed, same results
  # replications: 10        # more runs give confidence intervals

functions:
  api:
    runtime: nodejs22.x     # gives the time of a cold start
    memory: 512MB
    timeout: 10s
    duration: { p50: 45ms, p99: 400ms }
    firstDuration: 180ms    # the first call of a new environment is slower
    errorRate: 0.1%
    # reservedConcurrency: 50
    # provisionedConcurrency: 5

traffic:
  web:
    to: api
    via: http-api
    stages:
      - { for: 20m, rate: 20/s }
      - { for: 10m, rampTo: 120/s }
      - { for: 30m, rate: 60/s }

thresholds:
  - p99(traffic.web.latency) < 800ms
  - rate(functions.api.throttles) < 0.01%
  - rate(functions.api.coldStarts) < 2%
  - sum(bill.monthly) < 500 USD
`;
}
