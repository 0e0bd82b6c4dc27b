/** What a shell has to be told to complete commands, options and files: one script a shell, all from the same words. */

export interface CompletedOption {
  /** With its dashes. */
  readonly flag: string;
  readonly description: string;
  /** Undefined: it stands alone. `beginnings` are words that go on, without a space after them. */
  readonly value: 'words' | 'beginnings' | 'file' | 'folder' | 'free' | undefined;
  /** Of `words` and `beginnings`. */
  readonly words: readonly string[];
}

export interface CompletedCommand {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly CompletedOption[];
  /** What its arguments are; `setting` is a scenario, and then one of the words. */
  readonly argument: 'scenario' | 'setting' | 'folder' | 'words' | 'none';
  readonly words: readonly string[];
}

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

type Script = (commands: readonly CompletedCommand[], optionsBefore: readonly CompletedOption[]) => string;

const scripts: Readonly<Record<Shell, Script>> = { bash, zsh, fish };

/** `optionsBefore` are those of a line without a command; they stand alone. */
export function completionScript(
  shell: Shell,
  commands: readonly CompletedCommand[],
  optionsBefore: readonly CompletedOption[],
): string {
  return scripts[shell](commands, optionsBefore);
}

function bash(commands: readonly CompletedCommand[], optionsBefore: readonly CompletedOption[]): string {
  const names = commands.map(({ name }) => name);
  const values = commands.flatMap(({ name, options }) =>
    options.flatMap((option) => {
      const reply = bashReply(option.value, option.words);
      return reply === undefined ? [] : [`    '${name} ${option.flag}') ${reply}; return ;;`];
    }),
  );
  const options = commands.map(
    (command) => `      ${command.name}) words='${command.options.map(({ flag }) => flag).join(' ')}' ;;`,
  );
  const args = commands.flatMap(({ name, argument, words }) => {
    const reply = {
      scenario: '_lambdasim_scenarios',
      // The line is looked at, not the place: options may stand anywhere.
      setting: `case " \${COMP_WORDS[*]:1:COMP_CWORD-1} " in *.yaml\\ *|*.yml\\ *) ${bashWords(words)} ;; *) _lambdasim_scenarios ;; esac`,
      folder: '_lambdasim_folders',
      words: bashWords(words),
      none: '',
    };
    return argument === 'none' ? [] : [`    ${name}) ${reply[argument]} ;;`];
  });
  return `# bash completion for lambdasim. In ~/.bashrc: eval "$(lambdasim completion bash)"
_lambdasim_words() { mapfile -t COMPREPLY < <(compgen -W "$1" -- "$cur"); }
_lambdasim_folders() { compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -d -- "$cur"); }
_lambdasim_files() { compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$cur"); }
_lambdasim_scenarios() {
  compopt -o filenames 2>/dev/null
  mapfile -t COMPREPLY < <(compgen -d -- "$cur"; compgen -f -X '!*.yaml' -- "$cur"; compgen -f -X '!*.yml' -- "$cur")
}
_lambdasim() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} command= word words isValue=
  # bash makes three words of --format=html.
  if [[ $cur == = ]]; then cur= isValue=1; elif [[ $prev == = ]]; then prev=\${COMP_WORDS[COMP_CWORD-2]} isValue=1; fi
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    if [[ $word != -* ]]; then command=$word; break; fi
  done
  if [[ -z $command ]]; then _lambdasim_words '${[...names, ...optionsBefore.map(({ flag }) => flag)].join(' ')}'; return; fi
  case "$command $prev" in
${values.join('\n')}
  esac
  if [[ -n $isValue ]]; then return; fi
  if [[ $cur == -* ]]; then
    case $command in
${options.join('\n')}
    esac
    _lambdasim_words "$words"
    return
  fi
  case $command in
${args.join('\n')}
  esac
}
complete -F _lambdasim lambdasim
`;
}

function bashReply(value: CompletedOption['value'], words: readonly string[]): string | undefined {
  if (value === undefined) return undefined;
  return {
    words: bashWords(words),
    beginnings: `compopt -o nospace 2>/dev/null; ${bashWords(words)}`,
    file: '_lambdasim_files',
    folder: '_lambdasim_folders',
    free: 'COMPREPLY=()',
  }[value];
}

function bashWords(words: readonly string[]): string {
  return `_lambdasim_words '${words.join(' ')}'`;
}

