/** From the spelling of AWS's API and templates to the name here, which is AWS's in camelCase without the unit. */

/** Where the name is more than a change of case and a dropped unit. */
const RENAMED: Readonly<Record<string, string>> = {
  memorysize: 'memory',
  architectures: 'architecture',
  reservedconcurrentexecutions: 'reservedConcurrency',
  provisionedconcurrentexecutions: 'provisionedConcurrency',
  provisionedconcurrencyconfig: 'provisionedConcurrency',
  vpcconfig: 'vpc',
  concurrentexecutions: 'concurrencyLimit',
  timeoutinmillis: 'timeout',
  maxattempts: 'maximumAttempts',
  maximumretryattempts: 'maximumAttempts',
  retrymode: 'mode',
  intervalseconds: 'interval',
  maxdelayseconds: 'maximumDelay',
  jitterstrategy: 'jitter',
  scheduleexpression: 'schedule',
  scheduleexpressiontimezone: 'timezone',
  invocationtype: 'invocation',
};
const UNIT = /(?:InSeconds|InMillis(?:econds)?|InMinutes|InMB|InBytes|Seconds|Millis|Ms|Mb|MB)$/;

/** The right name among `known`, or undefined when the key is no spelling of AWS's for one of them. */
export function awsSpelling(key: string, known: readonly string[]): string | undefined {
  const bare = key.replace(UNIT, '').replace(/[_-]/g, '').toLowerCase();
  const renamed = RENAMED[key.replace(/[_-]/g, '').toLowerCase()] ?? RENAMED[bare];
  if (renamed !== undefined && known.includes(renamed)) return renamed;
  return bare === '' ? undefined : known.find((name) => name.toLowerCase() === bare);
}
