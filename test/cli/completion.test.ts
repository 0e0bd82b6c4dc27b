/** `lambdasim completion`: what a shell offers for words begun. Each shell is asked itself, where it is installed. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commands } from '../../src/cli/commands.js';
import { reportFormats } from '../../src/report/report.js';
import { lambdasim, temporaryFolder } from '../support/command-line.js';

const SUPPORTED = Object.keys(commands).filter((name) => commands[name]?.load !== undefined);

const folder = temporaryFolder();
const script = (shell: string) => join(folder.path, `completion.${shell}`);

const ASKING = { cwd: folder.path, encoding: 'utf8', env: { ...process.env, LC_ALL: 'C.UTF-8' } } as const;

beforeAll(async () => {
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { code, stdout, stderr } = await lambdasim(['completion', shell]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    writeFileSync(script(shell), stdout);
  }
  writeFileSync(join(folder.path, 'shop.yaml'), '');
  writeFileSync(join(folder.path, 'my shop.yml'), '');
  mkdirSync(join(folder.path, 'shop reports'));
});
afterAll(() => folder.remove());

function isInstalled(shell: string): boolean {
  if (spawnSync(shell, ['-c', 'true']).status === 0) return true;
  console.warn(`skipped: completion in ${shell}, which is not installed`);
  return false;
}

describe.skipIf(!isInstalled('bash'))('bash', () => {
  function offered(...words: readonly string[]): string[] {
    const line = words.map((word) => `'${word}'`).join(' ');
    const ask = `source '${script('bash')}'; COMP_WORDS=(lambdasim ${line}); COMP_CWORD=${words.length}; _lambdasim; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', ask], ASKING);
    expect(stderr).toBe('');
    return stdout
      .split('\n')
      .filter((word) => word !== '')
      .sort();
  }

  test('offers the commands', () => {
    expect(offered('')).toEqual([...SUPPORTED, '--help', '--version'].sort());
    expect(offered('ru')).toEqual(['rules', 'run']);
  });

  test('offers the options of the command, and the values that an option may have', () => {
    expect(offered('run', 'shop.yaml', '--t')).toEqual(['--threads', '--trace']);
    expect(offered('report', '--format', '')).toEqual([...reportFormats].sort());
    expect(offered('completion', '')).toEqual(['bash', 'fish', 'zsh']);
    expect(offered('run', '--seed', '')).toEqual([]);
  });

  test('offers scenarios and folders where they belong, names with spaces too', () => {
    expect(offered('run', '')).toEqual(['my shop.yml', 'shop reports', 'shop.yaml']);
    expect(offered('report', '')).toEqual(['shop reports']);
    expect(offered('run', '--out', 's')).toEqual(['shop reports']);
  });
});

describe.skipIf(!isInstalled('fish'))('fish', () => {
  const offered = (line: string) =>
    spawnSync('fish', ['--no-config', '-c', `source '${script('fish')}'; complete -C '${line}'`], {
      ...ASKING,
    })
      .stdout.split('\n')
      .map((each) => each.split('\t')[0])
      .filter((word) => word !== '');

  test('offers commands, options and values', () => {
    expect(offered('lambdasim ru').sort()).toEqual(['rules', 'run']);
    expect(offered('lambdasim run --t').sort()).toEqual(['--threads', '--trace']);
    expect(offered('lambdasim report --format ').sort()).toEqual([...reportFormats].sort());
    expect(offered('lambdasim run s')).toContain('shop.yaml');
  });
});

describe.skipIf(!isInstalled('zsh'))('zsh', () => {
  test('reads the script, and knows it as the completion of lambdasim', () => {
    const ask = `autoload -U compinit; compinit -u -D; source '${script('zsh')}'; print $_comps[lambdasim]`;
    const { stdout, stderr } = spawnSync('zsh', ['-f', '-c', ask], ASKING);
    expect({ stdout, stderr }).toEqual({ stdout: '_lambdasim\n', stderr: '' });
  });
});

test('a shell that nobody knows is a mistake', async () => {
  expect(await lambdasim(['completion', 'tcsh'])).toEqual({
    code: 2,
    stdout: '',
    stderr: 'lambdasim: there is no completion for tcsh\n  use bash, zsh, fish\n',
  });
});
