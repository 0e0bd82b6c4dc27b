/** Every command by name: a summary for the help, and its file, loaded only when it is the one that was asked for. */
import type { Command } from './command.js';

export interface CommandEntry {
  readonly arguments: string;
  readonly summary: string;
  /** Undefined: known by name, not supported yet. */
  readonly load?: () => Promise<Command<never>>;
}

export const commands: Readonly<Record<string, CommandEntry>> = {
  run: {
    arguments: '<scenario>',
    summary: 'simulate, print the summary, write the report',
    load: async () => (await import('./run.js')).run,
  },
  validate: {
    arguments: '<scenario...>',
    summary: 'check, print every problem',
    load: async () => (await import('./validate.js')).validate,
  },
  init: {
    arguments: '[file]',
    summary: 'write a commented starter scenario',
    load: async () => (await import('./init.js')).init,
  },
  explain: {
    arguments: '<scenario> <path>',
    summary: 'the value of one setting and where it comes from',
    load: async () => (await import('./explain.js')).explain,
  },
  report: {
    arguments: '<folder>',
    summary: 'render the results in a folder again, in another format',
    load: async () => (await import('./report.js')).report,
  },
  rules: {
    arguments: '',
    summary: 'print the dated AWS rules with their sources',
    load: async () => (await import('./rules.js')).rules,
  },
  prices: {
    arguments: '[action] [files...]',
    summary: 'print the price list of a region and date',
    load: async () => (await import('./prices.js')).prices,
  },
  schema: {
    arguments: '',
    summary: 'print the JSON Schema of a scenario, for editors',
    load: async () => (await import('./schema.js')).schema,
  },
  completion: {
    arguments: '<shell>',
    summary: 'print the completion script of bash, zsh or fish',
    load: async () => (await import('./completion.js')).completion,
  },
  estimate: { arguments: '<template>', summary: 'cost of a template before deploy' },
  compare: { arguments: '<a> [b]', summary: 'two scenarios under the same random numbers' },
  sweep: { arguments: '<scenario>', summary: 'a grid of settings' },
  merge: { arguments: '<folders...>', summary: 'the shards of a sweep' },
  plan: { arguments: '<scenario>', summary: 'the cheapest setting that meets the thresholds' },
  calibrate: { arguments: '<logs...>', summary: 'durations and error rates from logs' },
  worker: { arguments: '', summary: 'run shares of a sweep from Redis' },
};
