/**
 * The README does what it says: its files are written to an empty folder, its commands are run there, and what they print is
 * what it shows. Its tables name every setting, command and exit code that there is.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXIT } from '../../src/cli/exit-codes.js';
import { dataText, haveData } from '../real-input/real-data.js';
import { buildWhenStale, lambdasim, MAIN, temporaryFolder } from '../support/command-line.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');

/** The recording that the README tells how to fetch. */
const RECORDING = 'elb_request_count_8c0756.csv';
const RECORDED = `traces/nab-${RECORDING}`;

interface Block {
  /** The words after the three ticks: a language, and the name of the file that the block is. */
  readonly language: string;
  readonly file: string | undefined;
  readonly text: string;
}

const blocks: readonly Block[] = [...README.matchAll(/^```(\w+)(?: (\S+))?\n(.*?)^```$/gms)].map(
  ([, language = '', file, text = '']) => ({ language, file, text }),
);

/** Commands and what the README shows that they print. */
const sessions = blocks
  .filter(({ language }) => language === 'console')
  .map(({ text }) => {
    const [command = '', ...printed] = text.split('\n');
    return { command: command.replace(/^\$ /, ''), printed: printed.join('\n') };
  });

describe('the README', () => {
  let folder: ReturnType<typeof temporaryFolder>;

  beforeAll(() => {
    folder = temporaryFolder();
    buildWhenStale();
    for (const { file, text } of blocks) if (file !== undefined) writeFileSync(join(folder.path, file), text);
    mkdirSync(join(folder.path, 'node_modules'));
    symlinkSync(ROOT, join(folder.path, 'node_modules/lambdasim'), 'junction');
  });
  afterAll(() => folder.remove());

  it('has files and commands to try', () => {
    expect(blocks.map(({ file }) => file).filter((file) => file !== undefined)).toEqual([
      'api.yaml',
      'mistakes.yaml',
      'library.mjs',
      'load-balancer.yaml',
    ]);
    expect(sessions.map(({ command }) => command.split(' ')[0])).toEqual(
      sessions.map(({ command }) => (command.startsWith('node ') ? 'node' : 'lambdasim')),
    );
  });

  it.for(sessions)('shows what `$command` prints', ({ command, printed }, { skip }) => {
    if (command.includes('load-balancer')) {
      if (!haveData("the README's run on real traffic", RECORDED)) skip();
      writeFileSync(join(folder.path, RECORDING), dataText(RECORDED));
    }
    const [program, ...words] = command.split(' ');
    const args = program === 'lambdasim' ? [MAIN, ...words] : words;
    const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder.path, encoding: 'utf8' });
    expect(stdout + stderr).toBe(printed);
  });

  it('names every setting of a scenario', async () => {
    const { stdout } = await lambdasim(['schema']);
    const schema = JSON.parse(stdout);
    // What a rule holds is printed by lambdasim rules.
    schema.properties.rules.properties = {};
    const keys = [...keysOf(schema)];
    expect(keys.length).toBeGreaterThan(60);
    const words = new Set(README.match(/[\w-]+/g));
    expect(keys.filter((key) => !words.has(key))).toEqual([]);
  });

  it('names every command that works, and every exit code', async () => {
    const { stdout } = await lambdasim(['--help']);
    const list = stdout.slice(stdout.indexOf('Commands:')).split('\n\n')[0]!;
    const commands = [...list.matchAll(/^ {2}([a-z]+)/gm)].map(([, name]) => name!).filter((name) => name !== 'help');
    const rows = new Set([...README.matchAll(/^\| `?([\w]+)/gm)].map(([, first]) => first));
    expect(commands.length).toBeGreaterThan(5);
    expect([...commands, ...Object.values(EXIT).map(String)].filter((name) => !rows.has(name))).toEqual([]);
  });
});

/** The names of all settings in a JSON Schema, whatever their depth. */
function keysOf(schema: unknown, keys = new Set<string>()): Set<string> {
  if (schema === null || typeof schema !== 'object') return keys;
  for (const [name, part] of Object.entries(schema)) {
    if (name === 'properties') for (const key of Object.keys(part)) keys.add(key);
    keysOf(part, keys);
  }
  return keys;
}