function zsh(commands: readonly CompletedCommand[], optionsBefore: readonly CompletedOption[]): string {
  const list = commands.map(({ name, summary }) => `    ${quoted(`${name}:${zshText(summary)}`)}`);
  const before = optionsBefore.map(({ flag, description }) => quoted(`${flag}[${zshText(description)}]`));
  const cases = commands.map(({ name, options, argument, words }) => {
    const specs = options.map((option) => {
      const value = {
        words: `:value:(${option.words.join(' ')})`,
        beginnings: `:value:compadd -S "" - ${option.words.join(' ')}`,
        file: ':file:_files',
        folder: ':folder:_files -/',
        free: ':value:',
      };
      return quoted(
        `${option.flag}[${zshText(option.description)}]${option.value === undefined ? '' : value[option.value]}`,
      );
    });
    const rest = {
      scenario: [`*:scenario:_files -g "*.(yaml|yml)"`],
      setting: [`1:scenario:_files -g "*.(yaml|yml)"`, `2:setting:(${words.join(' ')})`],
      folder: ['*:folder:_files -/'],
      words: [`:value:(${words.join(' ')})`],
      none: [],
    };
    specs.push(...rest[argument].map(quoted));
    return `    ${name}) _arguments ${specs.join(' \\\n      ')} ;;`;
  });
  return `#compdef lambdasim
# zsh completion for lambdasim. In ~/.zshrc, after compinit: eval "$(lambdasim completion zsh)"
_lambdasim() {
  local -a commands
  commands=(
${list.join('\n')}
  )
  local curcontext=$curcontext state line
  _arguments -C ${before.join(' ')} '1: :->command' '*::argument:->arguments'
  if [[ $state == command ]]; then _describe command commands; fi
  if [[ $state != arguments ]]; then return; fi
  case $words[1] in
${cases.join('\n')}
  esac
}
if [ "$funcstack[1]" = _lambdasim ]; then _lambdasim "$@"; else compdef _lambdasim lambdasim; fi
`;
}

/** Brackets and colons have a meaning of their own in zsh's descriptions. */
function zshText(text: string): string {
  return text.replace(/[[\]:\\]/g, '\\$&');
}

/** Of the line before the word that is completed, for fish. */
const HAS_SCENARIO = 'string match -qr "[.]ya?ml\\$" -- (commandline -opc)';

function fish(commands: readonly CompletedCommand[], optionsBefore: readonly CompletedOption[]): string {
  const seen = (name: string, ...conditions: readonly string[]) =>
    `complete -c lambdasim -n '${[`__fish_seen_subcommand_from ${name}`, ...conditions].join('; and ')}'`;
  const lines = commands.flatMap(({ name, summary, options, argument, words }) => {
    const scenarios = ` -k -a '(__fish_complete_suffix .yaml .yml)'`;
    const named = ` -a '${words.join(' ')}'`;
    const rest = {
      scenario: [seen(name) + scenarios],
      setting: [seen(name, `not ${HAS_SCENARIO}`) + scenarios, seen(name, HAS_SCENARIO) + named],
      folder: [`${seen(name)} -a '(__fish_complete_directories)'`],
      words: [seen(name) + named],
      none: [],
    };
    return [
      `complete -c lambdasim -n __fish_use_subcommand -a ${name} -d ${quoted(summary)}`,
      ...rest[argument],
      ...options.map((option) => {
        const value = {
          words: ` -x -a '${option.words.join(' ')}'`,
          // fish puts no space after a word that ends in a dot.
          beginnings: ` -x -a '${option.words.join(' ')}'`,
          file: ' -r -F',
          folder: ` -x -a '(__fish_complete_directories)'`,
          free: ' -x',
        };
        return `${seen(name)} -l ${option.flag.slice(2)}${option.value === undefined ? '' : value[option.value]} -d ${quoted(option.description)}`;
      }),
    ];
  });
  return `# fish completion for lambdasim: lambdasim completion fish > ~/.config/fish/completions/lambdasim.fish
complete -c lambdasim -f
${optionsBefore.map(({ flag, description }) => `complete -c lambdasim -n __fish_use_subcommand -l ${flag.slice(2)} -d ${quoted(description)}`).join('\n')}
${lines.join('\n')}
`;
}

/** A word that every shell takes as it is. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
