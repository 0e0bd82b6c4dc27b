/** The error classes: who is at fault decides the class, and the class decides the exit code. They are data; text and colour come later. */

/** One thing wrong with a file or a command line. `line` and `column` count from 1. */
export interface Problem {
  /** Stable and kebab-case, such as `unknown-key`. */
  readonly code: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Dotted path of the setting, such as `functions.api.memory`; empty for the file as a whole. */
  readonly path: string;
  readonly message: string;
  /** What to write instead; empty when there is nothing to suggest. */
  readonly hint: string;
}

/** The scenario is wrong. Carries every problem, never only the first. Exit code 2. */
export class ScenarioError extends Error {
  override readonly name = 'ScenarioError';
  constructor(readonly problems: readonly Problem[]) {
    super(problems.length === 1 ? '1 problem in the scenario' : `${problems.length} problems in the scenario`);
  }
}

/** The command line, or an argument of the library, is wrong. Exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  constructor(
    message: string,
    readonly hint = '',
  ) {
    super(message);
  }
}

/** A run reached its own limit. Exit code 75. */
export class LimitError extends Error {
  override readonly name = 'LimitError';
  constructor(
    message: string,
    readonly hint = '',
  ) {
    super(message);
  }
}

/** A fault of the program. Exit code 70. */
export class InvariantError extends Error {
  override readonly name = 'InvariantError';
}
