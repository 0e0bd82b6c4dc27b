/** `lambdasim completion`: the script that makes a shell complete commands, options and files. */
import { Command as Commander, type Option } from 'commander';
import { pricedRegions } from '../billing/price-list.js';
import { UsageError } from '../engine/errors.js';
import { allRules } from '../rules/catalogue.js';
import { addCommonOptions, type Command, examples } from './command.js';
import { commands } from './commands.js';
import {
  type CompletedCommand,
  type CompletedOption,
  completionScript,
  SHELLS,
  type Shell,
} from './completion-scripts.js';
import { EXIT } from './exit-codes.js';

export const completion: Command = {
  configure(command) {
    command.addHelpText(
      'after',
      examples(
        ['completion bash', 'in ~/.bashrc: eval "$(lambdasim completion bash)"'],
        ['completion zsh', 'in ~/.zshrc, after compinit: eval "$(lambdasim completion zsh)"'],
        ['completion fish', 'to ~/.config/fish/completions/lambdasim.fish'],
      ),
    );
  },

  async run([shell = ''], _options, { output }) {
    if (!isShell(shell)) throw new UsageError(`there is no completion for ${shell}`, `use ${SHELLS.join(', ')}`);
    output.print(completionScript(shell, await completedCommands(), optionsBefore));
    return EXIT.OK;
  },
};

function isShell(text: string): text is Shell {
  return (SHELLS as readonly string[]).includes(text);
}

/** From the definitions that the commands themselves are made of. */
async function completedCommands(): Promise<CompletedCommand[]> {
  const completed: CompletedCommand[] = [];
  for (const [name, { arguments: args, summary, load }] of Object.entries(commands)) {
    if (load === undefined) continue;
    const command = new Commander(name);
    (await load()).configure(command);
    addCommonOptions(command);
    const words = name === 'completion' ? SHELLS : name === 'explain' ? settings : [];
    completed.push({
      name,
      summary,
      options: [...command.options.map(completedOption), plain('--help', 'options and examples')],
      argument: argumentOf(args, words),
      words,
    });
  }
  return completed;
}

/** Of a line without a command. */
const optionsBefore: readonly CompletedOption[] = [
  ...addCommonOptions(new Commander()).options.map(({ long, description }) => plain(long ?? '', description)),
  plain('--help', 'commands and options'),
  plain('--version', 'the version'),
];

/** Settings that every scenario has; those of functions and traffic are known to the file alone. */
const settings = allRules.map(({ name }) => `rules.${name}`);

/** Values that no list of choices checks, because their own check says more. */
const VALUES: Readonly<Record<string, { readonly value: 'words' | 'beginnings'; readonly words: readonly string[] }>> =
  {
    '--region': { value: 'words', words: pricedRegions() },
    '--set': { value: 'beginnings', words: settings.map((setting) => `${setting}.`) },
  };

function completedOption({ long, description, flags, argChoices }: Option): CompletedOption {
  const option = plain(long ?? '', description);
  const value = /<(\w+)/.exec(flags)?.[1];
  if (value === undefined) return option;
  const known = VALUES[option.flag] ?? (argChoices === undefined ? undefined : { value: 'words', words: argChoices });
  return { ...option, ...(known ?? { value: value === 'folder' || value === 'file' ? value : 'free' }) };
}

function plain(flag: string, description: string): CompletedOption {
  return { flag, description, value: undefined, words: [] };
}

function argumentOf(args: string, words: readonly string[]): CompletedCommand['argument'] {
  if (args === '<scenario> <path>') return 'setting';
  if (words.length > 0) return 'words';
  if (args.startsWith('<scenario')) return 'scenario';
  return args.startsWith('<folder') ? 'folder' : 'none';
}
