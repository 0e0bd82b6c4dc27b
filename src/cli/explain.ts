/** `lambdasim explain`: one setting of a scenario, its value, and who said so. */
import { ScenarioError } from '../engine/errors.js';
import { parseOptions, readScenarioText } from '../node/read-scenario.js';
import type { Palette } from '../report/palette.js';
import { certaintyText } from '../report/rule-text.js';
import { wrapped } from '../report/text.js';
import { type Explanation, explainSetting } from '../scenario/explain.js';
import { type Command, examples } from './command.js';
import { EXIT } from './exit-codes.js';
import { addScenarioOptions, type ScenarioOptions } from './scenario-options.js';

const WIDTH = 80;

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
    const read = await readScenarioText(file);
    const explained = explainSetting(read.text, path, parseOptions(file, read, options));
    if (!explained.ok) throw new ScenarioError(explained.problems);
    const { explanation } = explained;
    output.print(json ? `${JSON.stringify(explanation, null, 2)}\n` : explanationText(explanation, output.palette));
    return EXIT.OK;
  },
};

function explanationText(explanation: Explanation, { bold, dim }: Palette): string {
  const { path, value, sentence, form, rule } = explanation;
  const lines = [
    ...wrapped(`${path}: ${value}`, WIDTH).map(bold),
    ...wrapped(sentence, WIDTH - 2).map((line) => `  ${line}`),
    ...wrapped(`from ${originText(explanation)}`, WIDTH - 2).map((line) => `  ${line}`),
    ...wrapped(`may be ${form}`, WIDTH - 2).map((line) => dim(`  ${line}`)),
  ];
  if (rule !== undefined) {
    const text = `rule ${rule.name} since ${rule.since}, ${certaintyText(rule)}: ${rule.source}`;
    lines.push(...wrapped(text, WIDTH - 2).map((line) => dim(`  ${line}`)));
  }
  return `${lines.join('\n')}\n`;
}

/** A value set on the command line has the flag for its file. */
function originText({ origin, file, line, column }: Explanation): string {
  if (origin === 'default') return 'the default';
  return origin === 'set' ? `the command line, ${file}` : `${file}:${line}:${column}`;
}
