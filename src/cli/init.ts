/** `lambdasim init`: a starter scenario to edit. Never overwrites. */
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UsageError } from '../engine/errors.js';
import { errorCode, fileError } from '../node/file-error.js';
import { shellWord } from '../report/text.js';
import { starterScenario } from '../scenario/starter.js';
import { type Command, examples } from './command.js';
import { EXIT } from './exit-codes.js';

export const init: Command = {
  configure(command) {
    command
      .option('--json', 'print the name of the file as JSON')
      .addHelpText(
        'after',
        examples(['init', 'write scenario.yaml'], ['init checkout.yaml', 'write it under another name']),
      );
  },

  async run([file = 'scenario.yaml'], _options, { output, json }) {
    try {
      await writeFile(file, starterScenario(), { flag: 'wx' });
    } catch (error) {
      if (errorCode(error) === 'EEXIST')
        throw new UsageError(`${file} exists already`, 'name another file, or remove it first');
      throw fileError('write', file, error);
    }
    output.print(json ? `${JSON.stringify({ file })}\n` : written(file));
    return EXIT.OK;
  },
};

/** The file names a schema beside it, from which editors complete and check. */
function written(file: string): string {
  const schema = shellWord(join(dirname(file), 'lambdasim.schema.json'));
  return `${file} written

NEXT  lambdasim run ${shellWord(file)}

For an editor that completes and checks:
      lambdasim schema > ${schema}
`;
}
