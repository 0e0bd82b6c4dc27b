/** `lambdasim completion`: the script that makes a shell complete commands, options and files. */
import { Command as Commander, type Option } from 'commander';
import { UsageError } from '../engine/errors.js';
import { type Command, examples } from './command.js';
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
    output.print(completionScript(shell, await completedCommands()));
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
    const words = name === 'completion' ? SHELLS : [];
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

function completedOption({ long, description, flags, argChoices }: Option): CompletedOption {
  const words = argChoices ?? [];
  const value = /<(\w+)/.exec(flags)?.[1];
  const kind = value === 'folder' || value === 'file' ? value : 'free';
  return {
    ...plain(long ?? '', description),
    words,
    value: value === undefined ? undefined : words.length > 0 ? 'words' : kind,
  };
}

function plain(flag: string, description: string): CompletedOption {
  return { flag, description, value: undefined, words: [] };
}

function argumentOf(args: string, words: readonly string[]): CompletedCommand['argument'] {
  if (words.length > 0) return 'words';
  if (args.startsWith('<scenario')) return 'scenario';
  return args.startsWith('<folder') ? 'folder' : 'none';
}
