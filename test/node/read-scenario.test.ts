/** Reading a scenario and the files it names from disk: what is no text file is refused with its reason, at once. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readScenario } from '../../src/node/read-scenario.js';
import { readText } from '../../src/node/read-text.js';
import { scenarioWith } from '../scenario/lines-of.js';
import { temporaryFolder } from '../support/command-line.js';

let folder: ReturnType<typeof temporaryFolder>;
const at = (...names: string[]) => join(folder.path, ...names);

beforeAll(() => {
  folder = temporaryFolder();
  mkdirSync(at('folder'));
  execFileSync('mkfifo', [at('pipe')]);
  writeFileSync(at('bad.csv'), Buffer.from([0x63, 0x0a, 0x31, 0xff, 0x0a]));
  writeFileSync(at('good.csv'), '\ufeffcount\n1\n');
});
afterAll(() => folder.remove());

async function problemsWith(name: string): Promise<string[]> {
  writeFileSync(at('s.yaml'), scenarioWith({ shape: `trace: { file: ${name}, column: count }` }));
  const { problems } = await readScenario(at('s.yaml'));
  return problems.map(({ code, line, column, message }) => `${code} ${line}:${column} ${message}`);
}

describe('a file that a scenario names', () => {
  test.each([
    ['good.csv', []],
    ['gone.csv', ['missing-file 7:20 gone.csv was not found']],
    ['folder', ['unreadable-file 7:20 folder is a directory']],
    ['pipe', ['unreadable-file 7:20 pipe is not a regular file']],
    ['/dev/zero', ['unreadable-file 7:20 /dev/zero is not a regular file']],
    ['bad.csv', ['invalid-utf8 2:2 the file is not valid UTF-8']],
  ])('%s: %j', async (name, problems) => {
    expect(await problemsWith(name)).toEqual(problems);
  });

  test('is not read when it is too large', async () => {
    writeFileSync(at('large.csv'), 'x'.repeat(1024 * 1024 + 1));
    expect(await readText(at('large.csv'), 1024 * 1024)).toMatchObject({ message: 'is larger than 1 MB' });
    expect(await readText(at('good.csv'))).toEqual({ kind: 'text', text: 'count\n1\n' });
  });
});

describe('a scenario', () => {
  test('that is a pipe is refused and not waited for', async () => {
    await expect(readScenario(at('pipe'))).rejects.toThrow(`cannot read ${at('pipe')}: it is not a regular file`);
  });

  test('that is a folder says so', async () => {
    await expect(readScenario(at('folder'))).rejects.toThrow('it is a folder');
  });
});
