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
    expect(offered('')).toEqual([...SUPPORTED, '--debug', '--help', '--no-color', '--version'].sort());
    expect(offered('ru')).toEqual(['rules', 'run']);
  });

  test('offers the options of the command, and the values that an option may have', () => {
    expect(offered('run', 'shop.yaml', '--t')).toEqual(['--threads', '--trace']);
    expect(offered('report', '--format', '')).toEqual([...reportFormats].sort());
    expect(offered('completion', '')).toEqual(['bash', 'fish', 'zsh']);
    expect(offered('run', '--seed', '')).toEqual([]);
    expect(offered('prices', '--region', 'eu-w')).toEqual(['eu-west-1', 'eu-west-2', 'eu-west-3']);
    expect(offered('run', 'shop.yaml', '--set', 'rules.sqs-po')).toEqual([
      'rules.sqs-poller-scaling.',
      'rules.sqs-polling.',
    ]);
    expect(offered('explain', 'shop.yaml', 'rules.sqs-po')).toEqual(['rules.sqs-poller-scaling', 'rules.sqs-polling']);
    expect(offered('explain', 's')).toEqual(['shop reports', 'shop.yaml']);
  });

  test('offers values after an equals sign, which is a word of its own there', () => {
    expect(offered('run', '--format', '=', 'h')).toEqual(['html']);
    expect(offered('report', '--format', '=')).toEqual([...reportFormats].sort());
    expect(offered('run', '--set', '=', 'rules.sqs-pollin')).toEqual(['rules.sqs-polling.']);
    expect(offered('run', '--set', 'rules.sqs-polling.x', '=', 's')).toEqual([]);
  });

  test('offers what may stand before and after a command', () => {
    expect(offered('--no-color', 'ru')).toEqual(['rules', 'run']);
    expect(offered('--no-color', '--d')).toEqual(['--debug']);
    expect(offered('rules', '--no')).toEqual(['--no-color']);
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
    expect(offered('lambdasim prices --region eu-w').sort()).toEqual(['eu-west-1', 'eu-west-2', 'eu-west-3']);
    expect(offered('lambdasim explain shop.yaml rules.sqs-po').sort()).toEqual([
      'rules.sqs-poller-scaling',
      'rules.sqs-polling',
    ]);
    expect(offered('lambdasim explain s')).toContain('shop.yaml');
    expect(offered('lambdasim run shop.yaml --set rules.sqs-pollin')).toEqual(['rules.sqs-polling.']);
  });

  test('offers no second scenario beside settings', () => {
    const settings = offered('lambdasim explain shop.yaml ');
    expect(settings).toContain('rules.sqs-polling');
    expect(settings.filter((word) => /ya?ml$/.test(word!))).toEqual([]);
  });

  test('offers what may stand before and after a command', () => {
    expect(offered('lambdasim --no-color ru').sort()).toEqual(['rules', 'run']);
    expect(offered('lambdasim --no')).toEqual(['--no-color']);
    expect(offered('lambdasim rules --no')).toEqual(['--no-color']);
  });
});

/**
 * A zsh of its own behind a pseudo terminal, in which somebody types a line and presses tab. What `compadd` is given is what
 * is offered; a second key tells that the first has been dealt with.
 */
const ASK_ZSH = `
zmodload zsh/zpty || exit 3
zpty shell zsh -f -i
zpty -w shell "PROMPT= PS2=; stty -echo columns 200; autoload -U compinit; compinit -u -D; source '$1'"
zpty -w shell 'compadd() {
  local -a words; local each
  for each in "$@"; do case $each in -[OAD]*) builtin compadd "$@"; return ;; esac; done
  builtin compadd -O words "$@"
  for each in $words; do print -r -- "OFFERED<$each>"; done
  builtin compadd "$@"
}
zle -C offer complete-word _main_complete; bindkey "^I" offer
finish() { print -r -- "THE"-"END" }; zle -N finish; bindkey "^X" finish
print -r -- "RE"ADY'
zpty -r shell out '*READY*'
zpty -n -w shell "$2"$'\\t\\x18'
zpty -r shell out '*THE-END*'
print -r -- $out
zpty -d shell
`;

describe.skipIf(!isInstalled('zsh'))('zsh', () => {
  function offered(line: string): string[] {
    const { stdout, stderr, status } = spawnSync('zsh', ['-f', '-c', ASK_ZSH, 'ask', script('zsh'), line], {
      ...ASKING,
      timeout: 30_000,
    });
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    return [...new Set([...stdout.matchAll(/OFFERED<([^>]*)>/g)].map(([, word]) => word!))].sort();
  }

  test('reads the script, and knows it as the completion of lambdasim', () => {
    const ask = `autoload -U compinit; compinit -u -D; source '${script('zsh')}'; print $_comps[lambdasim]`;
    const { stdout, stderr } = spawnSync('zsh', ['-f', '-c', ask], ASKING);
    expect({ stdout, stderr }).toEqual({ stdout: '_lambdasim\n', stderr: '' });
  });

  test('offers commands, options and values', () => {
    expect(offered('lambdasim ru')).toEqual(['rules', 'run']);
    expect(offered('lambdasim run --t')).toEqual(['--threads', '--trace']);
    expect(offered('lambdasim report --format ')).toEqual([...reportFormats].sort());
    expect(offered('lambdasim prices --region eu-w')).toEqual(['eu-west-1', 'eu-west-2', 'eu-west-3']);
    expect(offered('lambdasim run shop.yaml --set rules.sqs-pollin')).toEqual(['rules.sqs-polling.']);
  });

  test('offers what may stand before and after a command', () => {
    expect(offered('lambdasim --no-color ru')).toEqual(['rules', 'run']);
    expect(offered('lambdasim --no')).toEqual(['--no-color']);
    expect(offered('lambdasim rules --no')).toEqual(['--no-color']);
    expect(offered('lambdasim --no-color run s')).toContain('shop.yaml');
  });

  test('offers scenarios, folders and settings where they belong', () => {
    expect(offered('lambdasim run s')).toContain('shop.yaml');
    expect(offered('lambdasim report s')).toEqual(['shop\\ reports']);
    expect(offered('lambdasim explain s')).toContain('shop.yaml');
    expect(offered('lambdasim explain shop.yaml rules.sqs-po')).toEqual([
      'rules.sqs-poller-scaling',
      'rules.sqs-polling',
    ]);
  });
});

test('a shell that nobody knows is a mistake', async () => {
  expect(await lambdasim(['completion', 'tcsh'])).toEqual({
    code: 2,
    stdout: '',
    stderr: 'lambdasim: there is no completion for tcsh\n  use bash, zsh, fish\n',
  });
});
