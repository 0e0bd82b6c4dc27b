/** `lambdasim schema`: the JSON Schema that gives an editor completion and checks as one types. */
import { jsonSchema } from '../scenario/json-schema.js';
import { type Command, examples } from './command.js';
import { EXIT } from './exit-codes.js';

export const schema: Command = {
  configure(command) {
    command
      .option('--json', 'the same: it is JSON already')
      .addHelpText(
        'after',
        examples(['schema > lambdasim.schema.json', 'then name it in the first line of a scenario']),
      );
  },

  async run(_args, _options, { output }) {
    output.print(`${JSON.stringify(jsonSchema(), null, 2)}\n`);
    return EXIT.OK;
  },
};
