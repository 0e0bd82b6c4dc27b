/** `lambdasim explain`: one setting of a scenario, its value, and who said so. */
import { parseOptions, readScenarioText } from '../node/read-scenario.js';
import { wrapped } from '../report/text.js';
import { explainSetting } from '../scenario/explain.js';
import { type Command, examples } from './command.js';
import { EXIT } from './exit-codes.js';
import { addScenarioOptions, type ScenarioOptions } from './scenario-options.js';

export const explain: Command<ScenarioOptions> = {
  configure(command) {
    addScenarioOptions(command)
      .option('--json', 'print it as JSON')
      .addHelpText(
        'after',
        examples(
          ['explain checkout.yaml functions.api.memory', 'from the file, with its line'],
          ['explain checkout.yaml functions.api.keepAlive', "a default, with the rule's source"],
        ),
      );
  },

  async run([file = '', path = ''], options, { output, json }) {
    const { text, files } = await readScenarioText(file);
    const setting = explainSetting(text, path, parseOptions(file, files, options));
    if (json) {
      output.print(`${JSON.stringify(setting, null, 2)}\n`);
      return EXIT.OK;
    }
    const { bold, dim } = output.palette;
    output.print(`${bold(`${path}: ${setting.value}`)}\n`);
    for (const line of wrapped(setting.sentence, 78)) output.print(`  ${line}\n`);
    const place = setting.line === undefined ? '' : ` ${file}:${setting.line}:${setting.column}`;
    const origin = { default: 'the default', file: `the file,${place}`, set: '--set' }[setting.origin];
    output.print(`  from ${origin}\n`);
    if (setting.rule !== undefined) {
      const { name, source, certainty } = setting.rule;
      for (const line of wrapped(`rule ${name}, ${certainty}: ${source}`, 78)) output.print(`${dim(`  ${line}`)}\n`);
    }
    return EXIT.OK;
  },
};
