/** What a user meets before any simulation: help, version, mistakes on the command line, and each command's examples. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { commands } from '../../src/cli/commands.js';
import { ended, lambdasim, MAIN } from '../support/command-line.js';

const SUPPORTED = Object.keys(commands).filter((name) => commands[name]?.load !== undefined);
const LATER = Object.keys(commands).filter((name) => commands[name]?.load === undefined);

test('--version prints the version of package.json and nothing else', async () => {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  expect(await lambdasim(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  expect(await lambdasim(['-V'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
});

test('--help names every command, and which are still to come', async () => {
  const { code, stdout, stderr } = await lambdasim(['--help']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  for (const name of SUPPORTED) expect(stdout).toMatch(new RegExp(`^  ${name} +\\w`, 'm'));
  expect(stdout).toContain(`Not supported yet: ${LATER.join(', ')}.`);
});

test('no command at all shows the help, and is a mistake', async () => {
  const { code, stdout, stderr } = await lambdasim([]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain('Usage: lambdasim');
});

test.each(SUPPORTED)('%s --help shows examples that start with the command', async (name) => {
  const { code, stdout, stderr } = await lambdasim([name, '--help']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const shown = stdout.split('Examples:\n')[1]?.trimEnd().split('\n') ?? [];
  expect(shown.length).toBeGreaterThan(0);
  for (const line of shown) expect(line).toMatch(new RegExp(`^  \\$ lambdasim ${name}( |$)|^ {6}\\S`));
  expect(shown[0]).toContain(`$ lambdasim ${name}`);
  for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
});

test.each(LATER)('%s says that it is not supported yet', async (name) => {
  expect(await lambdasim([name, 'a', '--flag', 'b'])).toEqual({
    code: 2,
    stdout: '',
    stderr: `lambdasim: ${name} is not supported yet\n  lambdasim --help lists what is\n`,
  });
});

describe('a mistake on the command line is one message and exit code 2', () => {
  test.each([
    [['rnu', 'x.yaml'], "unknown command 'rnu' (Did you mean run?)"],
    [['rules', '--as-of', 'yesterday'], '--as-of yesterday is not a date'],
    [['rules', '--as-of', '2017-12-31'], '--as-of 2017-12-31 is before the first day of the rulebook'],
    [['prices', '--as-of', '2017-06-01'], '--as-of 2017-06-01 is before the first day of the rulebook'],
    [['rules', '--asof', '2020-01-01'], "unknown option '--asof' (Did you mean --as-of?)"],
    [['prices', 'import', 'x.json'], 'prices import is not supported yet'],
    [['prices', 'diff', 'a', 'b'], 'prices diff is not supported yet'],
    [['prices', 'us-east-1'], 'prices takes no argument us-east-1'],
    [['prices', '--region', 'mars'], 'no prices are known for region mars'],
    [['run'], "missing required argument 'scenario'"],
    [['run', 'x.yaml', '--threads', '0'], '--threads 0 is not a whole number from 1'],
    [['run', 'x.yaml', '--replications', '2.5'], '--replications 2.5 is not a whole number from 1'],
    [['run', 'x.yaml', '--max-events', 'many'], '--max-events many is not a number above 0'],
    [['run', 'x.yaml', '--set', 'memory'], '--set memory names no value'],
    [['run', 'x.yaml', '--format', 'pdf'], "option '--format <format>' argument 'pdf' is invalid."],
    [['run', 'x.yaml', 'y.yaml'], "too many arguments for 'run'"],
  ])('%j', async (args, message) => {
    const { code, stdout, stderr } = await lambdasim(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(`lambdasim: ${message}`);
    expect(stderr).not.toMatch(/\n {4}at |undefined|NaN|\[object/);
  });

  test('with --json the problem is on standard output for programs, and the text still on standard error', async () => {
    const { code, stdout, stderr } = await lambdasim(['prices', '--region', 'mars', '--json']);
    expect(code).toBe(2);
    expect(JSON.parse(stdout).problems).toMatchObject([
      { code: 'usage', file: '', line: 1, column: 1, path: '', message: 'no prices are known for region mars' },
    ]);
    expect(stderr).toContain('lambdasim: no prices are known for region mars');
  });
});

test('a reader that closes the pipe ends the program without a word', async () => {
  // The shell's `head` would do the same: read a little, close, and leave the program writing.
  const child = spawn(process.execPath, [MAIN, 'rules', '--json'], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.once('data', () => child.stdout.destroy());
  const { code, stderr } = await ended(child);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});
