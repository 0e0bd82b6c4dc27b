/** From words to an exit code: finds the command, reads its options, runs it, and turns whatever it throws into text. */
import { Command as Commander, CommanderError } from 'commander';
import { UsageError } from '../engine/errors.js';
import { fileError } from '../node/file-error.js';
import { programName } from '../node/program.js';
import { addCommonOptions, type Command, type Session } from './command.js';
import { type CommandEntry, commands } from './commands.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import { failureOf } from './failure.js';
import { listenForInterruption } from './interruption.js';
import { type Output, outputOf } from './output.js';
import { paletteFor } from './palette.js';
import { problemsJson } from './problem-lines.js';

/** Never throws. Everything printed has left when it resolves. */
export async function commandLine(argv: readonly string[]): Promise<ExitCode> {
  const output = outputOf(process.stdout, process.stderr, paletteFor(process.stdout, process.env, argv));
  const interruption = listenForInterruption();
  const session: Session = { output, env: process.env, signal: interruption.signal, json: argv.includes('--json') };
  let exitCode: ExitCode;
  try {
    exitCode = await dispatch(argv, session);
  } catch (error) {
    output.progress('');
    const failure = failureOf(error, argv.includes('--debug'));
    output.tell(failure.text);
    if (session.json) output.print(problemsJson(failure.problems));
    exitCode = failure.exitCode;
  }
  const unwritten = await output.flushed();
  interruption.release();
  if (unwritten === undefined) return exitCode;
  output.tell(failureOf(fileError('write', 'standard output', unwritten), false).text);
  await output.flushed();
  return EXIT.FILE;
}

async function dispatch(argv: readonly string[], session: Session): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT.OK;
  const program = addCommonOptions(new Commander('lambdasim'))
    .description('What an AWS Lambda application will cost and how it will behave, before you deploy it')
    .version(programName().version)
    .showSuggestionAfterError()
    .addHelpText('after', `\nlambdasim <command> --help shows examples.\nNot supported yet: ${notYet().join(', ')}.`);
  const asked = argv.find((word) => Object.hasOwn(commands, word));
  for (const [name, entry] of Object.entries(commands)) {
    const hidden = entry.load === undefined;
    const command = program.command(name, { hidden }).summary(entry.summary).description(capital(entry.summary));
    if (entry.load === undefined) {
      refuse(command, name);
    } else if (name === asked) {
      const loaded = (await entry.load()) as Command<object>;
      configure(command, entry, loaded);
      command.action(async (...received: unknown[]) => {
        // Commander hands over the arguments, then the options, then itself.
        const args = received
          .slice(0, -2)
          .flat()
          .filter((word): word is string => typeof word === 'string');
        exitCode = await loaded.run(args, received.at(-2) as object, session);
      });
    } else {
      command.allowUnknownOption();
    }
  }
  for (const each of [program, ...program.commands]) quieten(each, session.output);
  try {
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return usageExit(error, program, session);
    throw error;
  }
  return exitCode;
}

function notYet(): string[] {
  return Object.keys(commands).filter((name) => commands[name]?.load === undefined);
}

function configure(command: Commander, entry: CommandEntry, loaded: Command<object>): void {
  if (entry.arguments !== '') command.arguments(entry.arguments);
  loaded.configure(command);
  addCommonOptions(command);
}

function refuse(command: Commander, name: string): void {
  command
    .allowExcessArguments()
    .allowUnknownOption()
    .helpOption(false)
    .action(() => {
      throw new UsageError(`${name} is not supported yet`, 'lambdasim --help lists what is');
    });
}

/** Commander must neither end the process nor write by itself. */
function quieten(command: Commander, output: Output): void {
  command.exitOverride().configureOutput({ writeOut: (text) => output.print(text), writeErr: () => {} });
}

/** Help and version are what was asked for; anything else Commander throws is a mistake on the command line. */
function usageExit(error: CommanderError, program: Commander, session: Session): ExitCode {
  if (error.exitCode === 0) return EXIT.OK;
  if (error.code === 'commander.help') {
    // No command at all.
    session.output.tell(program.helpInformation());
    return EXIT.INPUT;
  }
  throw new UsageError(
    error.message.replace(/^error: /, '').replace(/\n/g, ' '),
    'lambdasim --help lists commands and options',
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
