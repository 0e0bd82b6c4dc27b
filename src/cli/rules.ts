/** `lambdasim rules`: what AWS does and since when, with certainty, source, and what it leaves us to assume. */
import { certaintyText, ruleText } from '../report/rule-text.js';
import { wrapped } from '../report/text.js';
import { allRules } from '../rules/catalogue.js';
import { versionAt } from '../rules/rule.js';
import { ruleWritten } from '../scenario/rule-written.js';
import { dayOption, warnOfLaterDay } from './arguments.js';
import { type Command, examples } from './command.js';
import { EXIT } from './exit-codes.js';

interface RulesOptions {
  readonly asOf?: string;
}

const WIDTH = 80;

export const rules: Command<RulesOptions> = {
  configure(command) {
    command
      .option('--as-of <date>', 'only what was in force on that day', dayOption)
      .option('--json', 'print the rules as JSON')
      .addHelpText(
        'after',
        examples(['rules', 'every rule, newest version first'], ['rules --as-of 2019-12-31', 'the rules of that day']),
      );
  },

  async run(_args, { asOf }, { output, json }) {
    warnOfLaterDay(asOf, output);
    const book = allRules.map((rule) => ({
      rule,
      versions: (asOf === undefined ? rule.versions : [versionAt(rule, asOf)]).map((version) => ({
        ...version,
        value: ruleWritten(rule.name, version.value as Readonly<Record<string, unknown>>),
      })),
    }));
    if (json) {
      const plain = book.map(({ rule: { name, statement, assumes }, versions }) => ({
        name,
        statement,
        assumes,
        versions,
      }));
      output.print(`${JSON.stringify(plain, null, 2)}\n`);
      return EXIT.OK;
    }
    const { bold, dim } = output.palette;
    for (const { rule, versions } of book) {
      const lines = [bold(rule.name), ...wrapped(rule.statement, WIDTH - 2).map((line) => `  ${line}`)];
      for (const version of versions) {
        lines.push(...indented(`${version.from}  `, ruleText(version.value), WIDTH));
        const source = `${certaintyText(version)}: ${version.source}; read ${version.read}`;
        lines.push(...indented(' '.repeat('2026-01-01  '.length), source, WIDTH).map(dim));
      }
      lines.push(...indented('Assumes     ', rule.assumes, WIDTH));
      output.print(`${lines.join('\n')}\n\n`);
    }
    return EXIT.OK;
  },
};

function indented(label: string, text: string, width: number): string[] {
  const indent = 2 + label.length;
  return wrapped(text, width - indent).map((line, index) => (index === 0 ? `  ${label}` : ' '.repeat(indent)) + line);
}
