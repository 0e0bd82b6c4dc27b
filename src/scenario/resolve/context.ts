/** What the later steps of validation share: the tree for positions, the rules of the day, the files, and where faults go. */
import type { IsoDate } from '../../engine/units.js';
import type { Rulebook } from '../../rules/rulebook.js';
import type { Fault } from '../quantities/reading.js';
import type { Path, Place } from '../tree.js';

/** Why a file that the scenario names cannot be used, as a reader of files found. */
export interface UnreadableFile {
  /** Goes on from the name of the file: `is a directory`; with a position it is a sentence. */
  readonly message: string;
  readonly hint: string;
  /** Where the file itself is wrong; from 1. */
  readonly line?: number;
  readonly column?: number;
}

export interface Context {
  readonly asOf: IsoDate;
  readonly region: string;
  readonly rules: Rulebook;
  /** Name as written in the scenario → text. */
  readonly files: Readonly<Record<string, string>>;
  /** Those of them that are there and cannot be read. */
  readonly unreadable: Readonly<Record<string, UnreadableFile>>;
  /** Reports at a path; `involves` names the other settings the fault follows from. */
  readonly report: (path: Path, fault: Fault, involves?: readonly Path[]) => void;
  /** Reports at a path of the file, whatever of it could be read. */
  readonly reportWritten: (path: Path, fault: Fault) => void;
  /** Reports at the key of a setting, for a key that should not be there. */
  readonly reportKey: (path: Path, fault: Fault) => void;
  /** Reports at a position of a file that the scenario names. */
  readonly reportIn: (place: Place, path: Path, fault: Fault) => void;
  /** Whether nothing was reported so far. */
  readonly isSound: () => boolean;
  readonly warn: (message: string) => void;
  /** Whether a setting is written in the file or by --set. */
  readonly has: (path: Path) => boolean;
  /** The line of a setting in the scenario file; undefined for one that a flag set. */
  readonly lineOf: (path: Path) => number | undefined;
  /** The figures that thresholds name, as written, also those of expressions that could not be read. */
  readonly figures: readonly { readonly at: Path; readonly path: readonly string[] }[];
  /** Ids as written, also those whose settings could not be read. */
  readonly ids: { readonly [K in IdKind]: readonly string[] };
}

/** What a scenario names by ids. */
export const ID_KINDS = ['functions', 'queues', 'streams', 'topics', 'dependencies', 'traffic'] as const;
export type IdKind = (typeof ID_KINDS)[number];

/** `a function`, `traffic`: one of a kind in words. */
export const KIND_NAMES: Readonly<Record<IdKind, string>> = {
  functions: 'function',
  queues: 'queue',
  streams: 'stream',
  topics: 'topic',
  dependencies: 'dependency',
  traffic: 'traffic',
};
